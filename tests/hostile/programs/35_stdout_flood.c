// {"kind": "stdin", "verdict": "output_limit", "tests": [{"stdin": "", "expected": "x"}], "limits": {"cpu_ms": 10000, "wall_ms": 10000, "output_kb": 64}, "wall_at_most_ms": 1500}
#include <stdio.h>

int main(void)
{
	for (;;)
		puts("flood flood flood flood flood flood flood flood");
}
