#include <string.h>

#include "base/json.h"
#include "report/normalize.h"
#include "report/verify.h"

#define GAP "\n\n" /* between the messages of an answer */

static void find(struct verify *verify, const struct question *question, const char *what)
{
	verify_find(verify, "answers",
	            arena_printf(verify->arena, "question %d: %s", question->position, what), NULL,
	            NULL);
}

/* --- the candidate's words ---------------------------------------------------------- */

/* Places in an answer up to which messages were found, in the order of the messages. */
struct places {
	size_t *items;
	size_t count;
};

static bool has_place(const struct places *places, size_t at)
{
	for (size_t i = 0; i < places->count; i++)
		if (places->items[i] == at)
			return true;
	return false;
}

/* The place behind the message when it stands at `at`; 0: it does not. */
static size_t behind(const char *answer, size_t at, const char *message)
{
	const size_t len = strlen(message);

	if (at > 0) {
		if (strncmp(answer + at, GAP, strlen(GAP)) != 0)
			return 0;
		at += strlen(GAP);
	}
	return len > 0 && strncmp(answer + at, message, len) == 0 ? at + len : 0;
}

static bool is_message(const struct turn *turn, const struct question *question)
{
	return turn->question_id != NULL && strcmp(turn->question_id, question->id) == 0 &&
	       strcmp(turn->author, "candidate") == 0;
}

/* Not every message was part of the answer, but each part is a message, whole and in order. */
static bool is_made_of_turns(const struct verify *verify, const struct question *question)
{
	const struct report_source *source = &verify->source;
	struct places places = { .items = arena_array(verify->arena, 2 * source->turn_count + 2,
		                                      sizeof(*places.items)) };

	places.items[places.count++] = 0;
	for (size_t i = 0; i < source->turn_count; i++) {
		const struct turn *turn = &source->turns[i];
		const size_t known = places.count;

		if (!is_message(turn, question))
			continue;
		for (size_t k = 0; k < known && places.count < 2 * source->turn_count; k++) {
			const size_t end = behind(question->answer, places.items[k], turn->body);

			if (end > 0 && !has_place(&places, end))
				places.items[places.count++] = end;
		}
	}
	return has_place(&places, strlen(question->answer));
}

/* --- evidence ------------------------------------------------------------------------ */

static void check_mark(struct verify *verify, const struct question *question,
                       const struct mark *mark)
{
	if (mark->span_count == 0 && strcmp(mark->status, "missing") != 0)
		find(verify, question,
		     arena_printf(verify->arena, "key point %s has credit without evidence",
		                  mark->key_point_id));
	for (size_t i = 0; i < mark->span_count; i++)
		if (normalize_quotation(verify->arena, question->answer, &mark->spans[i]) == NULL)
			find(verify, question,
			     arena_printf(verify->arena,
			                  "evidence of key point %s does not stand in the answer",
			                  mark->key_point_id));
}

void verify_answers(struct verify *verify)
{
	const struct report_source *source = &verify->source;

	for (size_t i = 0; i < source->count; i++) {
		const struct question *question = &source->questions[i];
		const struct evaluation *evaluation = &source->evaluations[i];

		if (!is_made_of_turns(verify, question))
			find(verify, question, "the answer is not what the candidate said");
		for (size_t k = 0; evaluation->question_id != NULL && k < evaluation->mark_count;
		     k++)
			check_mark(verify, question, &evaluation->marks[k]);
	}
}
