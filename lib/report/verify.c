#include "report/verify.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "report/records.h"
#include "report/source.h"
#include "seal/seal.h"

void verify_find(struct verify *verify, const char *part, const char *what, const cJSON *stored,
                 const cJSON *recomputed)
{
	cJSON *finding = json_add_object(verify->findings);

	json_set_string(finding, "part", part);
	json_set_string(finding, "what", what);
	json_set_copy(finding, "stored", stored);
	json_set_copy(finding, "recomputed", recomputed);
}

void verify_remark(struct verify *verify, const char *text)
{
	const cJSON *remark;

	cJSON_ArrayForEach(remark,
	                   verify->remarks) if (strcmp(remark->valuestring, text) == 0) return;
	json_add_string(verify->remarks, text);
}

/* --- reading ---------------------------------------------------------------------- */

/* Only events that were there: code of others may turn out equal later. */
static void drop_later_events(struct verify *verify)
{
	struct report_source *source = &verify->source;
	struct event_row *kept = arena_array(verify->arena, source->event_count + 1, sizeof(*kept));
	size_t count = 0;
	cJSON *manifest;

	if (json_parse(verify->row.records, strlen(verify->row.records), &manifest) != OK ||
	    manifest->child == NULL)
		return;
	for (size_t i = 0; i < source->event_count; i++)
		if (records_has(
		            manifest, "event",
		            arena_printf(verify->arena, "%lld", (long long)source->events[i].id)))
			kept[count++] = source->events[i];
	source->events = kept;
	source->event_count = count;
}

/* Grades and rulings may be others by now. */
static void set_grades(struct verify *verify)
{
	struct report_source *source = &verify->source;
	struct evaluation *evaluations = arena_array(verify->arena, source->count + 1,
	                                             sizeof(*evaluations));
	struct ruling *rulings = arena_array(verify->arena, source->count + 1, sizeof(*rulings));

	for (size_t i = 0; i < source->count; i++) {
		const char *id = source->questions[i].id;

		evaluations[i] = revision_evaluation(verify->arena, &verify->grades, id);
		rulings[i] = revision_ruling(verify->arena, &verify->grades, id);
	}
	source->evaluations = evaluations;
	source->rulings = rulings;
}

static const char *why_unread(enum err err)
{
	if (err == ERR_CONFLICT)
		return "the interview is not completed";
	if (err == ERR_BUSY)
		return "code of it is not judged";
	return "the interview cannot be read";
}

/* What cannot be read any more is a finding: each record is looked at all the same. */
static void load_source(struct verify *verify)
{
	enum err err = source_load(verify->store, verify->arena, verify->interview_id,
	                           &verify->source);

	if (err == OK) {
		set_grades(verify);
		drop_later_events(verify);
		return;
	}
	verify_find(verify, "records", why_unread(err), NULL, NULL);
	verify->source = (struct report_source){ 0 };
}

static enum err read_grades(struct verify *verify)
{
	enum err err;

	if (verify->is_newest)
		return revision_grades_read(verify->store, verify->arena, verify->interview_id,
		                            &verify->grades);
	err = revision_kept(verify->store, verify->arena, verify->interview_id,
	                    verify->row.revision, &verify->grades);
	if (err == ERR_INVALID)
		verify_find(verify, "records", "the grades that were kept cannot be read", NULL,
		            NULL);
	return err == ERR_INVALID ? OK : err;
}

enum err verify_open(struct store *store, struct arena *arena, const char *interview_id,
                     int revision, struct verify *ret_verify)
{
	struct verify verify = { .store = store,
		                 .arena = arena,
		                 .interview_id = interview_id,
		                 .findings = cJSON_CreateArray(),
		                 .remarks = cJSON_CreateArray() };
	struct report_row newest;
	enum err err = report_stage(store, interview_id, &newest);

	if (err != OK)
		return err;
	if (revision == 0)
		revision = newest.revision;
	verify.is_newest = revision == newest.revision;
	err = revision_get(store, arena, interview_id, revision, &verify.row);
	if (err == OK)
		err = read_grades(&verify);
	if (err != OK)
		return err;
	if (json_parse(verify.row.body, strlen(verify.row.body), &verify.stored) != OK)
		verify.stored = NULL;
	verify.document = verify.stored;
	load_source(&verify);
	err = record_list(store, arena, interview_id, NULL, &verify.now);
	if (err == OK)
		*ret_verify = verify;
	return err;
}

/* --- signature -------------------------------------------------------------------- */

static const char *const faults[] = {
	[SEAL_VALID] = NULL,
	[SEAL_REWRITTEN] = "the text is not the one that was signed, though it says the same",
	[SEAL_CHANGED] = "the report was changed after it was signed",
	[SEAL_UNKNOWN_KEY] = "it is signed with a key that is not ours",
	[SEAL_UNSIGNED] = "it has no signature",
	[SEAL_UNREADABLE] = "the report cannot be read",
};

/* What the row says of the report beside its text. */
static void compare_column(struct verify *verify, const char *name, const cJSON *in_document,
                           cJSON *in_row)
{
	if (!cJSON_Compare(in_document, in_row, true))
		verify_find(verify, "row", name, in_row, in_document);
}

static void compare_columns(struct verify *verify)
{
	const struct report_row *row = &verify->row;
	const cJSON *overall = json_get(json_get(verify->document, "metrics"), "overall");
	const cJSON *revision = json_get(verify->document, "revision");
	const cJSON *signature = json_get(verify->document, "signature");

	compare_column(verify, "total_score", json_get(overall, "total_score"),
	               cJSON_CreateNumber(row->total_score));
	compare_column(verify, "max_score", json_get(overall, "max_total_score"),
	               cJSON_CreateNumber(row->max_score));
	compare_column(verify, "version",
	               json_get(json_get(verify->document, "scoring"), "version"),
	               cJSON_CreateString(row->version));
	compare_column(verify, "key_id", json_get(signature, "key_id"),
	               cJSON_CreateString(row->key_id));
	compare_column(verify, "signature", json_get(signature, "value"),
	               cJSON_CreateString(row->signature));
	if (revision == NULL)
		return;
	compare_column(verify, "revision", json_get(revision, "number"),
	               cJSON_CreateNumber(row->revision));
	compare_column(verify, "cause", json_get(revision, "cause"),
	               cJSON_CreateString(row->cause));
	compare_column(verify, "note", json_get(revision, "note"), cJSON_CreateString(row->note));
	compare_column(verify, "created_at", json_get(revision, "made_at"),
	               cJSON_CreateString(clock_iso(verify->arena, row->created_at)));
	if (verify->is_newest)
		compare_column(verify, "texts_due", json_get(revision, "texts_follow"),
		               cJSON_CreateBool(row->texts_due));
}

enum err verify_seal(struct verify *verify)
{
	struct seal_check check;
	enum err err = seal_check(verify->store, verify->arena, verify->row.body,
	                          strlen(verify->row.body), &check);

	if (err != OK)
		return err;
	if (check.state != SEAL_VALID)
		verify_find(verify, "signature", faults[check.state], NULL, NULL);
	if (verify->document != NULL)
		compare_columns(verify);
	return OK;
}

/* --- records ---------------------------------------------------------------------- */

/* The part of an id up to the next slash; *at moves behind it. */
static const char *next_part(struct arena *arena, const char **at)
{
	const size_t len = strcspn(*at, "/");
	const char *part = arena_copy(arena, *at, len);

	*at += len + ((*at)[len] == '/');
	return part;
}

static const char *question_name(const struct verify *verify, const char *id)
{
	for (size_t i = 0; i < verify->now.count; i++) {
		const struct record *record = &verify->now.items[i];

		if (strcmp(record->kind, "question") == 0 && strcmp(record->id, id) == 0)
			return arena_printf(verify->arena, "question %d",
			                    (int)json_number(record->row, "position", 0));
	}
	return arena_printf(verify->arena, "question %s", id);
}

const char *verify_name(const struct verify *verify, const char *kind, const char *id)
{
	struct arena *arena = verify->arena;
	const char *at = id, *question = question_name(verify, next_part(arena, &at));
	const char *number = next_part(arena, &at);

	if (strcmp(kind, "interview") == 0)
		return kind;
	if (strcmp(kind, "question") == 0)
		return question;
	if (strcmp(kind, "evaluation") == 0)
		return arena_printf(arena, "evaluation of %s", question);
	if (strcmp(kind, "mark") == 0)
		return arena_printf(arena, "mark %s of %s", number, question);
	if (strcmp(kind, "hint") == 0)
		return arena_printf(arena, "hint %s of %s", number, question);
	if (strcmp(kind, "evidence") == 0)
		return arena_printf(arena, "evidence of mark %s of %s at byte %s", number, question,
		                    next_part(arena, &at));
	if (strcmp(kind, "llm_call") == 0)
		return arena_printf(arena, "call %s of a model", id);
	return arena_printf(arena, "%s %s", kind, id);
}

static bool is_grade(const char *kind)
{
	static const char *const kinds[] = { "evaluation", "mark", "evidence", "override",
		                             "appeal" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

/* What the revision was made of, as it stands now or was kept. */
static struct record_list collect(const struct verify *verify)
{
	const struct record_list *now = &verify->now, *kept = &verify->grades.records;
	struct record_list all = { 0 };

	if (verify->is_newest)
		return *now;
	all.items = arena_array(verify->arena, now->count + kept->count + 1, sizeof(*all.items));
	for (size_t i = 0; i < now->count; i++)
		if (!is_grade(now->items[i].kind))
			all.items[all.count++] = now->items[i];
	for (size_t i = 0; i < kept->count; i++)
		all.items[all.count++] = kept->items[i];
	return all;
}

/* Models may be asked and code may turn out equal after the report. */
static bool may_be_added(const struct record_list *records, const char *kind, const char *id)
{
	if (strcmp(kind, "llm_call") == 0)
		return true;
	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = &records->items[i];

		if (strcmp(record->kind, kind) == 0 && strcmp(record->id, id) == 0)
			return strcmp(kind, "event") == 0 &&
			       strcmp(json_string(record->row, "kind", ""), "identical_code") == 0;
	}
	return false;
}

static const char *tell(const struct verify *verify, const struct records_difference *difference)
{
	const char *name = verify_name(verify, difference->kind, difference->id);

	switch (difference->fate) {
	case RECORDS_CHANGED:
		return arena_printf(verify->arena, "%s was changed", name);
	case RECORDS_MISSING:
		return arena_printf(verify->arena, "%s is missing", name);
	case RECORDS_ADDED:
		break;
	}
	return arena_printf(verify->arena, "%s was added", name);
}

static void compare_records(struct verify *verify, const struct record_list *records)
{
	struct records_difference *differences;
	const size_t count = records_compare(verify->arena, verify->row.records, records,
	                                     &differences);

	for (size_t i = 0; i < count; i++) {
		const struct records_difference *difference = &differences[i];

		if (difference->fate != RECORDS_ADDED ||
		    !may_be_added(records, difference->kind, difference->id))
			verify_find(verify, "records", tell(verify, difference), NULL, NULL);
	}
}

void verify_records(struct verify *verify)
{
	struct record_list records;
	const char *fault;

	const cJSON *document = verify->document;

	if (document == NULL)
		return;
	/* The numbers of a link do not tell of the records; the report that they are of does. */
	if (json_get(document, "records") == NULL && json_get(document, "scope") != NULL)
		document = verify->stored;
	if (json_get(document, "records") == NULL) {
		verify_remark(verify, "it was made before the records of a report were hashed");
		return;
	}
	fault = records_fault(verify->arena, document, verify->row.records);
	if (fault != NULL) {
		verify_find(verify, "records", fault, NULL, NULL);
		return;
	}
	records = collect(verify);
	compare_records(verify, &records);
}
