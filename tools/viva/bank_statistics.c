/* viva bank statistics: what finished interviews tell of the bank's items. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "report/item_figures.h"
#include "report/items.h"
#include "viva.h"

static int usage(void)
{
	fputs("usage: viva bank statistics [--csv] [--rebuild]\n", stderr);
	return 2;
}

static const char *flags_of(struct arena *arena, const struct item_figures *figures)
{
	return arena_printf(arena, "%s%s%s%s", figures->is_ignored ? " ignored" : "",
	                    figures->is_hopeless ? " hopeless" : "",
	                    figures->is_trivial ? " trivial" : "",
	                    figures->is_misleading ? " misleading" : "");
}

static void add_row(struct arena *arena, struct csv *csv, const struct item_sums *sums,
                    const struct item_figures *figures)
{
	const char *flags = flags_of(arena, figures);

	csv_text(csv, sums->bank_id);
	csv_text(csv, sums->key_point_id);
	csv_integer(csv, figures->asked);
	csv_integer(csv, figures->answered);
	csv_number(csv, figures->all);
	csv_number(csv, figures->mean);
	csv_number(csv, figures->discrimination);
	csv_number(csv, figures->low);
	csv_number(csv, figures->high);
	csv_time(csv, figures->last_at);
	csv_text(csv, flags[0] == ' ' ? flags + 1 : flags);
	csv_end(csv);
}

static void print_number(double number)
{
	if (isfinite(number))
		printf("%7.2f", number);
	else
		printf("%7s", "-");
}

static void print_row(struct arena *arena, const struct item_sums *sums,
                      const struct item_figures *figures)
{
	const bool is_point = sums->key_point_id[0] != '\0';

	printf("%s%-*s %6d %6d", is_point ? "  " : "", is_point ? 46 : 48,
	       is_point ? sums->key_point_id : sums->bank_id, figures->asked, figures->answered);
	print_number(figures->mean);
	print_number(figures->discrimination);
	print_number(figures->low);
	print_number(figures->high);
	printf("%s\n", flags_of(arena, figures));
}

/* A row of statistics and what is known of it, in the order of ids. */
struct line {
	struct item_sums sums;
	struct item_figures figures;
};

/* Items that were never asked have a line as well; items that left the bank keep theirs. */
static size_t gather(struct arena *arena, const struct bank_question_list *bank,
                     const struct item_sums_list *sums, struct line *lines)
{
	const struct item *items = item_figures_all(arena, bank, sums);
	size_t place = 0, count = 0;

	for (size_t i = 0; i < bank->count; i++) {
		const char *id = bank->items[i].id;

		for (; place < sums->count && strcmp(sums->items[place].bank_id, id) < 0; place++)
			lines[count++] = (struct line){ sums->items[place],
				                        item_figures_of(&sums->items[place]) };
		if (place == sums->count || strcmp(sums->items[place].bank_id, id) != 0)
			lines[count++] = (struct line){ { .bank_id = id, .key_point_id = "" },
				                        items[i].figures };
	}
	for (; place < sums->count; place++)
		lines[count++] = (struct line){ sums->items[place],
			                        item_figures_of(&sums->items[place]) };
	return count;
}

static enum err print_all(struct store *store, struct arena *arena, bool is_csv)
{
	static const char *const names[] = { "question",       "key_point",     "asked",
		                             "answered",       "mean_of_asked", "mean",
		                             "discrimination", "low",           "high",
		                             "last",           "flags",         NULL };
	static const struct bank_query everything = { "", "", "", "", "", "", "" };
	struct bank_question_list bank;
	struct item_sums_list sums;
	struct line *lines;
	struct buf out;
	struct csv csv;
	size_t count;
	enum err err = bank_find_outlines(store, arena, &everything, &bank);

	if (err == OK)
		err = item_statistics_list(store, arena, NULL, &sums);
	if (err != OK)
		return err;
	lines = arena_array(arena, bank.count + sums.count + 1, sizeof(*lines));
	count = gather(arena, &bank, &sums, lines);
	buf_init(&out, arena);
	csv = csv_begin(&out);
	csv_head(&csv, names);
	if (!is_csv)
		printf("%-48s %6s %6s %6s %6s %6s %6s\n", "question, key point", "asked", "answ.",
		       "mean", "discr.", "low", "high");
	for (size_t i = 0; i < count; i++)
		if (is_csv)
			add_row(arena, &csv, &lines[i].sums, &lines[i].figures);
		else
			print_row(arena, &lines[i].sums, &lines[i].figures);
	if (is_csv)
		fwrite(out.data, 1, out.len, stdout);
	return OK;
}

int bank_statistics(struct arena *arena, int argc, char **argv)
{
	bool is_csv = false, is_rebuild = false;
	struct store *store;
	int count;

	for (int i = 0; i < argc; i++) {
		is_csv |= strcmp(argv[i], "--csv") == 0;
		is_rebuild |= strcmp(argv[i], "--rebuild") == 0;
		if (strcmp(argv[i], "--csv") != 0 && strcmp(argv[i], "--rebuild") != 0)
			return usage();
	}
	store = open_store(arena);
	if (store == NULL)
		return 1;
	if (is_rebuild) {
		if (items_rebuild(store, arena, &count) != OK) {
			fputs("viva: the statistics could not be made anew; nothing was changed\n",
			      stderr);
			return 1;
		}
		fprintf(stderr, "%d interviews count\n", count);
	}
	return print_all(store, arena, is_csv) == OK ? 0 : 1;
}
