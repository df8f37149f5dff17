/* viva replay: a report made anew from the records, without a model. */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "json_diff.h"
#include "replay.h"
#include "report/report.h"
#include "viva.h"

enum { MAX_SHOWN = 160 };

struct job {
	struct store *store;
	struct arena *arena;
	struct interview interview;
	struct replay replay;
	const struct agent_desk *desk;
	cJSON *parts; /* { part, note, differences } */
	bool is_same;
};

/* The agents that write a report, under their names in its `written_by`. */
static const struct {
	const char *part;
	enum agent agent;
} writers[] = {
	{ "candidate", AGENT_CANDIDATE_WRITER },
	{ "admin", AGENT_RECRUITER_WRITER },
	{ "recommendations", AGENT_RECOMMENDER },
	{ "assessment", AGENT_ASSESSOR },
};

enum { WRITER_COUNT = sizeof(writers) / sizeof(*writers) };

/* `remark` may be NULL. */
static void add_part(struct job *job, const char *name, const char *remark, cJSON *differences)
{
	cJSON *part = json_add_object(job->parts);

	json_set_string(part, "part", name);
	json_set_string(part, "note", remark);
	json_set(part, "differences", differences);
	if (differences->child != NULL)
		job->is_same = false;
}

/* --- grades -------------------------------------------------------------------- */

static const char *who_graded(struct arena *arena, const struct evaluation *evaluation)
{
	if (evaluation->fallback[0] != '\0')
		return arena_printf(arena, "graded by %s, for the model: %s", evaluation->engine,
		                    evaluation->fallback);
	return arena_printf(arena, "graded by %s", evaluation->engine);
}

/* What became of the asks that found no record since `missing` and `changed`. */
static const char *why_not(const struct job *job, size_t missing, size_t changed)
{
	if (job->replay.changed > changed)
		return "; the prompt changed since";
	return job->replay.missing > missing ? "; a call has no record" : "";
}

static enum err compare_grade(struct job *job, const struct question *question)
{
	const size_t missing = job->replay.missing, changed = job->replay.changed;
	struct replay_grade grade = { .desk = job->desk,
		                      .replay = &job->replay,
		                      .language = job->interview.language,
		                      .question = question };
	struct evaluation stored, made;
	cJSON *found;
	enum err err = evaluation_get(job->store, job->arena, question->id, &stored);

	if (err == ERR_NOT_FOUND)
		return OK;
	grade.stored = &stored;
	if (err == OK)
		err = replay_grade(job->arena, &grade, &made, &found);
	if (err != OK)
		return err;
	add_part(job, arena_printf(job->arena, "question %d", question->position),
	         arena_printf(job->arena, "%s%s", who_graded(job->arena, &stored),
	                      why_not(job, missing, changed)),
	         found);
	return OK;
}

static enum err compare_grades(struct job *job)
{
	struct question_list questions;
	enum err err = question_list(job->store, job->arena, job->interview.id, &questions);

	for (size_t i = 0; err == OK && i < questions.count; i++)
		if (strcmp(questions.items[i].q_type, "theory") == 0)
			err = compare_grade(job, &questions.items[i]);
	return err;
}

/* --- the report ---------------------------------------------------------------- */

/* The model of the last record of the agent; NULL: there is none. */
static const char *recorded_model(const struct job *job, enum agent agent)
{
	for (size_t i = job->replay.calls.count; i > 0; i--)
		if (strcmp(job->replay.calls.items[i - 1].agent, agent_name(agent)) == 0)
			return job->replay.calls.items[i - 1].model;
	return NULL;
}

static bool had_writers(const struct job *job)
{
	for (size_t i = 0; i < WRITER_COUNT; i++)
		if (recorded_model(job, writers[i].agent) != NULL)
			return true;
	return false;
}

static void put(cJSON *object, const char *name, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(object, name);
	json_set_string(object, name, text);
}

/*
 * A rebuilt text is of the model in the record, not of the one configured now; and why a
 * model did not write one cannot be told by a record that was never made.
 */
static void settle_authors(const struct job *job, const cJSON *stored, const cJSON *rebuilt)
{
	for (size_t i = 0; i < WRITER_COUNT; i++) {
		const cJSON *kept = json_get(json_get(stored, "written_by"), writers[i].part);
		cJSON *made = cJSON_GetObjectItemCaseSensitive(json_get(rebuilt, "written_by"),
		                                               writers[i].part);
		const char *engine = json_string(made, "engine", NULL);
		const char *model = recorded_model(job, writers[i].agent);

		if (made == NULL)
			continue;
		if (engine != NULL && strcmp(engine, "builtin") != 0 && model != NULL)
			put(made, "engine", model);
		else if (model == NULL)
			put(made, "fallback", json_string(kept, "fallback", NULL));
	}
}

/* What storing adds to what was built. */
static bool is_stored_only(const char *name)
{
	return strcmp(name, "revision") == 0 || strcmp(name, "records") == 0 ||
	       strcmp(name, "signature") == 0;
}

static void compare_member(struct job *job, const char *name, const cJSON *stored,
                           const cJSON *rebuilt)
{
	const cJSON *kept = json_get(stored, name);
	cJSON *differences = cJSON_CreateArray();
	const char *remark = NULL;
	size_t untold = 0;

	/* A report of an earlier edition does not tell all that one of now would. */
	if (kept == NULL)
		remark = "not in the stored report";
	else
		json_diff_add(job->arena, differences, kept, json_get(rebuilt, name), &untold);
	if (untold > 0)
		remark = arena_printf(job->arena, "%zu members are not in the stored report",
		                      untold);
	add_part(job, arena_printf(job->arena, "report %s", name), remark, differences);
}

static void compare_members(struct job *job, const cJSON *stored, const cJSON *rebuilt)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, stored) if (!is_stored_only(item->string))
	        compare_member(job, item->string, stored, rebuilt);
	cJSON_ArrayForEach(item, rebuilt)
	{
		if (json_get(stored, item->string) == NULL)
			compare_member(job, item->string, stored, rebuilt);
	}
}

static enum err compare_report(struct job *job)
{
	struct report_row row;
	cJSON *stored, *rebuilt;
	const char *text;
	enum err err = report_of_interview(job->store, job->arena, job->interview.id, &row);

	if (err == OK)
		err = json_parse(row.body, strlen(row.body), &stored);
	if (err == OK)
		err = report_rebuild(job->store, job->arena, job->interview.id,
		                     had_writers(job) ? job->desk : NULL, &rebuilt);
	if (err != OK)
		return err;
	settle_authors(job, stored, rebuilt);
	text = json_text(rebuilt); /* numbers as they are stored */
	err = json_parse(text, strlen(text), &rebuilt);
	if (err == OK)
		compare_members(job, stored, rebuilt);
	return err;
}

/* --- telling ------------------------------------------------------------------- */

static const char *shown(struct arena *arena, const cJSON *value)
{
	return text_shortened(arena, text_one_line(arena, json_text(value)), MAX_SHOWN);
}

static void print_part(struct arena *arena, const cJSON *part)
{
	const cJSON *differences = json_get(part, "differences"), *item;
	const char *remark = json_string(part, "note", NULL);

	printf("%s: %s%s%s%s\n", json_string(part, "part", ""),
	       differences->child == NULL ? "same" : "differs", remark != NULL ? " (" : "",
	       remark != NULL ? remark : "", remark != NULL ? ")" : "");
	cJSON_ArrayForEach(item, differences)
	{
		printf("  %s\n    stored:  %s\n    rebuilt: %s\n", json_string(item, "path", ""),
		       shown(arena, json_get(item, "stored")),
		       shown(arena, json_get(item, "rebuilt")));
	}
}

static size_t used_count(const struct replay *replay)
{
	size_t count = 0;

	for (size_t i = 0; i < replay->calls.count; i++)
		count += replay->used[i];
	return count;
}

static void print_text(const struct job *job)
{
	const cJSON *part;

	cJSON_ArrayForEach(part, job->parts) print_part(job->arena, part);
	printf("calls: %zu recorded, %zu needed, %zu asked for without a record, %zu of them "
	       "because the prompt changed since\n",
	       job->replay.calls.count, used_count(&job->replay), job->replay.missing,
	       job->replay.changed);
	puts(job->is_same ? "all the same" : "not the same");
}

static void print_json(const struct job *job)
{
	cJSON *document = cJSON_CreateObject(), *calls;

	json_set_string(document, "interview_id", job->interview.id);
	json_set_bool(document, "same", job->is_same);
	json_set(document, "parts", job->parts);
	calls = json_set_object(document, "calls");
	json_set_number(calls, "recorded", (double)job->replay.calls.count);
	json_set_number(calls, "needed", (double)used_count(&job->replay));
	json_set_number(calls, "missing", (double)job->replay.missing);
	json_set_number(calls, "changed", (double)job->replay.changed);
	puts(json_text(document));
}

/* --- the command --------------------------------------------------------------- */

static enum err prepare(struct job *job, const char *id)
{
	struct agent_kit *kit;
	enum err err = interview_by_id(job->store, job->arena, id, &job->interview);

	if (err == OK)
		err = llm_call_list(job->store, job->arena, id, 0, &job->replay.calls);
	if (err == OK)
		err = agent_kit_load(job->arena, config_home_path("templates/prompts"), &kit);
	if (err == OK)
		job->desk = replay_desk(job->arena, kit, &job->replay);
	return err;
}

static int tell_failure(const char *id, enum err err)
{
	const char *text = "it could not be replayed; the log says why";

	if (err == ERR_NOT_FOUND)
		text = "there is no such interview, or it has no report yet";
	else if (err == ERR_CONFLICT)
		text = "it is not finished";
	else if (err == ERR_BUSY)
		text = "it is still being worked on; try again";
	fprintf(stderr, "viva: %s: %s\n", id, text);
	return 1;
}

int replay(struct arena *arena, int argc, char **argv)
{
	const bool wants_json = argc == 2 && strcmp(argv[1], "--json") == 0;
	struct job job = { .arena = arena, .is_same = true };
	enum err err;

	if (argc == 2 && !wants_json) {
		fputs("usage: viva replay INTERVIEW [--json]\n", stderr);
		return 2;
	}
	job.store = open_store_to_read(arena);
	if (job.store == NULL || i18n_load(config_made_path("locale")) != OK)
		return 1;
	job.parts = cJSON_CreateArray();
	err = prepare(&job, argv[0]);
	if (err == OK)
		err = compare_grades(&job);
	if (err == OK)
		err = compare_report(&job);
	if (err != OK)
		return tell_failure(argv[0], err);
	if (wants_json)
		print_json(&job);
	else
		print_text(&job);
	return job.is_same ? 0 : 1;
}
