#include "score/rubric.h"

#include "score/words.h"

/* Where prose lies; outside of it are keyword lists and breathless sentences. */
#define SENTENCE_MIN       4
#define SENTENCE_MAX       30
#define FUNCTION_SHARE_MIN 0.15
#define FUNCTION_SHARE_MAX 0.65
#define DISTINCT_SHARE_MIN 0.4
#define TYPOS_MOST         0.2 /* as many cost the whole share */
enum { SHORT_WORDS = 8, FULL_WORDS = 15, MAX_CONNECTIVES = 3 };

/* What the form of a text is judged by. */
struct form {
	uint32_t connectives;
	double sentence_length; /* mean, in tokens */
	double function_share;  /* of the tokens */
	double distinct_share;  /* of the content words */
	bool supported;         /* has a reason, an example or a figure */
};

static struct form form_of(const struct passage *passage)
{
	struct form form = { 0 };

	for (uint32_t i = 0; i < passage->count; i++) {
		const struct token *token = &passage->tokens[i];

		form.connectives += (token->flags & WORD_CONNECTIVE) != 0;
		form.supported |= (token->flags & (WORD_REASON | WORD_EXAMPLE)) != 0;
		form.supported |= token->figure;
	}
	form.sentence_length = (double)passage->count / passage->sentence_count;
	form.function_share = 1 - (double)passage->content_count / passage->count;
	form.distinct_share = (double)passage->distinct_count / passage->content_count;
	return form;
}

static bool is_within(double value, double min, double max)
{
	return value >= min && value <= max;
}

static double structure_of(const struct passage *passage, const struct form *form)
{
	uint32_t connectives = form->connectives;
	double mark = 1;

	if (connectives > MAX_CONNECTIVES)
		connectives = MAX_CONNECTIVES;
	mark += passage->sentence_count >= 2 ? 1 : 0;
	mark += passage->sentence_count >= 3 ? 0.5 : 0;
	mark += 0.5 * connectives;
	mark += passage->content_count >= FULL_WORDS ? 0.5 : 0;
	mark += is_within(form->sentence_length, SENTENCE_MIN, SENTENCE_MAX) ? 0.5 : 0;
	return mark;
}

static double communication_of(const struct passage *passage, const struct form *form, double typos)
{
	double mark = 1;

	mark += is_within(form->sentence_length, SENTENCE_MIN, SENTENCE_MAX) ? 1 : 0;
	mark += is_within(form->function_share, FUNCTION_SHARE_MIN, FUNCTION_SHARE_MAX) ? 1 : 0;
	mark += typos < TYPOS_MOST ? 1 - typos / TYPOS_MOST : 0;
	mark += form->distinct_share >= DISTINCT_SHARE_MIN ? 0.5 : 0;
	mark += passage->content_count >= SHORT_WORDS ? 0.5 : 0;
	return mark;
}

static double at_most(double value, double most)
{
	return value < most ? value : most;
}

struct score_rubric rubric_mark(const struct rubric_input *input)
{
	const struct passage *answer = input->answer;
	double most = 1 + 4 * input->share, depth = 0;
	struct form form;

	if (answer->content_count == 0)
		return (struct score_rubric){ 0 };
	form = form_of(answer);
	if (input->point_count > 0)
		depth = 5 * input->points / (double)input->point_count;
	if (depth > 0 && form.supported)
		depth = at_most(depth + 0.5, 5);
	return (struct score_rubric){
		.structure = at_most(structure_of(answer, &form), most),
		.relevance = 5 * input->relevant,
		.technical_accuracy = 5 * input->share,
		.depth = depth,
		.communication = at_most(communication_of(answer, &form, input->typos), most),
	};
}
