/* Access tokens from strangers: only one that Viva made may ever be believed. */
#include "target.h"

#include "web/access_token.h"

FUZZ_TARGET("bearer")
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
