// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}]}
#include "/dev/zero"
int main(void)
{
	return 0;
}
