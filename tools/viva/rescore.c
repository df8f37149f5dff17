/* viva rescore: reports made anew with the scorers of now. */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "examiner/agent.h"
#include "replay.h"
#include "report/revise.h"
#include "store/audit.h"
#include "viva.h"

enum { MAX_REASON = 1000 };

struct job {
	struct store *store;
	struct arena *arena;
	const struct agent_kit *kit;
	const char *reason;
	size_t reports, changed, failed;
};

/* One interview at work. */
struct work {
	struct job *job;
	struct arena *arena;
	const char *interview_id;
	struct interview interview;
	struct question_list questions;
	struct replay replay;
	const struct agent_desk *desk;
	bool is_changed;
};

static int usage(void)
{
	fputs("usage: viva rescore INTERVIEW|--all [--reason TEXT]\n", stderr);
	return 2;
}

/* --- grades ------------------------------------------------------------------------------- */

/* The next difficulty and the feedback follow the rest; a version alone is no change. */
static bool has_changed(const cJSON *differences)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, differences)
	{
		const char *path = json_string(item, "path", "");

		if (strncmp(path, "feedback_", strlen("feedback_")) != 0)
			return true;
	}
	return false;
}

static void tell(const struct work *work, const struct question *question,
                 const struct evaluation *stored, const struct evaluation *made)
{
	printf("%s question %d: %g of %g by %s %s -> %g by %s %s\n", work->interview_id,
	       question->position, stored->score, stored->max_score, stored->engine,
	       stored->version, made->score, made->engine, made->version);
}

static enum err grade(struct work *work, const struct question *question)
{
	const size_t missing = work->replay.missing;
	struct replay_grade grade = { .desk = work->desk,
		                      .replay = &work->replay,
		                      .language = work->interview.language,
		                      .question = question };
	struct evaluation stored, made;
	cJSON *differences;
	enum err err = evaluation_get(work->job->store, work->arena, question->id, &stored);

	if (err == ERR_NOT_FOUND)
		return OK;
	grade.stored = &stored;
	if (err == OK)
		err = replay_grade(work->arena, &grade, &made, &differences);
	if (err != OK)
		return err;
	if (strcmp(stored.engine, "builtin") != 0 && work->replay.missing > missing) {
		printf("%s question %d: left as it is, for %s would be asked otherwise today\n",
		       work->interview_id, question->position, stored.engine);
		return OK;
	}
	if (!has_changed(differences))
		return OK;
	made.fallback = stored.fallback;
	tell(work, question, &stored, &made);
	work->is_changed = true;
	return evaluation_save(work->job->store, &made);
}

static enum err grade_all(struct work *work)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < work->questions.count; i++)
		if (strcmp(work->questions.items[i].q_type, "theory") == 0)
			err = grade(work, &work->questions.items[i]);
	return err;
}

/* --- one interview ------------------------------------------------------------------------- */

static enum err read(struct work *work)
{
	struct store *store = work->job->store;
	enum err err = interview_by_id(store, work->arena, work->interview_id, &work->interview);

	if (err == OK)
		err = question_list(store, work->arena, work->interview_id, &work->questions);
	if (err == OK)
		err = llm_call_list(store, work->arena, work->interview_id, 0, &work->replay.calls);
	if (err == OK)
		work->desk = replay_desk(work->arena, work->job->kit, &work->replay);
	return err;
}

static enum err note(const struct work *work, const struct report_row *row)
{
	return audit_add(
	        work->job->store,
	        &(struct audit_entry){
	                .action = "report.rescore",
	                .subject = { AUDIT_INTERVIEW, work->interview_id },
	                .details = arena_printf(work->arena, "{\"revision\":%d}", row->revision),
	        });
}

static enum err make_revision(struct work *work, const struct report_row *before)
{
	struct revision_grades grades;
	const struct revise_order order = { { "rescored", work->job->reason }, &grades };
	struct report_row row;
	enum err err = revise_grades(work->job->store, work->arena, before, &grades);

	if (err == OK)
		err = grade_all(work);
	if (err != OK || !work->is_changed)
		return err;
	err = revise_report(work->job->store, work->arena, work->interview_id, &order, &row);
	if (err != OK)
		return err;
	printf("%s: %g of %g -> %g of %g, revision %d\n", work->interview_id, before->total_score,
	       before->max_score, row.total_score, row.max_score, row.revision);
	return note(work, &row);
}

/* All in one transaction: a crash leaves grades and report as they were, both. */
static enum err rescore_one(struct job *job, struct arena *arena, const char *interview_id)
{
	struct work work = { .job = job, .arena = arena, .interview_id = interview_id };
	struct report_row before;
	enum err err = store_begin(job->store);

	if (err != OK)
		return err;
	err = report_of_interview(job->store, arena, interview_id, &before);
	if (err == OK)
		err = read(&work);
	if (err == OK)
		err = make_revision(&work, &before);
	if (err == OK && work.is_changed)
		err = store_commit(job->store);
	if (err != OK || !work.is_changed)
		store_rollback(job->store);
	job->reports += err == OK;
	job->changed += err == OK && work.is_changed;
	return err;
}

/* --- the command ---------------------------------------------------------------------------- */

static int fail(const char *id, enum err err)
{
	const char *text = "it could not be graded anew; the log says why";

	if (err == ERR_NOT_FOUND)
		text = "there is no report of such an interview";
	else if (err == ERR_BUSY)
		text = "it is being worked on; try again";
	fprintf(stderr, "viva: %s: %s\n", id, text);
	return 1;
}

/* One that cannot be graded keeps no other from it. */
static enum err rescore_all(struct job *job)
{
	struct arena *scratch = arena_create();
	const char *id = "", *next;
	enum err err;

	json_bind(scratch);
	while ((err = revision_next(job->store, scratch, id, &next)) == OK) {
		id = arena_copy(job->arena, next, strlen(next));
		err = rescore_one(job, scratch, id);
		if (err != OK) {
			fail(id, err);
			job->failed++;
		}
		arena_reset(scratch);
	}
	json_bind(job->arena);
	arena_destroy(scratch);
	return err == ERR_NOT_FOUND ? OK : err;
}

/* NULL: the command line is wrong. */
static const char *reason_of(struct arena *arena, int argc, char **argv)
{
	if (argc == 1)
		return "";
	if (argc != 3 || strcmp(argv[1], "--reason") != 0 || strlen(argv[2]) > MAX_REASON)
		return NULL;
	return text_trimmed(arena, text_one_line(arena, argv[2]));
}

int rescore(struct arena *arena, int argc, char **argv)
{
	const bool wants_all = strcmp(argv[0], "--all") == 0;
	struct job job = { .arena = arena, .reason = reason_of(arena, argc, argv) };
	struct agent_kit *kit;
	enum err err;

	if (job.reason == NULL || (argv[0][0] == '-' && !wants_all))
		return usage();
	job.store = open_store(arena);
	if (job.store == NULL || i18n_load(config_made_path("locale")) != OK ||
	    agent_kit_load(arena, config_home_path("templates/prompts"), &kit) != OK)
		return 1;
	job.kit = kit;
	err = wants_all ? rescore_all(&job) : rescore_one(&job, arena, argv[0]);
	if (err != OK)
		return fail(argv[0], err);
	printf("%zu reports graded anew, %zu changed\n", job.reports, job.changed);
	return job.failed == 0 ? 0 : 1;
}
