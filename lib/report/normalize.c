#include "report/normalize.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "report/normalize_code.h"
#include "report/ruling.h"

enum { TITLE_LENGTH = 80 };

#define DEFAULT_MAX_SCORE 10.0

/* A question with its evaluation (NULL: not graded) and the bank's body as asked. */
struct material {
	struct arena *arena;
	enum language language;
	const char *code_language;
	const struct question *question;
	bool is_coding;
	const struct evaluation *evaluation;
	const struct code_work *work; /* NULL: no code */
	const cJSON *body;            /* NULL when the snapshot cannot be read */
	bool is_withheld; /* never asked in an invited interview: how to answer stays unknown */
};

static const char *localized(const struct material *material, const cJSON *texts)
{
	const char *fallback = json_string(texts, language_code(LANG_EN), "");

	return json_string(texts, language_code(material->language), fallback);
}

void normalize_set_time(struct arena *arena, cJSON *object, const char *name, int64_t ms)
{
	json_set_string(object, name, ms > 0 ? clock_iso(arena, ms) : NULL);
}

cJSON *normalize_set_rubric(cJSON *object, const struct score_rubric *rubric)
{
	/* Who adds up what stands there comes to the overall value that stands there. */
	const struct score_rubric figures = {
		.structure = json_rounded(rubric->structure),
		.relevance = json_rounded(rubric->relevance),
		.technical_accuracy = json_rounded(rubric->technical_accuracy),
		.depth = json_rounded(rubric->depth),
		.communication = json_rounded(rubric->communication),
	};
	cJSON *item = json_set_object(object, "rubric");

	json_set_number(item, "structure", figures.structure);
	json_set_number(item, "relevance", figures.relevance);
	json_set_number(item, "technical_accuracy", figures.technical_accuracy);
	json_set_number(item, "depth", figures.depth);
	json_set_number(item, "communication", figures.communication);
	json_set_number(item, "overall", json_rounded(score_rubric_overall(&figures)));
	return item;
}

static bool is_start_of_character(const char *text, int64_t at)
{
	return ((unsigned char)text[at] & 0xC0) != 0x80;
}

cJSON *normalize_quotation(struct arena *arena, const char *answer, const struct span *span)
{
	cJSON *item;

	if (span->start < 0 || span->start >= span->end || span->end > (int64_t)strlen(answer) ||
	    !is_start_of_character(answer, span->start) ||
	    !is_start_of_character(answer, span->end))
		return NULL;
	item = cJSON_CreateObject();
	json_set_number(item, "start", (double)span->start);
	json_set_number(item, "end", (double)span->end);
	json_set_string(item, "text",
	                arena_copy(arena, answer + span->start, (size_t)(span->end - span->start)));
	return item;
}

static cJSON *quotation(const struct material *material, const struct span *span)
{
	return normalize_quotation(material->arena, material->question->answer, span);
}

static void add_evidence(const struct material *material, cJSON *point, const struct mark *mark)
{
	cJSON *evidence = json_set_array(point, "evidence");

	for (size_t i = 0; i < mark->span_count; i++) {
		cJSON *item = quotation(material, &mark->spans[i]);

		if (item != NULL)
			json_add(evidence, item);
	}
}

/* Null for a missing point and for marks of before it was kept. */
static void set_matched(cJSON *point, const struct mark *mark)
{
	const bool is_kept = mark->matched != NULL && mark->matched[0] != '\0';

	json_set_string(point, "matched", is_kept ? mark->matched : NULL);
}

static void add_graded_points(const struct material *material, cJSON *points)
{
	for (size_t i = 0; i < material->evaluation->mark_count; i++) {
		const struct mark *mark = &material->evaluation->marks[i];
		cJSON *point = json_add_object(points);

		json_set_string(point, "id", mark->key_point_id);
		json_set_string(point, "text", mark->body);
		json_set_string(point, "status", mark->status);
		add_evidence(material, point, mark);
		json_set_number(point, "coverage", json_rounded(mark->coverage));
		json_set_string(point, "wording", mark->wording);
		json_set_string(point, "wrong", mark->wrong);
		set_matched(point, mark);
	}
}

/* Nothing was graded: every key point of the question is missing. */
static void add_missing_points(const struct material *material, cJSON *points)
{
	const cJSON *bank_point;

	cJSON_ArrayForEach(bank_point, json_get(material->body, "key_points"))
	{
		cJSON *point = json_add_object(points);

		json_set_string(point, "id", json_string(bank_point, "id", ""));
		json_set_string(point, "text", localized(material, json_get(bank_point, "text")));
		json_set_string(point, "status", score_status_name(SCORE_MISSING));
		json_set_array(point, "evidence");
		json_set_number(point, "coverage", 0);
		json_set_null(point, "wording");
		json_set_null(point, "wrong");
		json_set_null(point, "matched");
	}
}

static void add_scores(const struct material *material, cJSON *part)
{
	const struct evaluation *evaluation = material->evaluation;
	double score = json_rounded(evaluation != NULL ? evaluation->score : 0);
	double max = json_rounded(
	        evaluation != NULL ? evaluation->max_score
	                           : json_number(material->body, "max_score", DEFAULT_MAX_SCORE));

	json_set_number(part, "score", score);
	json_set_number(part, "max_score", max);
	json_set_number(part, "score_ratio", max > 0 ? json_rounded(score / max) : NAN);
}

static const char *feedback_without_grade(const struct material *material)
{
	const char *state = material->question->state;

	if (strcmp(state, "skipped") == 0)
		return i18n(material->language, "This question was skipped.");
	if (strcmp(state, "dont_know") == 0)
		return i18n(material->language, "The answer to this question was “I don't know”.");
	return i18n(material->language, "This question was not answered before the end.");
}

static void add_grade(const struct material *material, cJSON *theory)
{
	const struct evaluation *evaluation = material->evaluation;

	if (evaluation == NULL) {
		json_set_string(theory, "llm_feedback_short", feedback_without_grade(material));
		json_set_string(theory, "llm_feedback_detailed", "");
		json_set_null(theory, "rubric");
		return;
	}
	json_set_string(theory, "llm_feedback_short", evaluation->feedback_short);
	json_set_string(theory, "llm_feedback_detailed", evaluation->feedback_detailed);
	normalize_set_rubric(theory, &(struct score_rubric){
	                                     .structure = evaluation->structure,
	                                     .relevance = evaluation->relevance,
	                                     .technical_accuracy = evaluation->technical_accuracy,
	                                     .depth = evaluation->depth,
	                                     .communication = evaluation->communication,
	                             });
}

/* An array as the examiner stored it; empty when there is none. */
static cJSON *unproved_points(const struct evaluation *evaluation)
{
	const char *text = evaluation != NULL ? evaluation->unproved : NULL;
	cJSON *points;

	if (text == NULL || json_parse(text, strlen(text), &points) != OK || !cJSON_IsArray(points))
		return cJSON_CreateArray();
	return points;
}

/* Who graded, and what the other scorer thinks of it. */
static void add_grader(const struct material *material, cJSON *theory)
{
	const struct evaluation *evaluation = material->evaluation;
	bool has_builtin = evaluation != NULL && evaluation->has_builtin;
	const char *fallback = evaluation != NULL ? evaluation->fallback : NULL;

	json_set_string(theory, "graded_by", evaluation != NULL ? evaluation->engine : NULL);
	json_set_number(theory, "builtin_score",
	                has_builtin ? json_rounded(evaluation->builtin_score) : NAN);
	json_set_string(theory, "builtin_verdict",
	                has_builtin ? evaluation->builtin_verdict : NULL);
	json_set(theory, "unproved_points", unproved_points(evaluation));
	json_set_string(theory, "fallback",
	                fallback != NULL && fallback[0] != '\0' ? fallback : NULL);
}

static cJSON *stored_quotation(const struct material *material, const cJSON *span)
{
	return quotation(material, &(struct span){
	                                   .start = (int64_t)json_number(span, "start", -1),
	                                   .end = (int64_t)json_number(span, "end", -1),
	                           });
}

/* The words of the answer stand beside the places that the scorer kept. */
static void quote_point(const struct material *material, cJSON *point)
{
	cJSON *evidence = cJSON_CreateArray(), *denial;
	const cJSON *span;

	cJSON_ArrayForEach(span, json_get(point, "evidence"))
	{
		cJSON *item = stored_quotation(material, span);

		if (item != NULL)
			json_add(evidence, item);
	}
	denial = stored_quotation(material, json_get(point, "denial"));
	cJSON_ReplaceItemInObjectCaseSensitive(point, "evidence", evidence);
	cJSON_ReplaceItemInObjectCaseSensitive(point, "denial",
	                                       denial != NULL ? denial : cJSON_CreateNull());
}

/* How the built-in scorer came to its mark; an evaluation of before it was kept says nothing. */
static void add_steps(const struct material *material, cJSON *theory)
{
	const char *text = material->evaluation != NULL ? material->evaluation->steps : NULL;
	cJSON *steps, *point;

	if (text == NULL || json_parse(text, strlen(text), &steps) != OK)
		return;
	cJSON_ArrayForEach(point, json_get(steps, "key_points")) quote_point(material, point);
	json_set(theory, "scoring", steps);
}

static void add_theory(const struct material *material, cJSON *metrics)
{
	cJSON *theory = json_set_object(metrics, "theory");
	cJSON *points;

	add_scores(material, theory);
	json_set_string(theory, "verdict",
	                material->evaluation != NULL ? material->evaluation->verdict
	                                             : score_verdict_name(SCORE_INCORRECT));
	points = json_set_array(theory, "key_points");
	if (material->evaluation != NULL)
		add_graded_points(material, points);
	else if (!material->is_withheld)
		add_missing_points(material, points);
	add_grade(material, theory);
	add_grader(material, theory);
	add_steps(material, theory);
}

static struct code_material code_of(const struct material *material)
{
	return (struct code_material){
		.arena = material->arena,
		.language = material->language,
		.code_language = material->code_language,
		.question = material->question,
		.body = material->body,
		.work = material->work,
	};
}

static void add_metrics(const struct material *material, cJSON *report)
{
	const struct question *question = material->question;
	cJSON *metrics = json_set_object(report, "metrics");
	double seconds = 0;

	if (question->asked_at > 0 && question->finished_at > question->asked_at)
		seconds = (double)(question->finished_at - question->asked_at) / 1000;
	json_set_number(metrics, "time_spent_sec", json_rounded(seconds));
	normalize_set_time(material->arena, metrics, "started_at", question->asked_at);
	normalize_set_time(material->arena, metrics, "finished_at", question->finished_at);
	if (material->is_coding) {
		const struct code_material code = code_of(material);

		json_set_null(metrics, "theory");
		normalize_code_metrics(&code, metrics);
	} else {
		add_theory(material, metrics);
		normalize_no_code_metrics(metrics);
	}
}

/* Who graded, and what the scorer noticed. */
static void add_evaluation(const struct material *material, cJSON *report)
{
	const struct evaluation *evaluation = material->evaluation;
	cJSON *item, *flags;

	if (evaluation == NULL) {
		json_set_null(report, "llm_evaluation");
		return;
	}
	item = json_set_object(report, "llm_evaluation");
	json_set_string(item, "engine", evaluation->engine);
	json_set_string(item, "version", evaluation->version);
	json_set_string(item, "suggested_next_difficulty", evaluation->next_difficulty);
	normalize_set_time(material->arena, item, "graded_at", evaluation->created_at);
	flags = json_set_array(item, "flags");
	for (unsigned bit = 0; bit < 32; bit++) {
		unsigned flag = evaluation->flags & 1u << bit;

		if (flag != 0 && score_flag_name((enum score_flag)flag) != NULL)
			json_add_string(flags, score_flag_name((enum score_flag)flag));
	}
}

/* A question counts once under a tag, however often the tag is named. */
static void add_tag(cJSON *tags, const char *name)
{
	const cJSON *tag;

	cJSON_ArrayForEach(tag, tags) if (strcmp(tag->valuestring, name) == 0) return;
	if (name[0] != '\0')
		json_add_string(tags, name);
}

static void add_tags(const struct material *material, cJSON *report)
{
	cJSON *tags = json_set_array(report, "skill_tags");
	const cJSON *tag;

	cJSON_ArrayForEach(tag, json_get(material->body, "skill_tags")) if (cJSON_IsString(tag))
	        add_tag(tags, tag->valuestring);
	if (material->is_coding) /* its topic is a tag, whether the tags name it or not */
		add_tag(tags, json_string(material->body, "topic", ""));
}

/* How a theory question is put, and the first model answer to it. */
static const char *theory_prompt(const struct material *material, const char **ret_model_answer)
{
	const cJSON *models = json_get(json_get(material->body, "reference_answer"),
	                               language_code(material->language));

	*ret_model_answer = cJSON_GetStringValue(cJSON_GetArrayItem(models, 0));
	return localized(material, json_get(material->body, "question"));
}

/* A reference solution is told only to those who have seen it already. */
static const char *code_prompt(const struct material *material, const char **ret_model_answer)
{
	const struct code_material code = code_of(material);

	*ret_model_answer = material->question->model_answer ? normalize_code_reference(&code)
	                                                     : NULL;
	return localized(material, json_get(material->body, "description"));
}

static void add_subject(const struct material *material, cJSON *report, const char *asked)
{
	const struct question *question = material->question;
	bool is_coding = material->is_coding;
	const char *model_answer;
	const char *prompt = is_coding ? code_prompt(material, &model_answer)
	                               : theory_prompt(material, &model_answer);
	const char *title = is_coding ? localized(material, json_get(material->body, "title"))
	                              : prompt;

	json_set_string(report, "track", json_string(material->body, "track", ""));
	json_set_string(report, "level", json_string(material->body, "level", ""));
	json_set_string(report, "title",
	                text_shortened(material->arena, text_one_line(material->arena, title),
	                               TITLE_LENGTH));
	json_set_string(report, "category",
	                is_coding ? json_string(material->body, "category", NULL) : NULL);
	json_set_string(report, "bank_category", question->category);
	add_tags(material, report);
	json_set_string(report, "raw_prompt", prompt);
	json_set_string(report, "raw_llm_question", asked);
	json_set_string(report, "answer", question->answer);
	json_set_string(report, "model_answer", material->is_withheld ? NULL : model_answer);
}

/* An interview that is over has no question to come: what was not closed is unanswered. */
static const char *final_state(const struct material *material)
{
	const char *state = material->question->state;
	bool is_open = strcmp(state, "planned") == 0 || strcmp(state, "active") == 0;

	if (!is_open && strcmp(state, "unanswered") != 0)
		return state;
	return normalize_code_sent(material->work) > 0 ? "answered" : "unanswered";
}

static struct material gather(struct arena *arena, const struct report_source *source, size_t index)
{
	const struct question *question = &source->questions[index];
	const struct evaluation *evaluation = &source->evaluations[index];
	bool is_coding = strcmp(question->q_type, "coding") == 0;
	cJSON *body;

	return (struct material){
		.arena = arena,
		.language = source->interview.language,
		.code_language = source->interview.code_language,
		.question = question,
		.is_coding = is_coding,
		.evaluation = evaluation->question_id != NULL ? evaluation : NULL,
		.work = is_coding && source->works != NULL ? &source->works[index] : NULL,
		.body = json_parse(question->snapshot, strlen(question->snapshot), &body) == OK
		                ? body
		                : NULL,
		.is_withheld = source->invitation != NULL && question->asked_at == 0,
	};
}

static void add_work(const struct material *material, cJSON *report)
{
	const struct code_material code = code_of(material);

	if (material->is_coding)
		normalize_code_work(&code, report);
	else
		normalize_no_code_work(report);
}

cJSON *normalize_question(struct arena *arena, const struct report_source *source, size_t index,
                          const char *asked)
{
	struct material material = gather(arena, source, index);
	const struct question *question = material.question;
	cJSON *report = cJSON_CreateObject();

	json_set_string(report, "question_id", question->id);
	json_set_string(report, "bank_id", question->bank_id);
	json_set_number(report, "order", question->position);
	json_set_string(report, "q_type", question->q_type);
	json_set_string(report, "state", final_state(&material));
	add_subject(&material, report, asked);
	json_set_number(report, "hints_used",
	                material.is_coding ? normalize_code_hint_level(material.work)
	                                   : question->hints_used);
	json_set_bool(report, "model_answer_shown", question->model_answer);
	json_set_number(report, "follow_ups", question->follow_ups);
	add_metrics(&material, report);
	add_evaluation(&material, report);
	add_work(&material, report);
	ruling_apply(arena, report, question, material.evaluation,
	             source->rulings != NULL ? &source->rulings[index] : NULL);
	return report;
}

bool normalize_is_asking(const struct turn *turn)
{
	return turn->question_id != NULL && strcmp(turn->author, "interviewer") == 0 &&
	       strcmp(turn->kind, "question") == 0;
}

cJSON *report_question(struct arena *arena, const struct report_source *source, size_t index)
{
	const char *asked = NULL;

	for (size_t i = 0; i < source->turn_count && asked == NULL; i++) {
		const struct turn *turn = &source->turns[i];

		if (normalize_is_asking(turn) &&
		    strcmp(turn->question_id, source->questions[index].id) == 0)
			asked = turn->body;
	}
	return normalize_question(arena, source, index, asked);
}
