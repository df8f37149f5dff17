#include "report/item_figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TWO_SIDED_95 1.959963985 /* standard deviations */

/* Sums of decimals differ from 0 by what floating point leaves. */
#define NO_SPREAD 1e-9

static double correlation(const struct item_sums *sums)
{
	const double n = sums->answered;
	const double own = n * sums->share_squared - sums->share * sums->share;
	const double rest = n * sums->rest_squared - sums->rest * sums->rest;

	if (own < NO_SPREAD || rest < NO_SPREAD)
		return NAN;
	return (n * sums->product - sums->share * sums->rest) / sqrt(own * rest);
}

static void judge(struct item_figures *figures, const struct item_sums *sums)
{
	const double r = correlation(sums);
	const double spread = TWO_SIDED_95 / sqrt(sums->answered - 3.0);

	figures->is_hopeless = figures->mean <= ITEM_TOO_FEW;
	figures->is_trivial = figures->mean >= ITEM_TOO_MANY;
	if (!isfinite(r))
		return;
	figures->discrimination = fmax(-1, fmin(1, r));
	figures->low = tanh(atanh(fmax(-0.9999, fmin(0.9999, r))) - spread);
	figures->high = tanh(atanh(fmax(-0.9999, fmin(0.9999, r))) + spread);
	figures->is_misleading = r < 0 && figures->high < ITEM_TELLING;
}

struct item_figures item_figures_of(const struct item_sums *sums)
{
	struct item_figures figures = {
		.all = NAN, .mean = NAN, .discrimination = NAN, .low = NAN, .high = NAN
	};

	if (sums == NULL || sums->asked == 0)
		return figures;
	figures.asked = sums->asked;
	figures.answered = sums->answered;
	figures.last_at = sums->last_at;
	figures.all = sums->share / sums->asked;
	if (sums->answered > 0)
		figures.mean = sums->share / sums->answered;
	if (sums->answered >= ITEM_LEAST)
		judge(&figures, sums);
	return figures;
}

bool item_figures_is_dead(const struct item *item)
{
	const struct item_figures *figures = &item->figures;

	return figures->is_ignored || figures->is_hopeless || figures->is_trivial ||
	       item->hopeless_points > 0;
}

bool item_figures_is_misleading(const struct item *item)
{
	return item->figures.is_misleading || item->misleading_points > 0;
}

/* --- the whole bank --------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
	const struct item *const *one = a, *const *other = b;

	return strcmp((*one)->question->id, (*other)->question->id);
}

static void take(struct item *item, const struct item_sums *sums)
{
	const struct item_figures figures = item_figures_of(sums);

	if (sums->key_point_id[0] == '\0') {
		item->figures = figures;
		return;
	}
	item->hopeless_points += figures.is_hopeless;
	item->misleading_points += figures.is_misleading;
}

/* Both in the order of ids: one walk. */
static void take_all(struct item *const *items, size_t count, const struct item_sums_list *sums)
{
	size_t place = 0;

	for (size_t i = 0; i < sums->count; i++) {
		while (place < count &&
		       strcmp(items[place]->question->id, sums->items[i].bank_id) < 0)
			place++;
		if (place < count &&
		    strcmp(items[place]->question->id, sums->items[i].bank_id) == 0)
			take(items[place], &sums->items[i]);
	}
}

static int compare_kinds(const struct bank_question *one, const struct bank_question *other)
{
	int order = strcmp(one->q_type, other->q_type);

	if (order == 0)
		order = strcmp(one->track, other->track);
	return order != 0 ? order : strcmp(one->category, other->category);
}

static int by_kind(const void *a, const void *b)
{
	const struct item *const *one = a, *const *other = b;

	return compare_kinds((*one)->question, (*other)->question);
}

/* Items [first, end) are of one kind, track and category. */
static void find_ignored(struct item **items, size_t first, size_t end)
{
	int asked = 0, others = -1;

	for (size_t i = first; i < end; i++)
		if (items[i]->question->enabled) {
			asked += items[i]->figures.asked;
			others++;
		}
	for (size_t i = first; i < end; i++)
		items[i]->figures.is_ignored = items[i]->question->enabled && others > 0 &&
		                               items[i]->figures.asked == 0 &&
		                               asked >= ITEM_OTHERS * others;
}

struct item *item_figures_all(struct arena *arena, const struct bank_question_list *bank,
                              const struct item_sums_list *sums)
{
	struct item *all = arena_array(arena, bank->count + 1, sizeof(*all));
	struct item **sorted = arena_array(arena, bank->count + 1, sizeof(struct item *));
	size_t end;

	for (size_t i = 0; i < bank->count; i++) {
		all[i] = (struct item){ .question = &bank->items[i],
			                .figures = item_figures_of(NULL) };
		sorted[i] = &all[i];
	}
	qsort(sorted, bank->count, sizeof(struct item *), by_id);
	take_all(sorted, bank->count, sums);
	qsort(sorted, bank->count, sizeof(struct item *), by_kind);
	for (size_t first = 0; first < bank->count; first = end) {
		for (end = first + 1; end < bank->count; end++)
			if (compare_kinds(sorted[first]->question, sorted[end]->question) != 0)
				break;
		find_ignored(sorted, first, end);
	}
	return all;
}
