// {"kind": "stdin", "verdict": ["accepted", "accepted"], "tests": [{"stdin": "1", "expected": "refused"}, {"stdin": "2", "expected": "refused"}]}
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	int failed = 0;

	failed += kill(-1, SIGKILL) != 0;
	failed += getppid() != 0 && kill(getppid(), SIGKILL) != 0;
	failed += kill(1, SIGKILL) != 0;
	puts(failed >= 2 ? "refused" : "killed");
	return 0;
}
