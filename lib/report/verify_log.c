#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "report/verify.h"

/* --- one revision ----------------------------------------------------------------- */

enum err verify_log(struct verify *verify)
{
	const char *body = verify->row.body, *logged = NULL;
	struct revision_made_list made;
	enum err err = revision_log_list(verify->store, verify->arena, verify->interview_id, &made);

	if (err != OK)
		return err;
	for (size_t i = 0; i < made.count; i++)
		if (made.items[i].revision == verify->row.revision)
			logged = made.items[i].sha256;
	if (logged == NULL)
		verify_find(verify, "log", "the audit log does not know that it was made", NULL,
		            NULL);
	else if (strcmp(logged, hash_bytes(verify->arena, body, strlen(body))) != 0)
		verify_find(verify, "log", "the audit log knows another report of this number",
		            NULL, NULL);
	return OK;
}

/* --- all of an interview ---------------------------------------------------------- */

static void find_gap(struct verify *verify, int first, int last)
{
	const char *what = first == last
	                           ? arena_printf(verify->arena, "revision %d is missing", first)
	                           : arena_printf(verify->arena, "revisions %d to %d are missing",
	                                          first, last);

	if (first <= last)
		verify_find(verify, "revisions", what, NULL, NULL);
}

static void find_gaps(struct verify *verify, const struct revision_list *list, int highest)
{
	int next = 1;

	for (size_t i = 0; i < list->count; i++) {
		const int revision = list->items[i].revision;

		if (revision < next)
			verify_find(
			        verify, "revisions",
			        arena_printf(verify->arena, "there are two revisions %d", revision),
			        NULL, NULL);
		find_gap(verify, next, revision - 1);
		next = revision + 1;
	}
	find_gap(verify, next, highest);
}

static void compare_newest(struct verify *verify, enum err found, int newest, int highest)
{
	if (found == ERR_NOT_FOUND)
		verify_find(verify, "revisions", "the report is missing", NULL, NULL);
	else if (newest < highest)
		verify_find(verify, "revisions",
		            arena_printf(verify->arena,
		                         "the report is revision %d, but revision %d was made last",
		                         newest, highest),
		            NULL, NULL);
}

/* Nothing was ever made: that is as it should be of a report that nobody has asked for yet. */
static enum err expect_none(struct verify *verify)
{
	struct interview interview;
	enum err err = interview_by_id(verify->store, verify->arena, verify->interview_id,
	                               &interview);

	if (err != OK)
		return err;
	if (strcmp(interview.status, "completed") != 0)
		return ERR_NOT_FOUND;
	verify_remark(verify, "no report was made yet");
	return OK;
}

enum err verify_revisions(struct store *store, struct arena *arena, const char *interview_id,
                          const struct revision_list *list, struct verify *ret_verify)
{
	struct verify verify = { .store = store,
		                 .arena = arena,
		                 .interview_id = interview_id,
		                 .findings = cJSON_CreateArray(),
		                 .remarks = cJSON_CreateArray() };
	struct report_row newest = { 0 };
	int highest = 0;
	enum err err = revision_log_highest(store, arena, interview_id, &highest), found = OK;

	if (err == OK && highest == 0) {
		err = expect_none(&verify);
	} else if (err == OK) {
		found = report_stage(store, interview_id, &newest);
		err = found == ERR_NOT_FOUND ? OK : found;
		if (err == OK) {
			find_gaps(&verify, list, highest);
			compare_newest(&verify, found, newest.revision, highest);
		}
	}
	if (err == OK)
		*ret_verify = verify;
	return err;
}
