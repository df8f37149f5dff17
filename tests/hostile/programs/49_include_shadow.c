// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}], "absent": ["root:", "daemon:"]}
#include "/etc/shadow"
#include "/etc/passwd"
int main(void)
{
	return 0;
}
