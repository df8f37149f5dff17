// {"kind": "stdin", "verdict": ["time_limit|runtime_error", "accepted"], "tests": [{"stdin": "bomb", "expected": "x"}, {"stdin": "calm", "expected": "calm"}], "limits": {"cpu_ms": 500, "wall_ms": 2000}}
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	char word[16] = "";

	if (scanf("%15s", word) == 1 && strcmp(word, "bomb") == 0)
		for (;;)
			fork();
	puts(word);
	return 0;
}
