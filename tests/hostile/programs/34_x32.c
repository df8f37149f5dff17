// {"kind": "stdin", "verdict": "runtime_error", "machine": "x86_64", "tests": [{"stdin": "", "expected": "x"}], "exception": "SIGSYS"}
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	printf("%ld\n", syscall(0x40000000 | 39)); /* getpid of x32 */
	return 0;
}
