/* viva audit: the log of who did what, and whether it is whole. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/audit.h"
#include "viva.h"

enum { DEFAULT_ROWS = 100, MOST_ROWS = 100000, MOST_AT_ONCE = 1000 };

static int tell_check(const struct audit_check *check)
{
	if (check->bad_number != 0) {
		printf("row %" PRId64 ": %s\n", check->bad_number, check->reason);
		return 1;
	}
	printf("%" PRId64 " rows, head %s\n", check->rows, check->head);
	return 0;
}

int audit_verify_log(struct arena *arena, int argc, char **argv)
{
	const char *noted = argc == 2 && strcmp(argv[0], "--head") == 0 ? argv[1] : NULL;
	struct audit_check check;
	struct store *store;

	if (argc > 0 && noted == NULL) {
		fprintf(stderr, "viva: unknown option %s, or no hash behind it\n", argv[0]);
		return 2;
	}
	store = open_store_to_read(arena);
	if (store == NULL || audit_verify(store, arena, noted, &check) != OK)
		return 1;
	return tell_check(&check);
}

int audit_show_head(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store_to_read(arena);
	struct audit_check end;

	(void)argc;
	(void)argv;
	if (store == NULL || audit_end(store, arena, &end) != OK)
		return 1;
	printf("%s\n", end.head);
	return 0;
}

/* Ids, not names: what is printed is kept in places that deletion does not reach. */
static void print_row(struct arena *arena, const struct audit_row *row)
{
	printf("%" PRId64 " %s %s %s", row->number, clock_iso(arena, row->at),
	       row->actor_id != NULL ? row->actor_id : (row->actor != 0 ? "deleted" : "program"),
	       row->action);
	if (row->subject_id != NULL)
		printf(" %s", row->subject_id);
	else if (row->subject != 0)
		fputs(" deleted", stdout);
	printf(" %s\n", row->details);
}

static int print_rows(struct store *store, struct audit_query *query, int wanted)
{
	struct arena *scratch = arena_create();
	size_t count = 1;
	enum err err = OK;

	while (err == OK && wanted > 0 && count > 0) {
		struct audit_list list = { 0 };

		query->most = wanted < MOST_AT_ONCE ? wanted : MOST_AT_ONCE;
		err = audit_list(store, scratch, query, &list);
		for (size_t i = 0; i < list.count; i++)
			print_row(scratch, &list.items[i]);
		if (list.count > 0)
			query->before = list.items[list.count - 1].number;
		wanted -= (int)list.count;
		count = list.count;
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	return err == OK ? 0 : 1;
}

int audit_print(struct arena *arena, int argc, char **argv)
{
	struct audit_query query = { .action = NULL };
	long long wanted = DEFAULT_ROWS;
	struct store *store;

	for (int i = 0; i < argc; i += 2) {
		if (strcmp(argv[i], "--rows") == 0 && i + 1 < argc &&
		    text_integer(argv[i + 1], 1, MOST_ROWS, &wanted))
			continue;
		if (strcmp(argv[i], "--action") != 0 || i + 1 == argc) {
			fprintf(stderr, "viva: unknown option %s, or nothing right behind it\n",
			        argv[i]);
			return 2;
		}
		query.action = argv[i + 1];
	}
	store = open_store_to_read(arena);
	return store != NULL ? print_rows(store, &query, (int)wanted) : 1;
}
