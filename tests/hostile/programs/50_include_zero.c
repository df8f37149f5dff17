// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}]}
#include "/dev/urandom"
int main(void)
{
	return 0;
}
