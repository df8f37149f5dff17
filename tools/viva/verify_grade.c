/* viva verify: grades made anew. */
#include "verify_grade.h"

#include <string.h>

#include "base/json.h"
#include "examiner/examiner.h"
#include "examiner/proof.h"
#include "replay.h"
#include "score/score.h"
#include "store/llm_call.h"
#include "witness/model.h"

struct job {
	struct verify *verify;
	const struct agent_desk *desk;
	struct replay replay;
	const struct question *question;
	const struct evaluation *evaluation;
};

static const char *sentence(const struct job *job, const char *text)
{
	return arena_printf(job->verify->arena, "question %d: %s", job->question->position, text);
}

/* --- made anew ------------------------------------------------------------------------ */

/* Words may be put otherwise by a later edition of the program. */
static bool is_worded(const char *path)
{
	return strncmp(path, "feedback_", strlen("feedback_")) == 0;
}

static void find_differences(const struct job *job, const cJSON *differences)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, differences)
	{
		const char *path = json_string(item, "path", "");

		if (!is_worded(path))
			verify_find(job->verify, "grades", sentence(job, path),
			            json_get(item, "stored"), json_get(item, "rebuilt"));
	}
}

/* --- a model's quotations -------------------------------------------------------------- */

/* The JSON object in a reply, which may have prose around it; NULL: there is none. */
static cJSON *object_of(const char *reply)
{
	const char *start = strchr(reply, '{'), *end = strrchr(reply, '}');
	cJSON *value;

	if (start == NULL || end == NULL || end < start ||
	    json_parse(start, (size_t)(end - start) + 1, &value) != OK)
		return NULL;
	return value;
}

/* The recorded reply that gave the mark; a record of before calls were noted is the last one. */
static const struct llm_call *call_of(const struct job *job, const struct mark *mark)
{
	const struct llm_call *found = NULL;

	for (size_t i = 0; i < job->replay.calls.count; i++) {
		const struct llm_call *call = &job->replay.calls.items[i];
		const char *name = arena_printf(job->verify->arena, "call %lld",
		                                (long long)call->id);

		if (mark->matched != NULL && strcmp(mark->matched, name) == 0)
			return call;
		if (strcmp(call->agent, agent_name(AGENT_EVALUATOR)) == 0 &&
		    strcmp(call->question_id, job->question->id) == 0)
			found = call;
	}
	return mark->matched == NULL || mark->matched[0] == '\0' ? found : NULL;
}

static bool is_quoted(const struct job *job, const struct mark *mark, const cJSON *reply)
{
	const cJSON *row;
	struct score_span span;

	cJSON_ArrayForEach(row, json_get(reply, "points"))
	{
		if (strcmp(json_string(row, "id", ""), mark->key_point_id) == 0 &&
		    proof_find_quote(job->verify->arena, job->question->answer,
		                     json_string(row, "quote", ""), &span) &&
		    mark->span_count > 0 && mark->spans[0].start == (int64_t)span.start &&
		    mark->spans[0].end == (int64_t)span.end)
			return true;
	}
	return false;
}

static void check_quotations(const struct job *job)
{
	for (size_t i = 0; i < job->evaluation->mark_count; i++) {
		const struct mark *mark = &job->evaluation->marks[i];
		const struct llm_call *call = call_of(job, mark);
		const cJSON *reply = call != NULL ? object_of(call->reply) : NULL;

		if (strcmp(mark->status, "missing") == 0)
			continue;
		if (reply == NULL)
			verify_find(job->verify, "grades",
			            sentence(job, "the model's reply is not recorded"), NULL, NULL);
		else if (!is_quoted(job, mark, reply))
			verify_find(job->verify, "grades",
			            sentence(job, arena_printf(job->verify->arena,
			                                       "the evidence of key point %s is "
			                                       "not in the model's reply",
			                                       mark->key_point_id)),
			            NULL, NULL);
	}
}

/* --- each question ---------------------------------------------------------------------- */

static bool is_current(const struct evaluation *evaluation)
{
	const bool is_builtin = strcmp(evaluation->engine, "builtin") == 0;

	return strcmp(evaluation->version, is_builtin ? SCORE_VERSION : EXAMINER_PROOF_VERSION) ==
	       0;
}

static enum err check_anew(struct job *job)
{
	const bool is_model = strcmp(job->evaluation->engine, "builtin") != 0;
	const size_t missing = job->replay.missing;
	const struct replay_grade grade = { .desk = job->desk,
		                            .replay = &job->replay,
		                            .language = job->verify->source.interview.language,
		                            .question = job->question,
		                            .stored = job->evaluation };
	struct evaluation made;
	cJSON *differences;
	enum err err = replay_grade(job->verify->arena, &grade, &made, &differences);

	if (err == ERR_INVALID) {
		verify_find(job->verify, "grades", sentence(job, "it cannot be read"), NULL, NULL);
		return OK;
	}
	if (err != OK)
		return err;
	if (is_model && job->replay.missing > missing)
		verify_remark(job->verify,
		              sentence(job, "the model would be asked otherwise today; its "
		                            "quotations and the sum were checked"));
	else
		find_differences(job, differences);
	return OK;
}

static enum err check(struct job *job)
{
	if (strcmp(job->evaluation->engine, "builtin") != 0)
		check_quotations(job);
	if (is_current(job->evaluation))
		return check_anew(job);
	verify_remark(
	        job->verify,
	        sentence(job, arena_printf(job->verify->arena,
	                                   "%s %s graded it; only its sum was done again",
	                                   job->evaluation->engine, job->evaluation->version)));
	return OK;
}

enum err verify_grades(struct verify *verify, const struct agent_kit *kit)
{
	const struct report_source *source = &verify->source;
	struct job job = { .verify = verify };
	enum err err = llm_call_list(verify->store, verify->arena, verify->interview_id, 0,
	                             &job.replay.calls);

	if (err != OK)
		return err;
	job.desk = replay_desk(verify->arena, kit, &job.replay);
	for (size_t i = 0; err == OK && i < source->count; i++) {
		job.question = &source->questions[i];
		job.evaluation = &source->evaluations[i];
		if (job.evaluation->question_id != NULL &&
		    strcmp(job.question->q_type, "theory") == 0)
			err = check(&job);
	}
	return err;
}
