/* What the words of orders to an examiner mean, in English, Russian and Ukrainian. */
#ifndef VIVA_EXAMINER_GUARD_WORDS_H
#define VIVA_EXAMINER_GUARD_WORDS_H

#include <stdint.h>

/* Meanings of a word; it may have several. */
enum guard_meaning {
	GUARD_OVERRIDE = 1 << 0,   /* ignore, forget */
	GUARD_RULES = 1 << 1,      /* rules, criteria */
	GUARD_ORDERS = 1 << 2,     /* instructions, prompt: rules that a model has */
	GUARD_EARLIER = 1 << 3,    /* previous, your, system: whose rules they are */
	GUARD_ALL = 1 << 4,        /* all, any */
	GUARD_GIVE = 1 << 5,       /* give, set */
	GUARD_SAY = 1 << 6,        /* output, return */
	GUARD_RATE = 1 << 7,       /* rate, grade */
	GUARD_TREAT = 1 << 8,      /* consider, count as */
	GUARD_GOOD = 1 << 9,       /* correct, covered */
	GUARD_MOST = 1 << 10,      /* full, highest, 10 */
	GUARD_TOP = 1 << 11,       /* the same without "full" and "complete" */
	GUARD_MARK = 1 << 12,      /* marks, grade */
	GUARD_SCORE = 1 << 13,     /* points, score: technical words as well */
	GUARD_MUST = 1 << 14,      /* must, should be */
	GUARD_DESERVE = 1 << 15,   /* deserves */
	GUARD_ME = 1 << 16,        /* me, this answer, the candidate */
	GUARD_YOU = 1 << 17,       /* you, your, this question */
	GUARD_REVEAL = 1 << 18,    /* show, repeat */
	GUARD_SECRET = 1 << 19,    /* system prompt, hidden tests */
	GUARD_WISHED = 1 << 20,    /* key points, right answer */
	GUARD_ACT = 1 << 21,       /* act as, you are now */
	GUARD_ROLE = 1 << 22,      /* teacher, assistant, without limits */
	GUARD_GRADER = 1 << 23,    /* examiner, model */
	GUARD_SUBJECT = 1 << 24,   /* attacker, injection: such orders are talked about */
	GUARD_MACHINE = 1 << 25,   /* processor, pipeline: what has other instructions */
	GUARD_BARE = 1 << 26,      /* English: an order only where a sentence or clause begins */
	GUARD_NOT = 1 << 27,       /* not, never */
	GUARD_LEAD = 1 << 28,      /* please, now, and: an order may follow */
	GUARD_ORDER = 1 << 29,     /* the wording alone is an order */
	GUARD_ORDER_OPEN = 1 << 30 /* so it is where a sentence or clause begins */
};

/* A pattern as examiner/utterance.h describes it; its words have these meanings. */
struct guard_row {
	unsigned meanings;
	const char *pattern;
};

/* Ends with a row whose pattern is NULL. */
extern const struct guard_row guard_words_rows[];

/* Parts of an order that is written as one word; ends with a row of NULL. */
extern const char *const guard_words_glued[][2];

/* Patterns of what opens a forged message; NULL-terminated. */
extern const char *const guard_words_heads[];

/* Members that only a grade has, and those that a grade has as well; NULL-terminated. */
extern const char *const guard_words_grade_keys[], *const guard_words_keys[];

#endif
