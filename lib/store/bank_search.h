/* The index of the bank's words (lib/bank/search.h makes them), by which questions are found. */
#ifndef VIVA_STORE_BANK_SEARCH_H
#define VIVA_STORE_BANK_SEARCH_H

#include "base/i18n.h"
#include "store/bank.h"

/* A question that is to be entered, with its words: stems, a space behind each. */
struct bank_words {
	const char *bank_id;
	const char *body;
	const char *words[LANG_COUNT];
};

struct bank_words_list {
	struct bank_words *items;
	size_t count;
};

/*
 * Those whose body has changed since it was entered, or whose words were made in another way than
 * `version` names; their words are yet to be filled in.
 */
enum err bank_search_stale(struct store *store, struct arena *arena, const char *version,
                           struct bank_words_list *ret_list);

/* Enters the words of one, in place of those that were there. */
enum err bank_search_enter(struct store *store, const struct bank_words *words,
                           const char *version);

/*
 * A search for stems, as the index takes it: for all of them (then the last may go on), or for any.
 * No byte of `stems` is syntax to the index. Of no stems: what finds nothing.
 */
const char *bank_search_all(struct arena *arena, const char *stems);
const char *bank_search_any(struct arena *arena, const char *stems);

/* What is like a text. */
struct bank_likeness {
	const char *bank_id;
	double score; /* bm25, the higher the nearer; only to be compared within one search */
	bool of_role; /* in the role's current edition */
};

struct bank_likeness_query {
	const char *search; /* of bank_search_any */
	const char *q_type; /* theory, coding */
	enum language language;
	const char *role_id; /* NULL: of no role */
	int most;
};

struct bank_likeness_list {
	struct bank_likeness *items;
	size_t count;
};

/* Enabled questions of that kind found by their words in that language, the nearest first. */
enum err bank_search_like(struct store *store, struct arena *arena,
                          const struct bank_likeness_query *query,
                          struct bank_likeness_list *ret_list);

#endif
