/*
 * Files that somebody has verified, and reports that somebody changed: a document that was not
 * signed here is never called valid. What the input is as an object is signed as well, and then
 * one byte of it is another.
 */
#include "database.h"

#include "base/json.h"
#include "seal/canonical.h"
#include "seal/seal.h"

static struct store *store;

static void check_changed(struct arena *arena, const char *text, size_t at)
{
	char *changed = arena_strdup(arena, text);
	struct seal_check check;

	changed[at] = (char)(changed[at] ^ 1);
	must(seal_check(store, arena, changed, strlen(changed), &check) == OK);
	must(check.state != SEAL_VALID && check.state != SEAL_REWRITTEN);
}

static void sign(struct arena *arena, cJSON *document, size_t size)
{
	struct seal_check check;
	struct buf out;

	if (seal_sign(store, arena, document) != OK)
		return;
	buf_init(&out, arena);
	must(canonical_write(document, &out) == OK);
	must(seal_check(store, arena, out.data, out.len, &check) == OK);
	must(check.state == SEAL_VALID);
	check_changed(arena, out.data, size % out.len);
}

FUZZ_TARGET("seal")
{
	struct arena *arena = arena_create();
	const char *text = arena_copy(arena, data, size);
	struct seal_check check;

	json_bind(arena);
	if (store == NULL) {
		must(store_open(database_make(), &store) == OK);
		must(seal_init(store, arena) == OK);
	}
	must(seal_check(store, arena, text, size, &check) == OK);
	must(check.state != SEAL_VALID && check.state != SEAL_REWRITTEN);
	if (check.document != NULL)
		sign(arena, check.document, size);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
