#include "bank_answers.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "examiner/likeness.h"

/* Of the words of two questions in one language: people wrote them, who meant them to differ. */
#define MOST_LIKENESS 0.45
/* Of all key points in stored answers, found in all languages or in none. */
#define LEAST_ALIKE 0.95

enum { NEIGHBOURS = 3, MOST_POINTS = 6, STRAYS_PER_THOUSAND = 30 };
enum { ANSWER_GOOD, ANSWER_THIN, ANSWER_COUNT };

/* A question in one language, ready to grade. */
struct graded {
	const cJSON *item;
	struct exam_question exam;
	const struct score_key *key;
};

struct answers {
	struct rules_check *check;
	struct arena *scratch;
	bool is_whole;
	enum language language;
	struct graded *questions;
	size_t count;
	/* By question, answer and point: the number of languages in which it is found. */
	unsigned char (*found)[ANSWER_COUNT][MOST_POINTS];
	struct bank_answers figures;
};

static void look_at(struct answers *answers, const struct graded *question)
{
	answers->check->id = json_string(question->item, "id", "");
}

/* Of ten; the result lives until the next is graded. */
static double grade(struct answers *answers, const struct graded *question, const char *answer,
                    struct score_result *ret_result)
{
	arena_reset(answers->scratch);
	score_grade(answers->scratch, question->key, answer, strlen(answer), ret_result);
	return 10 * ret_result->score / question->exam.score.max_score;
}

static void count_found(struct answers *answers, size_t place, int which, const char *answer)
{
	struct score_result result;

	grade(answers, &answers->questions[place], answer, &result);
	for (size_t i = 0; i < result.point_count && i < MOST_POINTS; i++)
		if (result.points[i].status != SCORE_MISSING)
			answers->found[place][which][i]++;
}

static void try_other(struct answers *answers, size_t place, size_t other)
{
	const struct graded *question = &answers->questions[place];
	const struct graded *stranger = &answers->questions[other];
	struct score_result result;
	const double mark = grade(answers, question, stranger->exam.good_answer, &result);

	answers->figures.crossed++;
	if (mark <= EXAM_MOST_OTHER)
		return;
	answers->figures.strays++;
	look_at(answers, question);
	if (!answers->is_whole)
		rules_fault(answers->check, "%s: the good answer to %s is worth %.1f",
		            language_code(answers->language), json_string(stranger->item, "id", ""),
		            mark);
}

static bool is_of_type(const struct graded *one, const struct graded *other)
{
	return strcmp(json_string(one->item, "type", ""), json_string(other->item, "type", "")) ==
	       0;
}

static void try_others(struct answers *answers, size_t place)
{
	const size_t count = answers->is_whole ? answers->count - 1 : NEIGHBOURS;

	for (size_t i = 1; i <= count && i < answers->count; i++) {
		const size_t other = (place + i) % answers->count;

		if (is_of_type(&answers->questions[place], &answers->questions[other]))
			try_other(answers, place, other);
	}
}

/* Questions that cannot be read were told before; those without answers are told here. */
static void read_questions(struct answers *answers)
{
	struct rules_check *check = answers->check;
	const cJSON *item;

	answers->count = 0;
	cJSON_ArrayForEach(item, check->questions)
	{
		struct graded *question = &answers->questions[answers->count];

		question->item = item;
		if (exam_question_parse(check->arena, json_text(item), answers->language,
		                        &question->exam) != OK)
			continue;
		look_at(answers, question);
		if (question->exam.good_answer[0] == '\0') {
			if (answers->language == LANG_EN)
				rules_fault(check, "no stored answers to test it with");
			continue;
		}
		question->key = score_prepare(check->arena, &question->exam.score);
		answers->count++;
	}
}

static void try_language(struct answers *answers)
{
	read_questions(answers);
	for (size_t i = 0; i < answers->count; i++) {
		const struct exam_question *exam = &answers->questions[i].exam;

		count_found(answers, i, ANSWER_GOOD, exam->good_answer);
		count_found(answers, i, ANSWER_THIN, exam->thin_answer);
		try_others(answers, i);
	}
}

static void compare_languages(struct answers *answers)
{
	static const char *const names[] = { "good", "thin" };

	for (size_t i = 0; i < answers->count; i++) {
		const struct score_question *score = &answers->questions[i].exam.score;

		look_at(answers, &answers->questions[i]);
		for (int which = 0; which < ANSWER_COUNT; which++)
			for (size_t point = 0; point < score->point_count; point++) {
				const int found = answers->found[i][which][point];
				const bool is_alike = found == 0 || found == LANG_COUNT;

				answers->figures.points++;
				answers->figures.alike += is_alike;
				if (!is_alike && answers->is_whole)
					printf("%s: %s is found in the %s answer of some languages "
					       "only\n",
					       answers->check->id, score->points[point].id,
					       names[which]);
			}
	}
}

static void find_repeated(struct answers *answers)
{
	struct rules_check *check = answers->check;
	const char **texts = arena_array(check->arena, answers->count + 1, sizeof(*texts));
	struct likeness *pairs;
	size_t count;

	for (size_t i = 0; i < answers->count; i++)
		texts[i] = answers->questions[i].exam.score.text;
	count = likeness_pairs(check->arena, texts, answers->count, MOST_LIKENESS, &pairs);
	for (size_t i = 0; i < count; i++) {
		look_at(answers, &answers->questions[pairs[i].other]);
		rules_fault(check, "%s: it asks nearly what %s asks (%.2f)",
		            language_code(answers->language),
		            json_string(answers->questions[pairs[i].one].item, "id", ""),
		            pairs[i].share);
	}
}

/* What no single question is to blame for. */
static void judge_whole(struct answers *answers)
{
	const struct bank_answers *figures = &answers->figures;

	answers->check->id = "the bank";
	if ((double)figures->alike < LEAST_ALIKE * (double)figures->points)
		rules_fault(answers->check,
		            "%zu of %zu key points are found in all languages alike",
		            figures->alike, figures->points);
	if (answers->is_whole && figures->strays * 1000 > figures->crossed * STRAYS_PER_THOUSAND)
		rules_fault(answers->check, "%zu of %zu answers to other questions earn too much",
		            figures->strays, figures->crossed);
}

void bank_answers(struct rules_check *check, bool is_whole, struct bank_answers *ret_answers)
{
	const size_t count = (size_t)cJSON_GetArraySize(check->questions) + 1;
	struct answers answers = {
		.check = check,
		.is_whole = is_whole,
		.scratch = arena_create(),
		.questions = arena_array(check->arena, count, sizeof(*answers.questions)),
		.found = arena_array(check->arena, count, sizeof(*answers.found)),
	};

	for (answers.language = 0; answers.language < LANG_COUNT; answers.language++) {
		try_language(&answers);
		find_repeated(&answers);
	}
	compare_languages(&answers);
	judge_whole(&answers);
	arena_destroy(answers.scratch);
	*ret_answers = answers.figures;
}
