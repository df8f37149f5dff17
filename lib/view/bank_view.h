/* The recruiter's pages of the question bank: lists, previews as candidates see them, trials. */
#ifndef VIVA_VIEW_BANK_VIEW_H
#define VIVA_VIEW_BANK_VIEW_H

#include <cjson/cJSON.h>

#include "judge/judge.h"
#include "judge/task.h"
#include "report/item_figures.h"
#include "store/bank.h"

struct bank_page {
	struct bank_query query;
	struct item *items; /* of this page, with their bodies */
	size_t count;
	int total, number, pages;
	const char *sort, *state; /* as in the address */
	struct role_list roles;
};

/* The members of templates/bank. */
cJSON *bank_view_list(struct arena *arena, const struct bank_page *page, enum language language);

/* Who looks at an item, and in which of its languages. */
struct bank_reader {
	enum language language; /* of the page */
	enum language asked;    /* of the item */
	size_t variant;         /* of a task that has any, from 1 */
};

/*
 * The members of templates/bank_item: the item as candidates of that language see it, and what
 * they do not see. Of a task with variants `coding.variants` links to each. ERR_INVALID: the body
 * cannot be read.
 */
enum err bank_view_item(struct arena *arena, const struct bank_question *question,
                        const struct bank_reader *reader, cJSON **ret_page);

/*
 * Adds `trial`: the built-in examiner's marks of an answer to the question in that language.
 * ERR_INVALID: the question cannot be read.
 */
enum err bank_view_try(struct arena *arena, cJSON *page, const struct bank_question *question,
                       const struct bank_reader *reader, const char *answer);

/* What the judge made of code for a task. */
struct bank_run {
	const char *language; /* of the judge */
	const char *code;
	const struct coding_task *task;
	const struct judge_result *result;
};

/* Adds `run`: verdict of each test, in the reader's language. */
void bank_view_run(struct arena *arena, cJSON *page, const struct bank_run *run,
                   enum language language);

#endif
