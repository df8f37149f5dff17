// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}], "absent": ["root:", "daemon:"]}
#include <stdio.h>

__asm__(".globl secret\nsecret: .incbin \"/etc/passwd\"\n.byte 0\n");
extern const char secret[];

int main(void)
{
	puts(secret);
	return 0;
}
