#include "view/audit_view.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/format.h"
#include "base/json.h"

/* What is not here is shown as its code. */
static const struct {
	const char *action, *title;
} actions[] = {
	{ "account.delete", N_("Account deleted by its owner") },
	{ "admin.create", N_("Admin made") },
	{ "admin.log-in", N_("Logged in") },
	{ "appeal.accept", N_("Appeal accepted") },
	{ "appeal.decline", N_("Appeal declined") },
	{ "bank.add", N_("Question added") },
	{ "bank.disable", N_("Question disabled") },
	{ "bank.edit", N_("Question edited") },
	{ "bank.enable", N_("Question enabled") },
	{ "bank.export", N_("Question bank downloaded") },
	{ "bank.import", N_("Question bank imported") },
	{ "bank.refresh", N_("Questions refreshed") },
	{ "blind.off", N_("Blind review switched off") },
	{ "blind.on", N_("Blind review switched on") },
	{ "database.restore", N_("Database restored from a backup") },
	{ "decision.save", N_("Decision saved") },
	{ "export.csv", N_("CSV downloaded") },
	{ "factor.codes", N_("Recovery codes made") },
	{ "factor.fail", N_("Wrong code of the app") },
	{ "factor.off", N_("Code of the app switched off") },
	{ "factor.on", N_("Code of the app switched on") },
	{ "interview.replay", N_("Interview played back") },
	{ "invitation.create", N_("Invitation made") },
	{ "invitation.revoke", N_("Invitation revoked") },
	{ "key.rotate", N_("Signing key exchanged") },
	{ "log.download", N_("Log downloaded") },
	{ "note.add", N_("Note added") },
	{ "note.delete", N_("Note deleted") },
	{ "participant.read", N_("Participant’s page read") },
	{ "password.change", N_("Password changed") },
	{ "password.reset", N_("Password set with a reset code") },
	{ "report.download", N_("Report downloaded") },
	{ "report.made", N_("Report made") },
	{ "report.read", N_("Report read") },
	{ "report.rescore", N_("Report made anew") },
	{ "role.add", N_("Role added") },
	{ "role.disable", N_("Role disabled") },
	{ "role.edit", N_("Role edited") },
	{ "role.enable", N_("Role enabled") },
	{ "score.override", N_("Score set by a person") },
	{ "score.withdraw", N_("Score of a person withdrawn") },
	{ "settings.save", N_("Settings saved") },
	{ "share.create", N_("Link to a report made") },
	{ "share.revoke", N_("Link to a report revoked") },
	{ "token.create", N_("Token made") },
	{ "token.revoke", N_("Token revoked") },
	{ "user.disable", N_("Account disabled") },
	{ "user.enable", N_("Account enabled") },
	{ "user.reset", N_("Reset code issued") },
	{ "webhook.send-again", N_("Event sent again") },
};

enum { ACTIONS = sizeof(actions) / sizeof(*actions) };

static const char *title_of(enum language language, const char *action)
{
	for (size_t i = 0; i < ACTIONS; i++)
		if (strcmp(actions[i].action, action) == 0)
			return i18n(language, actions[i].title);
	return NULL;
}

static void add_actions(cJSON *page)
{
	cJSON *array = json_set_array(page, "actions");

	for (size_t i = 0; i < ACTIONS; i++)
		json_set_string(json_add_object(array), "code", actions[i].action);
}

/* --- rows -------------------------------------------------------------------------------- */

/* "verdict: advance, count: 3": words of ours and figures. */
static const char *details_text(struct arena *arena, const char *details)
{
	const cJSON *item;
	cJSON *json;
	struct buf out;

	if (json_parse(details, strlen(details), &json) != OK)
		return details;
	buf_init(&out, arena);
	cJSON_ArrayForEach(item, json)
	{
		buf_printf(&out, "%s%s: ", out.len > 0 ? ", " : "",
		           item->string != NULL ? item->string : "");
		buf_str(&out, cJSON_IsString(item) ? item->valuestring : json_text(item));
	}
	return out.data;
}

static void add_actor(cJSON *item, const struct audit_row *row, enum language language)
{
	cJSON *actor = json_set_object(item, "actor");

	json_set_string(actor, "user_id", row->actor_id);
	if (row->actor_name != NULL)
		json_set_string(actor, "name", row->actor_name);
	else
		json_set_string(actor, "name",
		                row->actor != 0 ? i18n(language, "an account that was deleted")
		                                : i18n(language, "the program or its operator"));
}

static void add_subject(cJSON *item, const struct audit_row *row, enum language language)
{
	cJSON *subject;

	if (row->subject == 0)
		return;
	subject = json_set_object(item, "subject");
	json_set_string(subject, "user_id", row->owner_id);
	if (row->kind == AUDIT_INTERVIEW && row->is_finished)
		json_set_string(subject, "report_id", row->subject_id);
	if (row->kind == AUDIT_NOTHING)
		json_set_string(subject, "name", i18n(language, "deleted"));
	else if (row->kind == AUDIT_OTHER)
		json_set_string(subject, "name", row->subject_id);
	else
		json_set_string(subject, "name", row->subject_name);
}

static void add_row(struct arena *arena, cJSON *rows, const struct audit_row *row,
                    enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "number", arena_printf(arena, "%" PRId64, row->number));
	json_set_string(item, "time", format_date(arena, row->at));
	json_set_string(item, "action", row->action);
	json_set_string(item, "title", title_of(language, row->action));
	json_set_string(item, "details", details_text(arena, row->details));
	add_actor(item, row, language);
	add_subject(item, row, language);
}

/* --- verification ------------------------------------------------------------------------ */

static void add_check(struct arena *arena, cJSON *page, const struct audit_check *check,
                      enum language language)
{
	cJSON *item;

	if (check == NULL)
		return;
	item = json_set_object(page, "check");
	json_set_bool(item, "is_broken", check->bad_number != 0);
	json_set_string(item, "head", check->head);
	json_set_string(item, "reason", check->reason);
	json_set_string(
	        item, "text",
	        check->bad_number != 0
	                ? arena_printf(arena, i18n(language, "The log was touched: row %s."),
	                               format_number(arena, language, (double)check->bad_number))
	                : arena_printf(arena, i18n(language, "The log is whole: %s rows."),
	                               format_number(arena, language, (double)check->rows)));
}

cJSON *audit_view_page(struct arena *arena, const struct audit_page *audit, enum language language)
{
	const size_t most = (size_t)audit->query.most;
	const size_t shown = audit->list.count < most ? audit->list.count : most;
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "rows");

	for (size_t i = 0; i < shown; i++)
		add_row(arena, rows, &audit->list.items[i], language);
	json_set_bool(page, "has_rows", shown > 0);
	if (audit->list.count > most)
		json_set_string(
		        page, "older",
		        arena_printf(arena, "%" PRId64, audit->list.items[shown - 1].number));
	json_set_bool(page, "is_later", audit->query.before > 0);
	json_set_string(page, "action", audit->query.action);
	json_set_string(page, "user_id", audit->query.user_id);
	json_set_string(page, "person", audit->person);
	json_set_bool(page, "is_filtered",
	              audit->query.action != NULL || audit->query.user_id != NULL);
	add_actions(page);
	add_check(arena, page, audit->check, language);
	return page;
}
