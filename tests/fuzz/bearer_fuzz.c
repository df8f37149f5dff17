/* Access tokens from strangers: only one that Viva made may ever be believed. */
#include <stdint.h>
#include <stdlib.h>

#include "web/access_token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create();
	const char *token = arena_copy(arena, data, size);
	struct access_claims claims;

	if (access_token_read(arena, "a key that no input can know", token, 1800000000, &claims) ==
	    OK)
		abort();
	arena_destroy(arena);
	return 0;
}
