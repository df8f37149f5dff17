// {"kind": "stdin", "verdict": "time_limit", "tests": [{"stdin": "", "expected": "x"}], "limits": {"cpu_ms": 1000, "wall_ms": 5000}, "cpu_at_least_ms": 900, "wall_at_most_ms": 2500}
#include <pthread.h>

static void *burn(void *arg)
{
	for (volatile unsigned long i = 0;; i++)
		;
	return arg;
}

int main(void)
{
	pthread_t thread;

	for (int i = 0; i < 3; i++)
		pthread_create(&thread, 0, burn, 0);
	burn(0);
}
