// {"signature": "solve(x: int) -> int", "verdict": "wrong_answer|runtime_error", "tests": [{"args": [1], "expected": 1}], "absent": ["root:"]}
#include <stdio.h>

__attribute__((constructor)) static void early(void)
{
	char line[200];
	FILE *file = fopen("/etc/passwd", "r");

	if (file != NULL && fgets(line, sizeof(line), file) != NULL)
		puts(line);
}

int solve(int x)
{
	return x + 1;
}
