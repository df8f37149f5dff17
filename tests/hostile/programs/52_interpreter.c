// {"kind": "stdin", "verdict": "runtime_error", "tests": [{"stdin": "", "expected": ""}]}
/* The kernel looks for this and does not find it: nobody can execute what was compiled. */
__attribute__((section(".interp"), used)) const char interpreter[] = "/nonexistent";

int main(void)
{
	return 0;
}
