#include "examiner/feedback.h"

#include <string.h>

#include "base/text.h"
#include "examiner/feedback_writer.h"
#include "examiner/observe.h"

/* Letters of a quotation. */
enum { QUOTE_MAX = 160 };

/* What a reader takes in of each kind. */
enum { STRENGTHS = 3, WEAKNESSES = 5 };

const char *feedback_point_name(struct arena *arena, const struct score_point *point)
{
	char *text = text_trimmed(arena, point->text);
	size_t len = strlen(text);

	if (len > 1 && text[len - 1] == '.')
		text[len - 1] = '\0';
	return text;
}

static const char *span_text(const struct feedback_writer *writer, struct score_span span)
{
	char *bytes = arena_copy(writer->arena, writer->answer + span.start, span.end - span.start);

	return text_shortened(writer->arena, text_one_line(writer->arena, bytes), QUOTE_MAX);
}

static size_t span_length(struct score_span span)
{
	return span.end - span.start;
}

/* The longest span but `other`, the first of equals; the number of spans when there is none. */
static size_t longest_span(const struct score_point *point, size_t other)
{
	size_t best = point->span_count;

	for (size_t i = 0; i < point->span_count; i++)
		if (i != other && (best == point->span_count ||
		                   span_length(point->spans[i]) > span_length(point->spans[best])))
			best = i;
	return best;
}

/* The two fullest passages, in the order of the answer: short ones name a word or two. */
static const char *quote(const struct feedback_writer *writer, const struct score_point *point)
{
	const size_t first = longest_span(point, point->span_count);
	const size_t second = longest_span(point, first);
	struct buf buf;

	buf_init(&buf, writer->arena);
	for (size_t i = 0; i < point->span_count; i++) {
		if (i != first && i != second)
			continue;
		if (buf.len > 0)
			buf_str(&buf, " … ");
		buf_str(&buf, span_text(writer, point->spans[i]));
	}
	return text_shortened(writer->arena, buf.data, QUOTE_MAX);
}

static int count_status(const struct score_result *result, enum score_status status)
{
	int count = 0;

	for (size_t i = 0; i < result->point_count; i++)
		count += result->points[i].status == status;
	return count;
}

const struct score_point *feedback_best(const struct score_result *result, enum score_status status)
{
	const struct score_point *best = NULL;

	for (size_t i = 0; i < result->point_count; i++) {
		const struct score_point *point = &result->points[i];

		if (point->status == status && (best == NULL || point->coverage > best->coverage))
			best = point;
	}
	return best;
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

/* True if the answer says something false about the point and the words are known. */
static bool is_false(const struct score_point *point)
{
	return (point->wrong != NULL || point->denied) &&
	       point->wrong_span.end > point->wrong_span.start;
}

static const struct score_point *false_point(const struct score_result *result)
{
	for (size_t i = 0; i < result->point_count; i++)
		if (is_false(&result->points[i]))
			return &result->points[i];
	return NULL;
}

/* True if an earlier point is false in the same words. */
static bool is_said_before(const struct score_result *result, size_t index)
{
	const struct score_span span = result->points[index].wrong_span;

	for (size_t i = 0; i < index; i++)
		if (is_false(&result->points[i]) &&
		    result->points[i].wrong_span.start == span.start &&
		    result->points[i].wrong_span.end == span.end)
			return true;
	return false;
}

int feedback_count_false(const struct score_result *result, bool only_claims)
{
	int count = 0;

	for (size_t i = 0; i < result->point_count; i++)
		count += is_false(&result->points[i]) && !is_said_before(result, i) &&
		         (!only_claims || result->points[i].wrong != NULL);
	return count;
}

static const struct limit {
	enum score_flag flag;
	const char *text;
} limits[] = {
	{ SCORE_FLAG_QUESTION_COPIED,
	  N_("The mark is limited: most of the answer repeats the question.") },
	{ SCORE_FLAG_KEYWORD_LIST,
	  N_("The mark is limited: the answer is a list of terms without sentences.") },
	{ SCORE_FLAG_WORD_ORDER,
	  N_("The mark is limited: the right words are there, but they do not make sentences.") },
	{ SCORE_FLAG_REPETITION, N_("The mark is limited: the same words come again and again.") },
	{ SCORE_FLAG_DUMP,
	  N_("The mark is limited: little of this long answer is about the question.") },
};

/* What keeps the mark low whatever the points say; NULL when nothing does. */
static const struct limit *limit_of(const struct score_result *result)
{
	/* A cap of 0 is that of a mere copy, which has no marks; a model's grade holds 0, too. */
	const bool has_cap = result->steps.cap > 0 || result->score <= 0;

	if (!has_cap || result->steps.cap >= 1)
		return NULL;
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if ((result->flags & limits[i].flag) != 0)
			return &limits[i];
	return NULL;
}

/* Long and beside the point is still said in sentences; the other limits are not. */
static bool is_only_named(const struct score_result *result)
{
	const struct limit *limit = limit_of(result);

	return limit != NULL && limit->flag != SCORE_FLAG_DUMP;
}

static const char *strong_sentence(const struct feedback_writer *writer)
{
	const int wrong = feedback_count_false(writer->result, false);

	if (wrong == 0)
		return i18n(writer->language, "A strong and complete answer.");
	if (wrong == 1)
		return i18n(writer->language, "A strong answer with one mistake.");
	return arena_printf(writer->arena,
	                    i18n_plural(writer->language, "A strong answer with %d mistake.",
	                                "A strong answer with %d mistakes.", wrong),
	                    wrong);
}

static const char *verdict_sentence(const struct feedback_writer *writer)
{
	switch (writer->result->verdict) {
	case SCORE_EXCELLENT:
		return strong_sentence(writer);
	case SCORE_GOOD:
		return i18n(writer->language, "A good answer.");
	case SCORE_WEAK:
		return i18n(writer->language, "A part of the answer is there.");
	case SCORE_INCORRECT:
		break;
	}
	if ((size_t)count_status(writer->result, SCORE_MISSING) < writer->result->point_count)
		return i18n(writer->language, "Only a small part of the answer is there.");
	return i18n(writer->language, "The answer does not yet say what the question is about.");
}

/* What the reader must know first: the reason of a low mark stands before any praise. */
static const char *first_sentence(const struct feedback_writer *writer)
{
	const struct limit *limit = limit_of(writer->result);
	const char *language = feedback_on_language(writer);

	if (language != NULL)
		return language;
	return limit != NULL ? i18n(writer->language, limit->text) : verdict_sentence(writer);
}

static void write_false_in_short(struct feedback_writer *writer, const struct score_point *wrong)
{
	const int count = feedback_count_false(writer->result, false);
	const char *said = span_text(writer, wrong->wrong_span);

	if (count == 1)
		buf_printf(&writer->out,
		           i18n(writer->language, "One statement is not correct: “%s”."), said);
	else
		buf_printf(&writer->out,
		           i18n_plural(writer->language,
		                       "%1$d statement is not correct, among them: “%2$s”.",
		                       "%1$d statements are not correct, among them: “%2$s”.",
		                       count),
		           count, said);
}

const char *feedback_short(struct arena *arena, const struct exam_question *question,
                           const char *answer, const struct score_result *result)
{
	struct feedback_writer writer = { arena, question->score.language, question, answer, result,
		                          { 0 } };
	const struct score_point *weakest = weakest_point(result), *wrong = false_point(result);
	const struct score_point *best = feedback_best(result, SCORE_COVERED);
	const bool named = is_only_named(result);

	if ((result->flags & SCORE_FLAG_EMPTY) != 0 && feedback_on_language(&writer) == NULL)
		return i18n(writer.language,
		            "There was nothing in the answer that could be graded.");
	buf_init(&writer.out, arena);
	buf_str(&writer.out, first_sentence(&writer));
	buf_char(&writer.out, ' ');
	buf_printf(&writer.out,
	           named ? i18n(writer.language, "Key points named: %1$d of %2$d.")
	                 : i18n(writer.language, "Key points covered: %1$d of %2$d."),
	           count_status(result, SCORE_COVERED), (int)result->point_count);
	if (best != NULL && !named) {
		buf_char(&writer.out, ' ');
		buf_printf(&writer.out, i18n(writer.language, "Said best: “%s”."),
		           quote(&writer, best));
	}
	if (weakest != NULL) {
		buf_char(&writer.out, ' ');
		buf_printf(&writer.out, i18n(writer.language, "What is missing most: “%s”."),
		           feedback_point_name(arena, weakest));
	}
	if (wrong != NULL) {
		buf_char(&writer.out, ' ');
		write_false_in_short(&writer, wrong);
	}
	return writer.out.data;
}

void feedback_heading(struct feedback_writer *writer, const char *text)
{
	if (writer->out.len > 0)
		buf_str(&writer->out, "\n\n");
	buf_str(&writer->out, text);
}

/* The covered points that are said best, in the order of the question. */
static void choose_strengths(const struct score_result *result, bool *chosen)
{
	for (int count = 0; count < STRENGTHS; count++) {
		size_t best = result->point_count;

		for (size_t i = 0; i < result->point_count; i++) {
			const struct score_point *point = &result->points[i];

			if (point->status == SCORE_COVERED && !chosen[i] &&
			    (best == result->point_count ||
			     point->coverage > result->points[best].coverage))
				best = i;
		}
		if (best == result->point_count)
			return;
		chosen[best] = true;
	}
}

static void write_rest(struct feedback_writer *writer, int count)
{
	if (count <= 0)
		return;
	buf_str(&writer->out, "\n- ");
	buf_printf(&writer->out,
	           i18n_plural(writer->language, "and %d more point", "and %d more points", count),
	           count);
}

static void write_strengths(struct feedback_writer *writer)
{
	const struct score_result *result = writer->result;
	bool *chosen = arena_array(writer->arena, result->point_count, sizeof(*chosen));
	int count = count_status(result, SCORE_COVERED);

	if (count == 0)
		return;
	choose_strengths(result, chosen);
	feedback_heading(writer, is_only_named(result) ? i18n(writer->language,
	                                                      "What is named, but not explained:")
	                                               : i18n(writer->language, "What is strong:"));
	for (size_t i = 0; i < result->point_count; i++) {
		if (!chosen[i])
			continue;
		buf_str(&writer->out, "\n- ");
		buf_printf(&writer->out, i18n(writer->language, "%1$s. Your words: “%2$s”."),
		           feedback_point_name(writer->arena, &result->points[i]),
		           quote(writer, &result->points[i]));
	}
	write_rest(writer, count - STRENGTHS);
}

static void write_false(struct feedback_writer *writer, const struct score_point *point)
{
	const char *said = span_text(writer, point->wrong_span);
	const char *fact = NULL;

	if (point->wrong != NULL)
		fact = observe_fact(writer->question, point->wrong);
	if (point->wrong == NULL)
		buf_printf(&writer->out,
		           i18n(writer->language, "“%1$s” says the opposite of this: %2$s."), said,
		           feedback_point_name(writer->arena, point));
	else
		buf_printf(&writer->out, i18n(writer->language, "You said: “%1$s”. In fact: %2$s"),
		           said, fact != NULL ? fact : point->text);
}

static void write_unsaid(struct feedback_writer *writer, const struct score_point *point)
{
	const char *name = feedback_point_name(writer->arena, point);

	if (point->status == SCORE_MISSING)
		buf_printf(&writer->out, i18n(writer->language, "Missing: %s."), name);
	else
		buf_printf(&writer->out,
		           i18n(writer->language, "Only in part: %1$s. So far you said: “%2$s”."),
		           name, quote(writer, point));
}

/* What is false weighs more than what is missing, and that more than what is half said. */
enum weakness { WEAKNESS_FALSE, WEAKNESS_MISSING, WEAKNESS_PARTIAL, WEAKNESS_NONE };

static enum weakness weakness_of(const struct score_point *point)
{
	if (is_false(point))
		return WEAKNESS_FALSE;
	if (point->status == SCORE_COVERED)
		return WEAKNESS_NONE;
	return point->status == SCORE_MISSING ? WEAKNESS_MISSING : WEAKNESS_PARTIAL;
}

static void write_weaknesses(struct feedback_writer *writer)
{
	const struct score_result *result = writer->result;
	int count = 0;

	for (enum weakness kind = WEAKNESS_FALSE; kind < WEAKNESS_NONE; kind++) {
		for (size_t i = 0; i < result->point_count; i++) {
			const struct score_point *point = &result->points[i];

			if (weakness_of(point) != kind || ++count > WEAKNESSES)
				continue;
			if (count == 1)
				feedback_heading(writer, i18n(writer->language, "What is weak:"));
			buf_str(&writer->out, "\n- ");
			if (kind == WEAKNESS_FALSE)
				write_false(writer, point);
			else
				write_unsaid(writer, point);
		}
	}
	write_rest(writer, count - WEAKNESSES);
}

const char *feedback_detailed(struct arena *arena, const struct exam_question *question,
                              const char *answer, const struct score_result *result)
{
	struct feedback_writer writer = { arena, question->score.language, question, answer, result,
		                          { 0 } };

	buf_init(&writer.out, arena);
	write_strengths(&writer);
	write_weaknesses(&writer);
	feedback_improvements(&writer);
	return writer.out.data;
}
