/* viva keys: what reports are signed with. */
#include <stdio.h>

#include "base/clock.h"
#include "seal/seal.h"
#include "store/signing_key.h"
#include "viva.h"

int keys_list(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store_to_read(arena);
	struct signing_key_list list;

	(void)argc;
	(void)argv;
	if (store == NULL || signing_key_list(store, arena, &list) != OK)
		return 1;
	for (size_t i = 0; i < list.count; i++) {
		const struct signing_key *key = &list.items[i];

		printf("%s  made %s  %s %s\n", key->id, clock_iso(arena, key->created_at),
		       key->retired_at != 0 ? "retired" : "in use",
		       key->retired_at != 0 ? clock_iso(arena, key->retired_at) : "");
	}
	return 0;
}

int keys_rotate(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store(arena);
	const char *key_id;

	(void)argc;
	(void)argv;
	if (store == NULL)
		return 1;
	if (seal_rotate(store, arena, &key_id) != OK) {
		fputs("viva: the key could not be exchanged; the old one is in use\n", stderr);
		return 1;
	}
	printf("reports are signed with the new key %s from now on\n", key_id);
	return 0;
}
