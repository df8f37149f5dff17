// {"kind": "stdin", "verdict": ["runtime_error", "accepted"], "tests": [{"stdin": "bomb", "expected": "x"}, {"stdin": "calm", "expected": "calm"}], "limits": {"cpu_ms": 1000, "wall_ms": 3000}}
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *rest(void *arg)
{
	pause();
	return arg;
}

int main(void)
{
	char word[16] = "";
	pthread_t thread;

	if (scanf("%15s", word) == 1 && strcmp(word, "bomb") == 0)
		for (int i = 0; i < 20000; i++)
			if (pthread_create(&thread, 0, rest, 0) != 0)
				return 4;
	puts(word);
	return 0;
}
