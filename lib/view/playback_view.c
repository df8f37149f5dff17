#include "view/playback_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/json.h"
#include "report/terms.h"
#include "view/code_diff.h"
#include "view/report_events.h"

struct step {
	enum { STEP_START, STEP_TURN, STEP_HINT, STEP_CODE, STEP_EVENT, STEP_END } kind;
	int64_t at;
	size_t order;                      /* of steps of the same time */
	const struct question *question;   /* NULL: of none */
	const void *row;                   /* of the kind */
	const struct submission *previous; /* STEP_CODE: the code before, in the same language */
};

struct teller {
	struct arena *arena;
	enum language language;
	const struct playback *playback;
	struct step *steps;
	size_t count;
};

/* --- the steps in their order -------------------------------------------------------------- */

static const struct question *question_of(const struct playback *playback, const char *id)
{
	for (size_t i = 0; id != NULL && i < playback->questions.count; i++)
		if (strcmp(playback->questions.items[i].id, id) == 0)
			return &playback->questions.items[i];
	return NULL;
}

static void add(struct teller *teller, struct step step)
{
	step.order = teller->count;
	teller->steps[teller->count++] = step;
}

static const struct submission *code_before(const struct submission_list *list, size_t index)
{
	for (size_t i = index; i-- > 0;)
		if (strcmp(list->items[i].code_language, list->items[index].code_language) == 0)
			return &list->items[i];
	return NULL;
}

static void add_work(struct teller *teller, size_t index)
{
	const struct question *question = &teller->playback->questions.items[index];
	const struct code_work *work = &teller->playback->works[index];

	for (size_t i = 0; i < work->hints.count; i++)
		add(teller, (struct step){ .kind = STEP_HINT,
		                           .at = work->hints.items[i].created_at,
		                           .question = question,
		                           .row = &work->hints.items[i] });
	for (size_t i = 0; i < work->submissions.count; i++)
		add(teller, (struct step){ .kind = STEP_CODE,
		                           .at = work->submissions.items[i].created_at,
		                           .question = question,
		                           .row = &work->submissions.items[i],
		                           .previous = code_before(&work->submissions, i) });
}

static void add_talk(struct teller *teller)
{
	const struct playback *playback = teller->playback;

	for (size_t i = 0; i < playback->turns.count; i++) {
		const struct turn *turn = &playback->turns.items[i];

		add(teller, (struct step){ .kind = STEP_TURN,
		                           .at = turn->created_at,
		                           .question = question_of(playback, turn->question_id),
		                           .row = turn });
	}
	for (size_t i = 0; i < playback->events.count; i++) {
		const struct event_row *event = &playback->events.items[i];

		add(teller, (struct step){ .kind = STEP_EVENT,
		                           .at = event->created_at,
		                           .question = question_of(playback, event->question_id),
		                           .row = event });
	}
}

static int by_time(const void *a, const void *b)
{
	const struct step *one = a, *other = b;

	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return one->order < other->order ? -1 : one->order > other->order;
}

/* The start is first and the end last, whatever a clock that was set back says. */
static void collect(struct teller *teller)
{
	const struct playback *playback = teller->playback;
	size_t most = 2 + playback->turns.count + playback->events.count;

	for (size_t i = 0; i < playback->questions.count; i++)
		most += playback->works[i].submissions.count + playback->works[i].hints.count;
	teller->steps = arena_array(teller->arena, most, sizeof(*teller->steps));
	add(teller, (struct step){ .kind = STEP_START, .at = playback->interview.created_at });
	add_talk(teller);
	for (size_t i = 0; i < playback->questions.count; i++)
		add_work(teller, i);
	qsort(teller->steps + 1, teller->count - 1, sizeof(*teller->steps), by_time);
	if (playback->interview.finished_at > 0)
		add(teller,
		    (struct step){ .kind = STEP_END, .at = playback->interview.finished_at });
}

/* --- questions ------------------------------------------------------------------------------ */

static const cJSON *body_of(const struct question *question)
{
	cJSON *body;

	if (question->snapshot == NULL ||
	    json_parse(question->snapshot, strlen(question->snapshot), &body) != OK)
		return NULL;
	return body;
}

static void add_question(const struct teller *teller, cJSON *shown, const struct question *question)
{
	const bool is_coding = strcmp(question->q_type, "coding") == 0;
	const cJSON *texts = json_get(body_of(question), is_coding ? "title" : "question");
	const char *code = language_code(teller->playback->interview.language);

	json_set_number(shown, "question", question->position);
	json_set_string(shown, "title",
	                json_string(texts, code, json_string(texts, language_code(LANG_EN), "")));
}

/* --- what a step shows ------------------------------------------------------------------------ */

static void tell_turn(const struct teller *teller, cJSON *shown, const struct turn *turn)
{
	static const char *const kinds[][2] = { { "question", N_("Question") },
		                                { "follow_up", N_("Follow-up question") },
		                                { "hint", N_("Hint") },
		                                { "model_answer", N_("Model answer") } };
	const bool is_candidate = strcmp(turn->author, "candidate") == 0;

	json_set_string(shown, "what",
	                is_candidate ? i18n(teller->language, "Candidate")
	                             : i18n(teller->language, "Interviewer"));
	for (size_t i = 0; !is_candidate && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(turn->kind, kinds[i][0]) == 0)
			json_set_string(shown, "more", i18n(teller->language, kinds[i][1]));
	json_set_bool(shown, "is_candidate", is_candidate);
	json_set_string(shown, "text", turn->body);
}

static void tell_hint(const struct teller *teller, cJSON *shown, const struct hint_row *hint)
{
	json_set_string(shown, "what",
	                arena_printf(teller->arena, i18n(teller->language, "Hint of level %d"),
	                             hint->level));
	json_set_string(shown, "text", hint->body);
}

static void tell_event(const struct teller *teller, cJSON *shown, const struct event_row *event)
{
	const struct event_list list = { (struct event_row *)event, 1 };
	cJSON *table = cJSON_CreateObject();
	const cJSON *row;

	report_events_add(
	        teller->arena, table,
	        &(struct report_events){ .list = &list, .questions = &teller->playback->questions },
	        teller->language);
	row = json_get(table, "events")->child;
	json_set_string(shown, "what", i18n(teller->language, "Event"));
	json_set_string(shown, "seen", json_string(row, "kind", ""));
	json_set_string(shown, "detail", json_string(row, "detail", NULL));
	json_set_string(shown, "excerpt", json_string(row, "excerpt", NULL));
}

/* How often the judge came to which verdict on public tests. */
static void add_verdicts(const struct teller *teller, cJSON *code, const cJSON *tests)
{
	cJSON *counts = cJSON_CreateObject(), *rows = json_set_array(code, "verdicts");
	const cJSON *item;

	cJSON_ArrayForEach(item, tests)
	{
		const char *verdict = json_string(item, "verdict", "");
		cJSON *count = cJSON_GetObjectItemCaseSensitive(counts, verdict);

		if (count != NULL)
			cJSON_SetNumberHelper(count, count->valuedouble + 1);
		else
			json_set_number(counts, verdict, 1);
	}
	cJSON_ArrayForEach(item, counts)
	{
		cJSON *row = json_add_object(rows);

		json_set_string(row, "verdict", terms_test_verdict(teller->language, item->string));
		json_set_number(row, "count", item->valuedouble);
	}
	json_set_bool(code, "has_verdicts", rows->child != NULL);
}

static void add_outcome(const struct teller *teller, cJSON *code, const struct submission *sent)
{
	const bool is_done = strcmp(sent->state, "done") == 0;
	const cJSON *compile;
	cJSON *result;

	json_set_bool(code, "is_done", is_done);
	json_set_string(code, "state", terms_code_state(teller->language, sent->state));
	if (!is_done || sent->result == NULL ||
	    json_parse(sent->result, strlen(sent->result), &result) != OK)
		return;
	compile = json_get(result, "compile");
	json_set_bool(code, "is_uncompiled", !json_bool(compile, "ok", true));
	json_set_string(code, "compile_message", json_string(compile, "message", ""));
	json_set_number(code, "public_passed", sent->public_passed);
	json_set_number(code, "public_total", sent->public_total);
	json_set_number(code, "hidden_passed", sent->hidden_passed);
	json_set_number(code, "hidden_total", sent->hidden_total);
	json_set_bool(code, "has_hidden", sent->hidden_total > 0);
	add_verdicts(teller, code, json_get(result, "public"));
}

/* The code that this one grew from: the one sent before, else the task's starter. */
static const char *origin_of(const struct step *step)
{
	const struct submission *sent = step->row;
	const cJSON *languages;

	if (step->previous != NULL)
		return step->previous->code;
	languages = json_get(body_of(step->question), "languages");
	return json_string(json_get(languages, sent->code_language), "starter", "");
}

static void tell_code(const struct teller *teller, cJSON *shown, const struct step *step)
{
	const struct submission *sent = step->row;
	const char *origin = origin_of(step);
	cJSON *code = json_set_object(shown, "code");

	json_set_string(shown, "what",
	                sent->attempt_number == 0
	                        ? i18n(teller->language, "Trial run")
	                        : arena_printf(teller->arena, i18n(teller->language, "Attempt %d"),
	                                       sent->attempt_number));
	json_set_string(shown, "more", terms_code_language(sent->code_language));
	json_set_string(code, "source", sent->code);
	json_set_bool(code, "is_same", strcmp(origin, sent->code) == 0);
	json_set_bool(code, "is_first", step->previous == NULL);
	if (origin[0] != '\0' && strcmp(origin, sent->code) != 0)
		code_diff_add(teller->arena, code, origin, sent->code);
	json_set_string(code, "custom_input", sent->custom_input);
	add_outcome(teller, code, sent);
	json_set_string(code, "explanation", sent->explanation);
}

static void tell(const struct teller *teller, cJSON *shown, const struct step *step)
{
	switch (step->kind) {
	case STEP_START:
		json_set_string(shown, "what", i18n(teller->language, "The interview begins"));
		break;
	case STEP_TURN:
		tell_turn(teller, shown, step->row);
		break;
	case STEP_HINT:
		tell_hint(teller, shown, step->row);
		break;
	case STEP_CODE:
		tell_code(teller, shown, step);
		break;
	case STEP_EVENT:
		tell_event(teller, shown, step->row);
		break;
	case STEP_END:
		json_set_string(shown, "what", i18n(teller->language, "The interview ends"));
		break;
	}
}

static void add_step(const struct teller *teller, cJSON *page, const struct step *step)
{
	const double since = (double)(step->at - teller->playback->interview.created_at) / 1000;
	cJSON *shown = json_set_object(page, "step");

	json_set_string(shown, "iso", clock_iso(teller->arena, step->at));
	json_set_string(shown, "at", format_date(teller->arena, step->at));
	json_set_string(shown, "since", format_duration(teller->arena, teller->language, since));
	if (step->question != NULL)
		add_question(teller, shown, step->question);
	tell(teller, shown, step);
}

/* --- ways to other steps ------------------------------------------------------------------------
 */

static void add_jumps(const struct teller *teller, cJSON *page, size_t number)
{
	cJSON *jumps = json_set_array(page, "jumps");

	for (size_t q = 0; q < teller->playback->questions.count; q++) {
		const struct question *question = &teller->playback->questions.items[q];
		size_t i = 0;
		cJSON *jump;

		while (i < teller->count && teller->steps[i].question != question)
			i++;
		if (i == teller->count)
			continue;
		jump = json_add_object(jumps);
		json_set_number(jump, "question", question->position);
		json_set_number(jump, "to", (double)i + 1);
		json_set_bool(jump, "is_here", teller->steps[number - 1].question == question);
	}
	json_set_bool(page, "has_jumps", jumps->child != NULL);
}

static void add_ways(const struct teller *teller, cJSON *page, size_t number)
{
	json_set_number(page, "number", (double)number);
	json_set_number(page, "total", (double)teller->count);
	if (number > 1) {
		json_set_number(page, "first", 1);
		json_set_number(page, "previous", (double)number - 1);
	}
	if (number < teller->count) {
		json_set_number(page, "next", (double)number + 1);
		json_set_number(page, "last", (double)teller->count);
	}
	add_jumps(teller, page, number);
}

cJSON *playback_view(struct arena *arena, const struct playback *playback, long long number,
                     enum language language)
{
	struct teller teller = { .arena = arena, .language = language, .playback = playback };
	cJSON *page = cJSON_CreateObject();
	size_t place;

	collect(&teller);
	place = number < 1 ? 1 : (size_t)number > teller.count ? teller.count : (size_t)number;
	json_set_string(page, "id", playback->interview.id);
	json_set_bool(page, "is_finished", strcmp(playback->interview.status, "completed") == 0);
	add_ways(&teller, page, place);
	add_step(&teller, page, &teller.steps[place - 1]);
	return page;
}
