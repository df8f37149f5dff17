/* The catalogue of roles, the question bank and the editions of a role's set. */
#ifndef VIVA_STORE_BANK_H
#define VIVA_STORE_BANK_H

#include <stdbool.h>

#include "base/i18n.h"
#include "store/store.h"

struct role {
	const char *id, *track;
	const char *title[LANG_COUNT];
	const char *skill_tags;   /* JSON array */
	const char *other_titles; /* JSON: arrays by language; NULL is taken as none when saved */
	int position;
	bool enabled;
	int64_t edited_at; /* as in struct bank_question */
};

struct role_list {
	struct role *items;
	size_t count;
};

struct bank_question {
	const char *id, *type, *track, *category, *level;
	int difficulty;   /* 0 BASIC .. 3 EXPERT */
	const char *body; /* JSON as in bank/README.md */
	bool enabled;
	const char *q_type;  /* theory, coding; NULL is taken as theory when it is saved */
	const char *source;  /* bank, llm (generated); NULL is taken as bank when it is saved */
	int64_t edited_at;   /* by an admin, who keeps it from imports; 0: as imported */
	const char *answers; /* JSON of the answers it is tested with; NULL or "": none */
	const char *code_languages; /* coding: can solve it, " c python "; NULL is saved as "" */
};

struct bank_question_list {
	struct bank_question *items;
	size_t count;
};

/* Enabled roles in catalogue order. */
enum err role_list(struct store *store, struct arena *arena, struct role_list *ret_list);

/* The same with disabled ones. */
enum err role_list_all(struct store *store, struct arena *arena, struct role_list *ret_list);

/* ERR_NOT_FOUND when there is none; disabled ones included. */
enum err role_by_id(struct store *store, struct arena *arena, const char *id,
                    struct role *ret_role);

/* Adds the row or replaces it. */
enum err role_save(struct store *store, const struct role *role);
enum err bank_save(struct store *store, struct arena *arena, const struct bank_question *question);

/*
 * Disables every question of the bank whose id is not in `ids`; generated ones and those of
 * admins stay.
 */
enum err bank_disable_others(struct store *store, const char *const *ids, size_t count);

/* ERR_NOT_FOUND when there is none; disabled ones included. */
enum err bank_by_id(struct store *store, struct arena *arena, const char *id,
                    struct bank_question *ret_question);

/* Every question, disabled ones included, ordered by id. */
enum err bank_list(struct store *store, struct arena *arena, struct bank_question_list *ret_list);

/* What of the bank is wanted; strings may be "": any. */
struct bank_query {
	const char *search;               /* in id, any case; at most 200 bytes */
	const char *match;                /* or by words: of bank/search.h; "": not */
	const char *type, *track, *level; /* as in struct bank_question */
	const char *q_type;               /* theory, coding */
	const char *state;                /* enabled, disabled, edited */
};

/*
 * The first `most` of the bank that match, and their bodies: ids that contain `search` before what
 * only its words find, that by likeness; else by id. ERR_INVALID: bounds.
 */
enum err bank_find(struct store *store, struct arena *arena, const struct bank_query *query,
                   int most, struct bank_question_list *ret_list);

/* All that match in the same order, without bodies and answers. */
enum err bank_find_outlines(struct store *store, struct arena *arena,
                            const struct bank_query *query, struct bank_question_list *ret_list);

/* Reads the bodies of at most BANK_BODIES questions; who is gone keeps NULL. */
enum { BANK_BODIES = 25 };
enum err bank_read_bodies(struct store *store, struct arena *arena, struct bank_question *questions,
                          size_t count);

/* Sets whether it is asked in new interviews. ERR_NOT_FOUND: there is none. */
enum err bank_enable(struct store *store, const char *id, bool enabled, int64_t edited_at);

/*
 * Makes the given questions (ids in ascending order) the role's current edition,
 * a new one only if the set or a body in it changed.
 */
enum err edition_save(struct store *store, struct arena *arena, const char *role_id,
                      const struct bank_question_list *questions, int *ret_number);

/* Number of the role's newest edition, 0 when it has none. */
enum err edition_current(struct store *store, const char *role_id, int *ret_number);

/* The enabled questions of an edition, ordered by id. */
enum err edition_questions(struct store *store, struct arena *arena, const char *role_id,
                           int number, struct bank_question_list *ret_list);

/*
 * The same without bodies and answers, for choosing among many.
 */
enum err edition_outline(struct store *store, struct arena *arena, const char *role_id, int number,
                         struct bank_question_list *ret_list);

/* True if the role got an edition after edition `number` and at `since` or later. */
enum err edition_came_since(struct store *store, const char *role_id, int number, int64_t since,
                            bool *ret_came);

#endif
