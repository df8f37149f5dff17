// {"kind": "stdin", "verdict": "wrong_answer", "tests": [{"stdin": "", "expected": "daemon"}]}
#include <cstdio>
#include <unistd.h>

int main()
{
	if (daemon(0, 0) != 0) {
		std::puts("refused");
		return 0;
	}
	sleep(300);
}
