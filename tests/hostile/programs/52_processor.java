// {"kind": "stdin", "verdict": "accepted", "tests": [{"stdin": "", "expected": "x"}]}
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Main extends AbstractProcessor {
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        throw new IllegalStateException("the processor ran");
    }

    public static void main(String[] args) {
        System.out.println("x");
    }
}
