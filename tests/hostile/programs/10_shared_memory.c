// {"kind": "stdin", "verdict": "memory_limit|runtime_error", "tests": [{"stdin": "", "expected": "done"}], "limits": {"memory_mb": 128}}
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int main(void)
{
	const size_t piece = 8 << 20;

	for (int i = 0; i < 128; i++) {
		char *block = mmap(0, piece, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

		if (block == MAP_FAILED) {
			perror("mmap");
			abort();
		}
		memset(block, 1, piece);
	}
	puts("done");
	return 0;
}
