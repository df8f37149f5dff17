// {"kind": "stdin", "verdict": "memory_limit|runtime_error", "tests": [{"stdin": "anonymous", "expected": "done"}, {"stdin": "zero", "expected": "done"}], "limits": {"memory_mb": 128}}
/* One page of each keeps all of it, and counts as one page. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int main(void)
{
	const size_t piece = 8 << 20;
	char kind[16] = "";
	int file, flags;

	scanf("%15s", kind);
	file = strcmp(kind, "zero") == 0 ? open("/dev/zero", O_RDWR) : -1;
	flags = strcmp(kind, "zero") == 0 ? MAP_SHARED : MAP_SHARED | MAP_ANONYMOUS;
	for (int i = 0; i < 64; i++) {
		char *block = mmap(0, piece, PROT_READ | PROT_WRITE, flags, file, 0);

		if (block == MAP_FAILED) {
			perror("mmap");
			abort();
		}
		memset(block, 1, piece);
		munmap(block + 4096, piece - 4096);
	}
	puts("done");
	return 0;
}
