/*
 * What the sums of a question or key point say of it (store/item_statistics.h). Pure.
 *
 * Discrimination is the corrected item-rest correlation: Pearson's r of the item's share with
 * the share of all other questions of the interview, over those who answered it (S. Henrysson,
 * "Correction of item-total correlations in item analysis", Psychometrika 28, 1963). Its 95 %
 * interval is Fisher's: tanh(atanh r -+ 1.96 / sqrt(n - 3)) (R. A. Fisher, Metron 1, 1921).
 * Nothing is said of fewer than ITEM_LEAST answers.
 *
 * Flags. *Dead*: never asked although the others of its kind, track and category were asked
 * ITEM_OTHERS times on average; or nobody, or everybody, gets it (a mean share of at most .05
 * or at least .95); or somebody never finds one of its key points (at most .05). *Misleading*:
 * who is better elsewhere does worse here: r below 0, and even the upper end of its interval
 * below .1. An item below .2 is to be rewritten, one below 0 has a wrong key or wording
 * (R. L. Ebel, "Essentials of Educational Measurement", 1972, ch. 14); by the interval an item
 * of .2 is flagged in one of thousands, however many items are looked at.
 */
#ifndef VIVA_REPORT_ITEM_FIGURES_H
#define VIVA_REPORT_ITEM_FIGURES_H

#include <stdbool.h>

#include "store/bank.h"
#include "store/item_statistics.h"

enum { ITEM_LEAST = 20, ITEM_OTHERS = 10 };

#define ITEM_TOO_FEW  .05 /* of the full mark, on average */
#define ITEM_TOO_MANY .95
#define ITEM_TELLING  .1 /* discrimination that even a poor item has */

struct item_figures {
	int asked, answered;
	double all;                   /* mean share of who was asked; NAN: nobody was */
	double mean;                  /* of who answered; NAN: nobody did */
	double discrimination;        /* NAN: too few answers, or all alike */
	double low, high;             /* of its interval; NAN with it */
	int64_t last_at;              /* 0: never */
	bool is_ignored;              /* never asked, unlike others of its category */
	bool is_hopeless, is_trivial; /* nobody gets it; everybody does */
	bool is_misleading;
};

/* The figures of one row; `sums` NULL: it was never asked. is_ignored is left false. */
struct item_figures item_figures_of(const struct item_sums *sums);

/* A question of the bank with what is known of it. */
struct item {
	const struct bank_question *question;
	struct item_figures figures;
	int hopeless_points, misleading_points; /* of its key points */
};

/* True if something is to be looked at. */
bool item_figures_is_dead(const struct item *item);
bool item_figures_is_misleading(const struct item *item);

/*
 * The figures of the whole bank, an item a question in the same order; `sums` are ordered as
 * item_statistics_list gives them. Who is disabled is not ignored.
 */
struct item *item_figures_all(struct arena *arena, const struct bank_question_list *bank,
                              const struct item_sums_list *sums);

#endif
