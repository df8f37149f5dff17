#include <string.h>

#include "base/json.h"
#include "report/verify.h"

/* Of one question with code. */
struct work {
	struct verify *verify;
	const struct question *question;
	const struct code_work *code;
};

static void expect(const struct work *work, const struct submission *submission, const char *name,
                   int stored, int made)
{
	struct verify *verify = work->verify;

	if (stored == made)
		return;
	verify_find(verify, "code",
	            arena_printf(verify->arena, "question %d: %s of submission %s",
	                         work->question->position, name, submission->id),
	            cJSON_CreateNumber(stored), cJSON_CreateNumber(made));
}

static int count(const cJSON *tests, const char *verdict)
{
	const cJSON *test;
	int found = 0;

	cJSON_ArrayForEach(test, tests)
	        found += strcmp(json_string(test, "verdict", ""), verdict) == 0;
	return found;
}

static void check_counts(const struct work *work, const struct submission *submission)
{
	cJSON *result;
	const cJSON *public, *hidden;

	if (submission->result == NULL ||
	    json_parse(submission->result, strlen(submission->result), &result) != OK)
		return;
	public = json_get(result, "public");
	hidden = json_get(result, "hidden");
	expect(work, submission, "public tests", submission->public_total,
	       cJSON_GetArraySize(public));
	expect(work, submission, "passed public tests", submission->public_passed,
	       count(public, "accepted"));
	expect(work, submission, "hidden tests", submission->hidden_total,
	       cJSON_GetArraySize(hidden));
	expect(work, submission, "passed hidden tests", submission->hidden_passed,
	       count(hidden, "passed"));
}

static void check_attempts(const struct work *work)
{
	int attempts = 0;

	for (size_t i = 0; i < work->code->submissions.count; i++) {
		const struct submission *submission = &work->code->submissions.items[i];

		if (strcmp(submission->kind, "submit") == 0)
			expect(work, submission, "number", submission->attempt_number, ++attempts);
		if (strcmp(submission->state, "done") == 0)
			check_counts(work, submission);
	}
}

/* What a question says of hints is what was shown. */
static void check_hints(const struct work *work)
{
	int level = 0;

	for (size_t i = 0; i < work->code->hints.count; i++)
		if (work->code->hints.items[i].level > level)
			level = work->code->hints.items[i].level;
	if (work->question->hints_used != level)
		verify_find(work->verify, "code",
		            arena_printf(work->verify->arena, "question %d: hints",
		                         work->question->position),
		            cJSON_CreateNumber(work->question->hints_used),
		            cJSON_CreateNumber(level));
}

void verify_code(struct verify *verify)
{
	const struct report_source *source = &verify->source;

	for (size_t i = 0; source->works != NULL && i < source->count; i++) {
		const struct work work = { verify, &source->questions[i], &source->works[i] };

		if (strcmp(work.question->q_type, "coding") != 0)
			continue;
		check_attempts(&work);
		check_hints(&work);
	}
}
