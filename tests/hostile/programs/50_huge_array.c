// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}]}
char block[1u << 31] = { 1 };

int main(void)
{
	return block[5];
}
