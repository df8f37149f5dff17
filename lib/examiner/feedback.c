#include "examiner/feedback.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "examiner/observe.h"

/* Letters of a quotation, spans of an answer that one quotation shows. */
enum { QUOTE_MAX = 160, QUOTE_SPANS = 2 };

/* A rubric dimension below this deserves a piece of advice. */
#define WEAK_DIMENSION 2.5

struct writer {
	struct arena *arena;
	enum language language;
	const struct exam_question *question;
	const char *answer;
	const struct score_result *result;
	struct buf out;
};

/* A key point without its full stop, fit to stand between quotation marks. */
static const char *point_name(struct arena *arena, const struct score_point *point)
{
	char *text = text_trimmed(arena, point->text);
	size_t len = strlen(text);

	if (len > 1 && text[len - 1] == '.')
		text[len - 1] = '\0';
	return text;
}

static const char *span_text(const struct writer *writer, struct score_span span)
{
	char *bytes = arena_copy(writer->arena, writer->answer + span.start, span.end - span.start);

	return text_shortened(writer->arena, text_one_line(writer->arena, bytes), QUOTE_MAX);
}

static const char *quote(const struct writer *writer, const struct score_point *point)
{
	struct buf buf;

	buf_init(&buf, writer->arena);
	for (size_t i = 0; i < point->span_count && i < QUOTE_SPANS; i++) {
		if (i > 0)
			buf_str(&buf, " … ");
		buf_str(&buf, span_text(writer, point->spans[i]));
	}
	return text_shortened(writer->arena, buf.data, QUOTE_MAX);
}

static size_t count_status(const struct score_result *result, enum score_status status)
{
	size_t count = 0;

	for (size_t i = 0; i < result->point_count; i++)
		count += result->points[i].status == status;
	return count;
}

/* The first point that is missing, or else only partly there; NULL when all are covered. */
static const struct score_point *weakest_point(const struct score_result *result)
{
	for (enum score_status status = SCORE_MISSING; status < SCORE_COVERED; status++)
		for (size_t i = 0; i < result->point_count; i++)
			if (result->points[i].status == status)
				return &result->points[i];
	return NULL;
}

static const struct score_point *wrong_point(const struct score_result *result)
{
	for (size_t i = 0; i < result->point_count; i++)
		if (result->points[i].wrong != NULL)
			return &result->points[i];
	return NULL;
}

static const char *verdict_sentence(const struct writer *writer)
{
	switch (writer->result->verdict) {
	case SCORE_EXCELLENT:
		return i18n(writer->language, "A strong and complete answer.");
	case SCORE_GOOD:
		return i18n(writer->language, "A good answer.");
	case SCORE_WEAK:
		return i18n(writer->language, "A part of the answer is there.");
	case SCORE_INCORRECT:
		break;
	}
	if (count_status(writer->result, SCORE_MISSING) < writer->result->point_count)
		return i18n(writer->language, "Only a small part of the answer is there.");
	return i18n(writer->language, "The answer does not yet say what the question is about.");
}

const char *feedback_short(struct arena *arena, const struct exam_question *question,
                           const char *answer, const struct score_result *result)
{
	struct writer writer = { arena, question->score.language, question, answer, result, { 0 } };
	const struct score_point *weakest = weakest_point(result);
	const struct score_point *wrong = wrong_point(result);

	if ((result->flags & SCORE_FLAG_EMPTY) != 0)
		return i18n(writer.language,
		            "There was nothing in the answer that could be graded.");
	buf_init(&writer.out, arena);
	buf_str(&writer.out, verdict_sentence(&writer));
	buf_char(&writer.out, ' ');
	buf_printf(&writer.out, i18n(writer.language, "Key points covered: %1$d of %2$d."),
	           (int)count_status(result, SCORE_COVERED), (int)result->point_count);
	if (weakest != NULL) {
		buf_char(&writer.out, ' ');
		buf_printf(&writer.out, i18n(writer.language, "What is missing most: “%s”."),
		           point_name(arena, weakest));
	}
	if (wrong != NULL) {
		buf_char(&writer.out, ' ');
		buf_printf(&writer.out,
		           i18n(writer.language, "One statement is not correct: “%s”."),
		           span_text(&writer, wrong->wrong_span));
	}
	return writer.out.data;
}

static void heading(struct writer *writer, const char *text)
{
	if (writer->out.len > 0)
		buf_str(&writer->out, "\n\n");
	buf_str(&writer->out, text);
}

static void write_covered(struct writer *writer)
{
	if (count_status(writer->result, SCORE_COVERED) == 0)
		return;
	heading(writer, i18n(writer->language, "You said this clearly:"));
	for (size_t i = 0; i < writer->result->point_count; i++) {
		const struct score_point *point = &writer->result->points[i];

		if (point->status != SCORE_COVERED)
			continue;
		buf_str(&writer->out, "\n- ");
		buf_printf(&writer->out, i18n(writer->language, "%1$s. Your words: “%2$s”."),
		           point_name(writer->arena, point), quote(writer, point));
	}
}

static void write_partial(struct writer *writer)
{
	if (count_status(writer->result, SCORE_PARTIAL) == 0)
		return;
	heading(writer,
	        i18n(writer->language, "This is there in part and should be said in full:"));
	for (size_t i = 0; i < writer->result->point_count; i++) {
		const struct score_point *point = &writer->result->points[i];

		if (point->status != SCORE_PARTIAL)
			continue;
		buf_str(&writer->out, "\n- ");
		buf_printf(&writer->out, i18n(writer->language, "%1$s. So far you said: “%2$s”."),
		           point_name(writer->arena, point), quote(writer, point));
	}
}

static void write_missing(struct writer *writer)
{
	if (count_status(writer->result, SCORE_MISSING) == 0)
		return;
	heading(writer, i18n(writer->language, "This is missing:"));
	for (size_t i = 0; i < writer->result->point_count; i++) {
		const struct score_point *point = &writer->result->points[i];

		if (point->status == SCORE_MISSING)
			buf_printf(&writer->out, "\n- %s.", point_name(writer->arena, point));
	}
}

static void write_wrong(struct writer *writer)
{
	if (wrong_point(writer->result) == NULL)
		return;
	heading(writer, i18n(writer->language, "This is not correct:"));
	for (size_t i = 0; i < writer->result->point_count; i++) {
		const struct score_point *point = &writer->result->points[i];
		const char *fact;

		if (point->wrong == NULL)
			continue;
		fact = observe_fact(writer->question, point->wrong);
		buf_str(&writer->out, "\n- ");
		buf_printf(&writer->out, i18n(writer->language, "You said: “%1$s”. In fact: %2$s"),
		           span_text(writer, point->wrong_span), fact != NULL ? fact : point->text);
	}
}

static const struct flag_advice {
	enum score_flag flag;
	const char *text;
} flag_advice[] = {
	{ SCORE_FLAG_QUESTION_COPIED,
	  N_("Most of the answer repeats the question. Only what goes beyond it can be graded.") },
	{ SCORE_FLAG_KEYWORD_LIST,
	  N_("The answer is a list of terms. Say in sentences how they belong together.") },
	{ SCORE_FLAG_WORD_ORDER,
	  N_("The right words are there. Say in whole sentences how they belong together.") },
	{ SCORE_FLAG_DUMP,
	  N_("Little of this long answer is about the question. Choose what matters for it.") },
	{ SCORE_FLAG_REPETITION, N_("The same words come again and again. Say each thing once.") },
	{ SCORE_FLAG_CONTRADICTION,
	  N_("One statement says the opposite of what is right. Check where you deny something.") },
	{ SCORE_FLAG_EMPTY, N_("The answer has no words that could be graded.") },
};

static void write_flags(struct writer *writer)
{
	for (size_t i = 0; i < sizeof(flag_advice) / sizeof(*flag_advice); i++)
		if ((writer->result->flags & flag_advice[i].flag) != 0)
			heading(writer, i18n(writer->language, flag_advice[i].text));
}

/* One piece of advice, on the weakest dimension; accuracy and relevance are told by the points. */
static void write_advice(struct writer *writer)
{
	const struct score_rubric *rubric = &writer->result->rubric;

	if (writer->result->flags != 0)
		return;
	if (rubric->depth < WEAK_DIMENSION && rubric->depth <= rubric->structure)
		heading(writer, i18n(writer->language, "Go deeper: say why it is so and give an "
		                                       "example from practice."));
	else if (rubric->structure < WEAK_DIMENSION)
		heading(writer,
		        i18n(writer->language, "Give the answer a shape: first the main "
		                               "thought, then the reasons, then an example."));
	else if (rubric->communication < WEAK_DIMENSION)
		heading(writer,
		        i18n(writer->language, "Use short whole sentences; they are easier to "
		                               "follow."));
}

const char *feedback_detailed(struct arena *arena, const struct exam_question *question,
                              const char *answer, const struct score_result *result)
{
	struct writer writer = { arena, question->score.language, question, answer, result, { 0 } };

	buf_init(&writer.out, arena);
	write_covered(&writer);
	write_partial(&writer);
	write_missing(&writer);
	write_wrong(&writer);
	write_flags(&writer);
	write_advice(&writer);
	return writer.out.data;
}
