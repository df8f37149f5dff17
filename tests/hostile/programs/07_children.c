// {"kind": "stdin", "verdict": "runtime_error", "tests": [{"stdin": "", "expected": "x"}]}
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	for (int i = 0; i < 4; i++) {
		pid_t pid = fork();

		if (pid < 0)
			return 3;
		if (pid == 0)
			for (volatile unsigned long n = 0;; n++)
				;
	}
	while (wait(NULL) > 0)
		;
	puts("x");
	return 0;
}
