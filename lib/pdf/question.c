#include <string.h>

#include "base/json.h"
#include "pdf/writer.h"
#include "report/phrase.h"
#include "report/segments.h"

/* --- the answer with its evidence --------------------------------------------------------- */

enum { EARNED = 0xffeda8, DENIED = 0xffd9d4 };

static void write_answer(const struct writer *writer, const cJSON *question)
{
	const char *answer = json_string(question, "answer", "");
	bool has_denials;
	const cJSON *segments = segments_of_question(writer->arena, question, &has_denials);
	const cJSON *segment;
	struct sheet_span *spans = arena_array(
	        writer->arena, (size_t)cJSON_GetArraySize(segments) + 1, sizeof(*spans));
	size_t count = 0;

	if (answer[0] == '\0')
		return;
	cJSON_ArrayForEach(segment, segments)
	{
		const size_t at = (size_t)json_number(segment, "at", 0);

		if (json_bool(segment, "is_marked", false))
			spans[count++] = (struct sheet_span){
				at, at + strlen(json_string(segment, "text", "")),
				json_string(segment, "denied", NULL) != NULL ? DENIED : EARNED
			};
	}
	sheet_heading(writer->sheet, SHEET_LABEL, i18n(writer->language, "Answer"), 30);
	sheet_indent(writer->sheet, 10);
	sheet_rule(writer->sheet, SHEET_LINE);
	sheet_marked(writer->sheet, SHEET_BODY, answer, &(struct sheet_spans){ spans, count });
	sheet_rule(writer->sheet, 0);
	sheet_indent(writer->sheet, -10);
}

/* --- its key points ---------------------------------------------------------------------- */

/* What the candidate said against it, and what became of that. */
static void write_appeal(const struct writer *writer, const cJSON *appeal)
{
	static const struct {
		const char *head, *member;
	} words[] = {
		{ N_("The candidate:"), "comment" },
		{ N_("The reviewer:"), "reply" },
	};

	if (!cJSON_IsObject(appeal))
		return;
	writer_text(writer, SHEET_SMALL, appeal, "state");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *text = json_string(appeal, words[i].member, "");

		if (text[0] != '\0')
			sheet_text(writer->sheet, SHEET_SMALL,
			           arena_printf(writer->arena, "%s %s",
			                        i18n(writer->language, words[i].head), text));
	}
}

static void write_point(const struct writer *writer, const cJSON *point)
{
	const cJSON *quote;

	sheet_text(writer->sheet, SHEET_BODY,
	           arena_printf(writer->arena, "%d.\u00a0[%s]\u00a0%s: %s",
	                        (int)json_number(point, "number", 0),
	                        json_string(point, "symbol", ""), json_string(point, "status", ""),
	                        json_string(point, "text", "")));
	sheet_indent(writer->sheet, 18);
	cJSON_ArrayForEach(quote, json_get(point, "quotes")) sheet_text(
	        writer->sheet, SHEET_SMALL,
	        phrase_quoted(writer->arena, writer->language, json_string(quote, "quote", "")));
	writer_text(writer, SHEET_SMALL, point, "matched");
	if (json_string(point, "wrong", NULL) != NULL)
		writer_say(writer, SHEET_SMALL, N_("Stated wrongly: {{wrong}}"), point);
	if (json_bool(point, "decided", false))
		writer_say(writer, SHEET_SMALL, N_("granted by a person"), NULL);
	write_appeal(writer, json_get(point, "appeal"));
	sheet_indent(writer->sheet, -18);
}

static void write_points(const struct writer *writer, const cJSON *shown)
{
	const cJSON *point;

	if (!json_bool(shown, "has_points", false))
		return;
	sheet_heading(writer->sheet, SHEET_LABEL, i18n(writer->language, "Key points"), 28);
	cJSON_ArrayForEach(point, json_get(shown, "points")) write_point(writer, point);
}

/* --- how it was graded ---------------------------------------------------------------------- */

static void write_sums(const struct writer *writer, const cJSON *explanation)
{
	const cJSON *line;

	if (!json_bool(explanation, "is_kept", false) || json_bool(explanation, "is_second", false))
		return;
	sheet_heading(writer->sheet, SHEET_LABEL,
	              i18n(writer->language, "How this mark came about"), 24);
	writer_text(writer, SHEET_SMALL, explanation, "rule");
	cJSON_ArrayForEach(line, json_get(explanation, "lines"))
	        writer_item(writer, SHEET_SMALL,
	                    arena_printf(writer->arena, "%s %s", json_string(line, "words", ""),
	                                 json_string(line, "sum", "")));
}

static void write_unproved(const struct writer *writer, const cJSON *shown)
{
	const cJSON *point;

	if (!json_bool(shown, "has_unproved", false))
		return;
	writer_say(writer, SHEET_SMALL,
	           N_("The model counted these points without proof: the words it quoted do not "
	              "stand in the answer, so they earned nothing."),
	           NULL);
	cJSON_ArrayForEach(point, json_get(shown, "unproved"))
	        writer_item(writer, SHEET_SMALL, json_string(point, "claimed", ""));
}

static void write_grading(const struct writer *writer, const cJSON *shown)
{
	if (json_string(shown, "graded_by", NULL) != NULL)
		writer_say(writer, SHEET_SMALL, N_("Graded by {{graded_by}}."), shown);
	if (json_string(shown, "formula", NULL) != NULL)
		sheet_text(writer->sheet, SHEET_SMALL,
		           arena_printf(writer->arena, "%s %s",
		                        i18n(writer->language,
		                             "Score by the model’s marks, before hints and model "
		                             "answers are taken off:"),
		                        json_string(shown, "formula", "")));
	if (json_bool(shown, "is_fallback", false))
		writer_say(writer, SHEET_SMALL,
		           N_("A model was to grade this answer and could not, so the built-in "
		              "examiner did."),
		           NULL);
	write_unproved(writer, shown);
	if (writer->for_admin)
		writer_text(writer, SHEET_STRONG, shown, "dispute");
	writer_text(writer, SHEET_SMALL, shown, "hints_cost");
	writer_text(writer, SHEET_SMALL, shown, "model_answer_cost");
	write_sums(writer, json_get(shown, "explanation"));
}

/* --- the question ---------------------------------------------------------------------------- */

/* A person's word stands beside what the examiner gave. */
static void write_ruling(const struct writer *writer, const cJSON *ruling)
{
	writer_text(writer, SHEET_BODY, ruling, "by_appeals");
	if (json_string(ruling, "override", NULL) == NULL)
		return;
	writer_text(writer, SHEET_STRONG, ruling, "override");
	if (json_string(ruling, "by", NULL) != NULL)
		writer_say(writer, SHEET_SMALL, N_("Decided by: {{by}}"), ruling);
	sheet_text(writer->sheet, SHEET_BODY,
	           arena_printf(writer->arena, "%s: %s", i18n(writer->language, "Reason"),
	                        json_string(ruling, "reason", "")));
}

static void write_grade(const struct writer *writer, const cJSON *shown)
{
	const char *verdict = json_string(shown, "verdict", NULL);

	sheet_text(writer->sheet, SHEET_STRONG,
	           arena_printf(writer->arena, "%s / %s%s%s · %s", json_string(shown, "score", ""),
	                        json_string(shown, "max_score", ""), verdict != NULL ? " · " : "",
	                        verdict != NULL ? verdict : "",
	                        json_string(shown, "duration", "")));
	write_ruling(writer, json_get(shown, "ruling"));
	if (!json_bool(shown, "is_answered", true))
		writer_say(writer, SHEET_SMALL, N_("State: {{state}}"), shown);
	writer_text(writer, SHEET_BODY, shown, "feedback_short");
}

void question_write(const struct writer *writer, const cJSON *shown, const cJSON *question)
{
	sheet_heading(writer->sheet, SHEET_QUESTION,
	              writer_words(writer, "{{number}}. {{text}}", shown), 44);
	write_grade(writer, shown);
	if (json_bool(shown, "is_coding", false))
		code_write(writer, json_get(shown, "code"));
	else
		write_answer(writer, question);
	write_points(writer, shown);
	write_grading(writer, shown);
	if (json_bool(shown, "has_gaps", false)) {
		sheet_heading(writer->sheet, SHEET_LABEL,
		              i18n(writer->language, "Feedback in detail"), 24);
		writer_text(writer, SHEET_BODY, shown, "feedback_detailed");
	}
}
