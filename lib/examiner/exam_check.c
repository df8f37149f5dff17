#include "examiner/exam_check.h"

#include <string.h>

#define LEAST_SHARE 0.9
enum { MOST_REFERENCES = 3 };

struct teller {
	struct arena *arena;
	const struct score_question *question;
	void (*tell)(void *context, const char *fault);
	void *context;
};

static void check_reference(const struct teller *teller, size_t place)
{
	const struct score_question *question = teller->question;
	const char *reference = question->references.items[place];
	struct score_result result;

	score_answer(teller->arena, question, reference, strlen(reference), &result);
	if (result.score < LEAST_SHARE * question->max_score)
		teller->tell(teller->context,
		             arena_printf(teller->arena, "reference %zu scores only %.1f",
		                          place + 1, result.score));
	for (size_t i = 0; i < result.point_count; i++)
		if (result.points[i].status != SCORE_COVERED)
			teller->tell(teller->context,
			             arena_printf(teller->arena,
			                          "key point %s is %s in reference %zu",
			                          question->points[i].id,
			                          score_status_name(result.points[i].status),
			                          place + 1));
}

void exam_check(struct arena *arena, const struct exam_question *question,
                void (*tell)(void *context, const char *fault), void *context)
{
	const struct teller teller = {
		.arena = arena, .question = &question->score, .tell = tell, .context = context
	};
	const size_t count = question->score.references.count;

	if (count < 1 || count > MOST_REFERENCES)
		tell(context,
		     arena_printf(arena, "%zu reference answers instead of one to three", count));
	for (size_t i = 0; i < count; i++)
		check_reference(&teller, i);
}
