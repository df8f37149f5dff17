#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "interview/coding_internal.h"

static const char *evidence_of(struct arena *arena, const struct submission *mine,
                               const struct submission *theirs, const struct user *other)
{
	cJSON *json = cJSON_CreateObject();

	json_set_string(json, "submission", mine->id);
	json_set_string(json, "other_submission", theirs->id);
	json_set_string(json, "other_user",
	                other->full_name[0] != '\0' ? other->full_name : other->username);
	json_set_string(json, "other_owner", other->id);
	json_set_string(json, "other_sent_at", clock_iso(arena, theirs->created_at));
	json_set_string(json, "similarity", "identical after normalisation");
	return json_text(json);
}

/* The same code sent once more says nothing new. */
static bool is_noted(const struct event_list *events, const char *other_submission)
{
	for (size_t i = 0; i < events->count; i++)
		if (strcmp(events->items[i].kind, "identical_code") == 0 &&
		    strstr(events->items[i].evidence, other_submission) != NULL)
			return true;
	return false;
}

static enum err note_twin(struct store *store, struct arena *arena,
                          const struct submission *submission, const struct question *question,
                          const struct submission *twin)
{
	struct event_row event = { .interview_id = question->interview_id,
		                   .question_id = question->id,
		                   .kind = "identical_code" };
	struct event_list events;
	struct user other;
	enum err err = event_list(store, arena, question->interview_id, &events);

	if (err != OK || is_noted(&events, twin->id))
		return err;
	err = user_by_id(store, arena, twin->owner_id, &other);
	if (err != OK)
		return err;
	event.evidence = evidence_of(arena, submission, twin, &other);
	err = event_add(store, &event);
	return err == ERR_LIMITED ? OK : err;
}

const char *coding_own_hash(struct arena *arena, const struct submission *submission,
                            const struct coding_task *task)
{
	const char *language = submission->code_language;
	const struct task_code *given = task_code_of(task, language);
	const char *hash = coding_fingerprint(arena, language, submission->code);

	if (given != NULL && strcmp(hash, coding_fingerprint(arena, language, given->starter)) == 0)
		return "";
	return hash;
}

enum err coding_compare(struct store *store, struct arena *arena,
                        const struct submission *submission, const struct question *question,
                        const char *hash)
{
	struct submission_list twins = { 0 };
	enum err err;

	if (hash[0] == '\0')
		return OK;
	err = submission_set_hash(store, submission->id, hash);
	if (err == OK)
		err = submission_twins(store, arena, submission->id, &twins);
	for (size_t i = 0; err == OK && i < twins.count; i++)
		if (twins.items[i].created_at <= submission->created_at)
			err = note_twin(store, arena, submission, question, &twins.items[i]);
	return err;
}
