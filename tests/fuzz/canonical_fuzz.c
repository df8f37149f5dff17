/* Canonical JSON: what was written reads back and is written as the same bytes. */
#include "target.h"

#include "base/json.h"
#include "seal/canonical.h"

FUZZ_TARGET("canonical")
{
	struct arena *arena = arena_create();
	struct buf written, again;
	cJSON *value;

	json_bind(arena);
	buf_init(&written, arena);
	buf_init(&again, arena);
	if (json_parse((const char *)data, size, &value) == OK &&
	    canonical_write(value, &written) == OK) {
		if (json_parse_strict(written.data, written.len, &value) != OK ||
		    canonical_write(value, &again) != OK || written.len != again.len ||
		    memcmp(written.data, again.data, again.len) != 0)
			abort();
	}
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
