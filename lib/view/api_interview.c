#include "view/api_interview.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "interview/coding.h"
#include "judge/task.h"
#include "report/normalize.h"
#include "store/bank.h"
#include "view/api_feedback.h"

static const char *level_name(const char *level)
{
	return strcmp(level, "middle") == 0 ? "mid" : level;
}

const char *api_interview_level_read(const char *level)
{
	return strcmp(level, "mid") == 0 ? "middle" : level;
}

static void set_text(cJSON *object, const char *name, const char *text)
{
	json_set_string(object, name, text != NULL && text[0] != '\0' ? text : NULL);
}

static void set_position(cJSON *object, const char *name, int position)
{
	json_set_number(object, name, position > 0 ? (double)position : (double)NAN);
}

/* --- the session ---------------------------------------------------------------------- */

static void add_role(cJSON *item, const struct api_session *session)
{
	cJSON *role = json_set_object(item, "role_selected");

	json_set_string(role, "id", session->interview->role_id);
	json_set_string(role, "title", session->role_title);
}

static void add_progress(cJSON *item, const struct api_session *session)
{
	cJSON *progress = json_set_object(item, "progress");

	set_position(progress, "current_question", session->current);
	json_set_number(progress, "total_questions", session->interview->question_count);
	json_set_number(progress, "answered", session->answered);
}

static void add_times(struct arena *arena, cJSON *item, const struct interview *interview)
{
	const int64_t limit_ms = (int64_t)interview->time_limit_min * 60000;

	json_set_number(item, "time_limit_min", interview->time_limit_min);
	normalize_set_time(arena, item, "deadline",
	                   limit_ms > 0 ? interview->created_at + limit_ms : 0);
	normalize_set_time(arena, item, "created_at", interview->created_at);
	normalize_set_time(arena, item, "ended_at", interview->finished_at);
}

/* Of 100; null while there is no report, and where nothing could be scored. */
static double overall_score(const struct report_row *report)
{
	if (report == NULL || report->max_score <= 0)
		return NAN;
	return json_rounded(100 * report->total_score / report->max_score);
}

cJSON *api_interview_session(struct arena *arena, const struct api_session *session)
{
	const struct interview *interview = session->interview;
	const bool is_over = strcmp(interview->status, "completed") == 0;
	cJSON *item = cJSON_CreateObject();

	json_set_string(item, "id", interview->id);
	add_role(item, session);
	json_set_string(item, "level", level_name(interview->level));
	json_set_string(item, "type", interview->type);
	json_set_string(item, "language", language_code(interview->language));
	json_set_string(item, "status", interview->status);
	json_set_string(item, "stage", interview->is_introduction ? "introduction" : "questions");
	add_progress(item, session);
	add_times(arena, item, interview);
	json_set_number(item, "coding_percent", interview->coding_percent);
	set_text(item, "code_language", interview->code_language);
	json_set_bool(item, "is_stale", session->is_stale);
	json_set_bool(item, "stop_requested", interview->stop_requested);
	json_set_number(item, "overall_score", overall_score(session->report));
	json_set_string(item, "report",
	                is_over ? arena_printf(arena, "%s/api/interviews/%s/report",
	                                       config()->base_path, interview->id)
	                        : NULL);
	return item;
}

enum err api_interview_is_stale(struct store *store, const struct interview *interview,
                                bool *ret_stale)
{
	*ret_stale = false;
	if (strcmp(interview->status, "completed") == 0)
		return OK;
	return edition_came_since(store, interview->role_id, interview->edition,
	                          interview->created_at, ret_stale);
}

static bool is_closed(const struct question *question)
{
	return strcmp(question->state, "planned") != 0 && strcmp(question->state, "active") != 0;
}

static int count_closed(const struct question_list *questions)
{
	int closed = 0;

	for (size_t i = 0; i < questions->count; i++)
		closed += is_closed(&questions->items[i]);
	return closed;
}

enum err api_interview_session_of(const struct flow *flow, cJSON **ret_session)
{
	struct api_session session = {
		.interview = &flow->interview,
		.role_title = flow->role_title,
		.current = flow->active != NULL ? flow->active->position : 0,
		.answered = count_closed(&flow->questions),
	};
	struct report_row report;
	enum err err = report_of_interview(flow->store, flow->arena, flow->interview.id, &report);

	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	if (err == OK)
		session.report = &report;
	err = api_interview_is_stale(flow->store, &flow->interview, &session.is_stale);
	if (err != OK)
		return err;
	*ret_session = api_interview_session(flow->arena, &session);
	return OK;
}

/* --- questions -------------------------------------------------------------------------- */

/* How the interviewer put it; NULL: not yet. */
static const char *asked_text(const struct flow *flow, const struct question *question)
{
	for (size_t i = 0; i < flow->turns.count; i++) {
		const struct turn *turn = &flow->turns.items[i];

		if (turn->question_id != NULL && strcmp(turn->question_id, question->id) == 0 &&
		    normalize_is_asking(turn))
			return turn->body;
	}
	return NULL;
}

/* Of a question that was asked: what it is about and how hard. */
static enum err add_subject(const struct flow *flow, cJSON *item, const struct question *question)
{
	struct question whole = *question;
	cJSON *body;
	enum err err = OK;

	if (whole.snapshot == NULL)
		err = question_by_id(flow->store, flow->arena, question->id, &whole);
	if (err == OK)
		err = json_parse(whole.snapshot, strlen(whole.snapshot), &body);
	if (err != OK)
		return err;
	json_set_string(item, "text", asked_text(flow, question));
	json_set_string(item, "title",
	                flow_is_coding(question)
	                        ? json_string(json_get(body, "title"),
	                                      language_code(flow->interview.language), "")
	                        : NULL);
	json_set_string(item, "category", question->category);
	json_set_string(item, "difficulty", json_string(body, "difficulty", NULL));
	json_set_number(item, "expected_min", json_number(body, "estimated_answer_time_min", NAN));
	return OK;
}

/* The plan is told without its words: nobody reads up on what comes next. */
static void add_no_subject(cJSON *item)
{
	json_set_null(item, "text");
	json_set_null(item, "title");
	json_set_null(item, "category");
	json_set_null(item, "difficulty");
	json_set_null(item, "expected_min");
}

static void add_no_marks(cJSON *item)
{
	json_set_null(item, "score");
	json_set_null(item, "max_score");
	json_set_null(item, "verdict");
	json_set_null(item, "scores_json");
	json_set_null(item, "feedback_json");
}

static enum err add_coding_marks(const struct flow *flow, cJSON *item,
                                 const struct question *question)
{
	struct submission_list attempts;
	struct coding_score score;
	enum err err = submission_list(flow->store, flow->arena, question->id, true, &attempts);

	if (err != OK)
		return err;
	score = coding_score_of(flow->arena, question, &attempts);
	add_no_marks(item);
	json_set_number(item, "score", json_rounded(score.score));
	json_set_number(item, "max_score", CODING_MAX_SCORE);
	return OK;
}

/* What was not answered has no grade, and counts as 0 in the report. */
static enum err add_theory_marks(const struct flow *flow, cJSON *item,
                                 const struct question *question)
{
	struct evaluation evaluation;
	enum err err = evaluation_get(flow->store, flow->arena, question->id, &evaluation);

	if (err == ERR_NOT_FOUND) {
		add_no_marks(item);
		return OK;
	}
	if (err != OK)
		return err;
	json_set_number(item, "score", json_rounded(evaluation.score));
	json_set_number(item, "max_score", json_rounded(evaluation.max_score));
	json_set_string(item, "verdict", evaluation.verdict);
	json_set(item, "scores_json", api_feedback_scores(&evaluation));
	return api_feedback(flow, question, &evaluation, item);
}

static enum err add_marks(const struct flow *flow, cJSON *item, const struct question *question)
{
	if (!is_closed(question)) {
		add_no_marks(item);
		return OK;
	}
	return flow_is_coding(question) ? add_coding_marks(flow, item, question)
	                                : add_theory_marks(flow, item, question);
}

enum err api_interview_question(const struct flow *flow, const struct question *question,
                                cJSON **ret_question)
{
	const bool is_planned = strcmp(question->state, "planned") == 0;
	cJSON *item = cJSON_CreateObject();
	enum err err = OK;

	json_set_string(item, "id", question->id);
	json_set_number(item, "position", question->position);
	json_set_string(item, "q_type", question->q_type);
	json_set_string(item, "state", question->state);
	if (is_planned || question->asked_at == 0)
		add_no_subject(item);
	else
		err = add_subject(flow, item, question);
	json_set_bool(item, "hint_used", question->hints_used > 0);
	json_set_bool(item, "model_answer_shown", question->model_answer);
	normalize_set_time(flow->arena, item, "asked_at", question->asked_at);
	normalize_set_time(flow->arena, item, "finished_at", question->finished_at);
	json_set_string(item, "answer", question->answer);
	if (err == OK)
		err = add_marks(flow, item, question);
	*ret_question = item;
	return err;
}

/* --- turns ------------------------------------------------------------------------------ */

static void add_turn(const struct flow *flow, cJSON *turns, const struct turn *turn)
{
	cJSON *item = json_add_object(turns);

	json_set_number(item, "seq", turn->seq);
	json_set_string(item, "author", turn->author);
	json_set_string(item, "kind", turn->kind);
	json_set_string(item, "text", turn->body);
	json_set_string(item, "question_id", turn->question_id);
	json_set_string(item, "engine",
	                strcmp(turn->author, "candidate") == 0 ? NULL
	                : turn->engine != NULL                 ? turn->engine
	                                                       : "builtin");
	json_set_bool(item, "is_cut", turn->is_cut);
	normalize_set_time(flow->arena, item, "created_at", turn->created_at);
}

cJSON *api_interview_turns(const struct flow *flow, int after)
{
	cJSON *turns = cJSON_CreateArray();

	for (size_t i = 0; i < flow->turns.count; i++)
		if (flow->turns.items[i].seq > after)
			add_turn(flow, turns, &flow->turns.items[i]);
	return turns;
}

int api_interview_last(const struct flow *flow)
{
	return flow->turns.count > 0 ? flow->turns.items[flow->turns.count - 1].seq : 0;
}

/* --- steps ------------------------------------------------------------------------------ */

static const struct question *find_question(const struct flow *flow, const char *id)
{
	for (size_t i = 0; i < flow->questions.count; i++)
		if (strcmp(flow->questions.items[i].id, id) == 0)
			return &flow->questions.items[i];
	return NULL;
}

/* Sets the member to the question, null when there is none. */
static enum err set_question(const struct flow *flow, cJSON *document, const char *name,
                             const struct question *question)
{
	cJSON *item = NULL;
	enum err err = OK;

	if (question != NULL)
		err = api_interview_question(flow, question, &item);
	if (err == OK && item != NULL)
		json_set(document, name, item);
	else
		json_set_null(document, name);
	return err;
}

/* The marks of the question that the step was about stand at the top as well. */
static void lift_marks(cJSON *document)
{
	const cJSON *question = json_get(document, "question");

	json_set_copy(document, "scores_json", json_get(question, "scores_json"));
	json_set_copy(document, "feedback_json", json_get(question, "feedback_json"));
}

enum err api_interview_outcome(const struct flow *flow, int before, const char *question_id,
                               cJSON **ret_outcome)
{
	cJSON *document = cJSON_CreateObject(), *session;
	enum err err = api_interview_session_of(flow, &session);

	if (err != OK)
		return err;
	json_set(document, "session", session);
	json_set(document, "turns", api_interview_turns(flow, before));
	err = set_question(flow, document, "question", find_question(flow, question_id));
	if (err == OK)
		err = set_question(flow, document, "next_question", flow->active);
	json_set_bool(document, "is_completed", strcmp(flow->interview.status, "completed") == 0);
	lift_marks(document);
	*ret_outcome = document;
	return err;
}
