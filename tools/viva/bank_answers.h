/* What the bank's questions and their stored answers must show together. */
#ifndef VIVA_TOOLS_BANK_ANSWERS_H
#define VIVA_TOOLS_BANK_ANSWERS_H

#include "bank/rules.h"
#include "examiner/exam_check.h"

/* Of all questions together, for people. */
struct bank_answers {
	size_t points, alike; /* key points in stored answers; found in all languages or in none */
	size_t crossed, strays; /* good answers tried on other questions; worth too much there */
};

/*
 * Every question has stored answers, in which the same key points are found in all languages;
 * answers to other questions are worth EXAM_MOST_OTHER at most (those of the three questions
 * behind it; `is_whole`: of all questions of its type, of which three in a hundred may be worth
 * more); no two questions ask nearly the same.
 */
void bank_answers(struct rules_check *check, bool is_whole, struct bank_answers *ret_answers);

#endif
