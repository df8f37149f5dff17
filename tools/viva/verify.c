/* viva verify: whether reports are what the records give. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "report/verify.h"
#include "seal/seal.h"
#include "verify_grade.h"
#include "viva.h"

enum { MAX_SHOWN = 160, MAX_FILE = 64 * 1024 * 1024 };

/* What is asked for, and what came of it so far. */
struct audit {
	struct store *store;
	const struct agent_kit *kit;
	bool wants_json, only_wrong;
	size_t reports, revisions, without; /* without: completed interviews, no report yet */
	size_t wrong;                       /* interviews with a finding */
};

static int usage(void)
{
	fputs("usage: viva verify FILE|INTERVIEW|--all [--json]\n", stderr);
	return 2;
}

/* --- telling ---------------------------------------------------------------------------- */

static const char *shown(struct arena *arena, const cJSON *value)
{
	return text_shortened(arena, text_one_line(arena, json_text(value)), MAX_SHOWN);
}

static void print_finding(struct arena *arena, const cJSON *finding)
{
	const cJSON *stored = json_get(finding, "stored"), *made = json_get(finding, "recomputed");

	printf("  %s: %s\n", json_string(finding, "part", ""), json_string(finding, "what", ""));
	if (!cJSON_IsNull(stored) || !cJSON_IsNull(made))
		printf("    stored:     %s\n    recomputed: %s\n", shown(arena, stored),
		       shown(arena, made));
}

static void print_text(const struct verify *verify)
{
	const cJSON *item;

	if (verify->row.revision == 0)
		printf("%s: ", verify->interview_id);
	else
		printf("%s revision %d: ", verify->interview_id, verify->row.revision);
	puts(verify->findings->child == NULL ? "right" : "NOT right");
	cJSON_ArrayForEach(item, verify->findings) print_finding(verify->arena, item);
	cJSON_ArrayForEach(item, verify->remarks) printf("  note: %s\n", item->valuestring);
}

static void print_json(const struct verify *verify)
{
	cJSON *object = cJSON_CreateObject();

	json_set_string(object, "interview_id", verify->interview_id);
	json_set_number(object, "revision",
	                verify->row.revision > 0 ? (double)verify->row.revision : (double)NAN);
	json_set_bool(object, "right", verify->findings->child == NULL);
	json_set(object, "findings", verify->findings);
	json_set(object, "notes", verify->remarks);
	puts(json_text(object));
}

static void tell(const struct audit *audit, const struct verify *verify)
{
	if (audit->only_wrong && verify->findings->child == NULL)
		return;
	if (audit->wants_json)
		print_json(verify);
	else
		print_text(verify);
}

/* --- a report of the database ------------------------------------------------------------ */

/* All but the signature, which a file has of its own. */
static enum err check_contents(const struct audit *audit, struct verify *verify, bool is_part)
{
	enum err err;

	verify_records(verify);
	if (verify->source.interview.id == NULL)
		return OK;
	verify_answers(verify);
	verify_marks(verify);
	verify_code(verify);
	err = verify_grades(verify, audit->kit);
	if (err == OK)
		verify_facts(verify, is_part);
	return err;
}

static enum err check_revision(struct audit *audit, struct arena *arena, const char *interview_id,
                               int revision, bool *is_right)
{
	struct verify verify;
	enum err err = verify_open(audit->store, arena, interview_id, revision, &verify);

	if (err == OK)
		err = verify_seal(&verify);
	if (err == OK)
		err = verify_log(&verify);
	if (err == OK)
		err = check_contents(audit, &verify, false);
	if (err != OK)
		return err;
	audit->revisions++;
	tell(audit, &verify);
	*is_right = *is_right && verify.findings->child == NULL;
	return OK;
}

/* Whether all are there that were made; of an interview without a report that is all. */
static enum err check_revisions(struct audit *audit, struct arena *arena, const char *interview_id,
                                const struct revision_list *revisions, bool *is_right)
{
	struct verify verify;
	enum err err = verify_revisions(audit->store, arena, interview_id, revisions, &verify);

	if (err != OK)
		return err;
	if (verify.findings->child != NULL || verify.remarks->child != NULL)
		tell(audit, &verify);
	audit->without += verify.remarks->child != NULL;
	*is_right = verify.findings->child == NULL;
	return OK;
}

/* One state of the database is looked at: a revision made meanwhile is no finding. */
static enum err check_report(struct audit *audit, struct arena *arena, const char *interview_id)
{
	struct revision_list revisions = { 0 };
	struct report_row newest;
	bool is_right = true;
	enum err err = store_begin_read(audit->store), found = OK;

	if (err != OK)
		return err;
	err = revision_list(audit->store, arena, interview_id, &revisions);
	if (err == OK)
		err = check_revisions(audit, arena, interview_id, &revisions, &is_right);
	if (err == OK)
		found = report_stage(audit->store, interview_id, &newest);
	if (err == OK && found != ERR_NOT_FOUND)
		err = found;
	for (size_t i = 0; err == OK && found == OK && i < revisions.count; i++)
		err = check_revision(audit, arena, interview_id, revisions.items[i].revision,
		                     &is_right);
	store_rollback(audit->store);
	if (err != OK)
		return err == ERR_NOT_FOUND && revisions.count > 0 ? ERR_INTERNAL : err;
	audit->reports += found == OK;
	audit->wrong += !is_right;
	return OK;
}

static enum err check_all(struct audit *audit, struct arena *arena)
{
	struct arena *scratch = arena_create();
	const char *id = "", *next;
	enum err err;

	json_bind(scratch);
	while ((err = revision_log_next(audit->store, scratch, id, &next)) == OK) {
		id = arena_copy(arena, next, strlen(next));
		err = check_report(audit, scratch, id);
		if (err != OK && err != ERR_NOT_FOUND) /* it goes on still */
			break;
		arena_reset(scratch);
	}
	json_bind(arena);
	arena_destroy(scratch);
	return err == ERR_NOT_FOUND ? OK : err;
}

/* --- a file --------------------------------------------------------------------------- */

static const char *const states[] = {
	[SEAL_VALID] = "the signature is right",
	[SEAL_REWRITTEN] = "what it says was signed, but not these bytes: spaces or order changed",
	[SEAL_CHANGED] = "it was CHANGED after it was signed",
	[SEAL_UNKNOWN_KEY] = "it is signed with a key that is not of this installation",
	[SEAL_UNSIGNED] = "it has no signature",
	[SEAL_UNREADABLE] = "it is no report: it cannot be read",
};

static enum err read_file(struct arena *arena, const char *path, struct buf *out)
{
	char piece[16384];
	ssize_t len = 0;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	buf_init(out, arena);
	if (fd < 0)
		return ERR_NOT_FOUND;
	while (out->len <= MAX_FILE && (len = read(fd, piece, sizeof(piece))) > 0)
		buf_add(out, piece, (size_t)len);
	close(fd);
	return len < 0 || out->len > MAX_FILE ? ERR_INVALID : OK;
}

/* The numbers of the file against the records, when its interview is in this database. */
static enum err check_numbers(struct audit *audit, struct arena *arena, cJSON *document,
                              bool *is_right)
{
	const char *id = json_string(document, "session_id", "");
	const int revision = (int)json_number(json_get(document, "revision"), "number", 1);
	struct verify verify;
	enum err err = verify_open(audit->store, arena, id, revision, &verify);

	if (err == ERR_NOT_FOUND) {
		if (!audit->wants_json)
			puts("its revision is not in this database: no number was computed anew");
		return OK;
	}
	if (err != OK)
		return err;
	verify.document = document;
	err = check_contents(audit, &verify, true);
	if (err != OK)
		return err;
	tell(audit, &verify);
	*is_right = *is_right && verify.findings->child == NULL;
	return OK;
}

static void tell_state(const struct audit *audit, const struct seal_check *check)
{
	cJSON *object = cJSON_CreateObject();

	if (!audit->wants_json) {
		puts(states[check->state]);
		return;
	}
	json_set_bool(object, "right", check->state == SEAL_VALID);
	json_set_string(object, "signature", states[check->state]);
	json_set_string(object, "key_id", check->key_id);
	puts(json_text(object));
}

static enum err check_file(struct audit *audit, struct arena *arena, const char *path,
                           bool *is_right)
{
	struct seal_check check;
	struct buf bytes;
	enum err err = read_file(arena, path, &bytes);

	if (err == OK)
		err = seal_check(audit->store, arena, bytes.data, bytes.len, &check);
	if (err != OK)
		return err;
	tell_state(audit, &check);
	*is_right = check.state == SEAL_VALID;
	return check.document != NULL ? check_numbers(audit, arena, check.document, is_right) : OK;
}

/* --- the command ------------------------------------------------------------------------ */

static int fail(const char *what, enum err err)
{
	const char *text = "it could not be verified; the log says why";

	if (err == ERR_NOT_FOUND)
		text = "there is no such file, and no report of such an interview";
	else if (err == ERR_INVALID)
		text = "it cannot be read";
	else if (err == ERR_BUSY)
		text = "the database is busy; try again";
	fprintf(stderr, "viva: %s: %s\n", what, text);
	return 2;
}

static int sum_up(const struct audit *audit)
{
	cJSON *object = cJSON_CreateObject();
	char without[96] = "";

	if (audit->without > 0)
		snprintf(without, sizeof(without), "%zu completed interviews have no report yet\n",
		         audit->without);
	json_set_number(object, "reports", (double)audit->reports);
	json_set_number(object, "revisions", (double)audit->revisions);
	json_set_number(object, "without_report", (double)audit->without);
	json_set_number(object, "not_right", (double)audit->wrong);
	if (audit->wants_json)
		puts(json_text(object));
	else
		printf("%zu reports in %zu revisions verified: %zu not right\n%s", audit->reports,
		       audit->revisions, audit->wrong, without);
	return audit->wrong == 0 ? 0 : 1;
}

enum err verify_one(struct store *store, struct arena *arena, const char *interview_id,
                    bool *ret_right)
{
	struct audit audit = { .store = store, .only_wrong = true };
	struct agent_kit *kit;
	enum err err = i18n_load(config_made_path("locale"));

	if (err == OK)
		err = agent_kit_load(arena, config_home_path("templates/prompts"), &kit);
	if (err != OK)
		return err;
	audit.kit = kit;
	err = check_report(&audit, arena, interview_id);
	if (err == OK)
		*ret_right = audit.wrong == 0;
	return err;
}

int verify_reports(struct arena *arena, int argc, char **argv)
{
	const bool wants_all = strcmp(argv[0], "--all") == 0;
	struct audit audit = { .wants_json = argc == 2 && strcmp(argv[1], "--json") == 0 };
	struct agent_kit *kit;
	bool is_right = true;
	enum err err;

	if ((argc == 2 && !audit.wants_json) || (argv[0][0] == '-' && !wants_all))
		return usage();
	audit.store = open_store_to_read(arena);
	if (audit.store == NULL || i18n_load(config_made_path("locale")) != OK ||
	    agent_kit_load(arena, config_home_path("templates/prompts"), &kit) != OK)
		return 2;
	audit.kit = kit;
	audit.only_wrong = wants_all;
	if (wants_all)
		err = check_all(&audit, arena);
	else if (access(argv[0], F_OK) == 0)
		err = check_file(&audit, arena, argv[0], &is_right);
	else
		err = check_report(&audit, arena, argv[0]);
	if (err != OK)
		return fail(argv[0], err);
	if (wants_all)
		return sum_up(&audit);
	return is_right && audit.wrong == 0 ? 0 : 1;
}
