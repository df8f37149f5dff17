// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}], "message_at_most": 70000}
#define TEN(x) x x x x x x x x x x
#define MANY TEN(TEN(TEN(TEN(undeclared_function_name + ;))))

int main(void)
{
	TEN(MANY)
}
