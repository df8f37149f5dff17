// {"kind": "stdin", "verdict": "runtime_error", "machine": "x86_64", "tests": [{"stdin": "", "expected": "x"}], "exception": "SIGSYS|SIGSEGV"}
#include <stdio.h>

int main(void)
{
	long result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory"); /* getpid of 32 bits */
	printf("%ld\n", result);
	return 0;
}
