/* An owner's links to a report of theirs. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "report.h"
#include "store/share.h"
#include "view/share_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/token.h"

enum { NONCE_BYTES = 16, NONCE_MAX = 64, ID_DIGITS = 32 };

static const int64_t DAY_MS = 24LL * 60 * 60 * 1000;

/* The owner's own finished interview; admins have no say here. */
static enum err own_interview(struct request *request, struct interview *ret_interview)
{
	struct interview interview;
	enum err err = interview_of_owner(request->store, request->arena, request->params[0],
	                                  request->user->id, &interview);

	if (err == OK && strcmp(interview.status, "completed") != 0)
		err = ERR_NOT_FOUND;
	if (err == OK)
		*ret_interview = interview;
	return err;
}

static enum err show(struct request *request, int status, const struct interview *interview,
                     const char *fault)
{
	const struct share_choice choice = {
		.scope = form_value(request, "scope", "numbers"),
		.days = form_value(request, "days", "30"),
	};
	const char *origin = request_origin(request);
	cJSON *page = cJSON_CreateObject();
	struct share_list list;
	enum err err = share_list(request->store, request->arena, interview->id, &list);

	if (err != OK)
		return err;
	json_set_string(page, "report", interview->id);
	json_set_string(page, "error", fault);
	json_set_string(page, "nonce", token_random(request->arena, NONCE_BYTES));
	share_view_list(request->arena, page, &list, origin, request->language);
	share_view_choices(request->arena, page, &choice, request->language);
	return reply_page_status(request, status, "share", page);
}

static enum err get_page(struct request *request)
{
	struct interview interview;
	enum err err = own_interview(request, &interview);

	return err == OK ? show(request, 200, &interview, NULL) : err;
}

/*
 * 128 bits that nobody can guess. They follow from the form's nonce and a key of ours, so a
 * form that is sent twice makes one link.
 */
static const char *id_of(struct request *request, const char *nonce)
{
	const char *message = arena_printf(request->arena, "share %s %s %s", request->user->id,
	                                   request->params[0], nonce);

	return arena_copy(request->arena, token_sign(request->arena, request->csrf_key, message),
	                  ID_DIGITS);
}

/* What is wrong with the form; NULL: nothing. */
static const char *read_form(struct request *request, struct share *share)
{
	const char *scope, *days, *nonce;

	if (form_choice(request, "scope", "numbers transcript", &scope) != OK)
		return N_("Choose what the link shows.");
	if (form_choice(request, "days", "7 30 90", &days) != OK)
		return N_("Choose how long the link works.");
	if (form_text(request, "nonce", 1, NONCE_MAX, &nonce) != OK)
		return N_("Something in the form is not right.");
	share->id = id_of(request, nonce);
	share->has_transcript = strcmp(scope, "transcript") == 0;
	share->expires_at = clock_now_ms() + atoi(days) * DAY_MS;
	return NULL;
}

static enum err back(struct request *request)
{
	return reply_redirect(
	        request, arena_printf(request->arena, "/reports/%s/share", request->params[0]));
}

static enum err post_share(struct request *request)
{
	struct interview interview;
	struct report_row report;
	struct share share = { 0 };
	const char *fault;
	enum err err = own_interview(request, &interview);

	if (err != OK)
		return err;
	fault = read_form(request, &share);
	if (fault != NULL)
		return show(request, 400, &interview, i18n(request->language, fault));
	err = report_of_interview(request->store, request->arena, interview.id, &report);
	if (err == ERR_NOT_FOUND)
		return show(request, 409, &interview,
		            i18n(request->language,
		                 "The report is not written yet. Open it first, then come back."));
	share.interview_id = interview.id;
	if (err == OK)
		err = share_add(request->store, request->user->id, &share);
	if (err == ERR_LIMITED)
		return show(request, 409, &interview,
		            i18n(request->language,
		                 "This report has as many links as it may have. Close one first."));
	return err == OK || err == ERR_CONFLICT ? back(request) : err;
}

static enum err post_revoke(struct request *request)
{
	struct interview interview;
	struct share share = { .id = request->params[1] };
	enum err err = own_interview(request, &interview);

	if (err != OK)
		return err;
	share.interview_id = interview.id;
	err = share_revoke(request->store, request->user->id, &share);
	if (err != OK && err != ERR_NOT_FOUND) /* the second of two clicks finds nothing to do */
		return err;
	flash_set(request, FLASH_SHARE_REVOKED);
	return back(request);
}

static const struct route routes[] = {
	{ GET, "/reports/*/share", CANDIDATE, get_page, NULL },
	{ POST, "/reports/*/share", CANDIDATE, post_share, "scope days nonce" },
	{ POST, "/reports/*/share/*/revoke", CANDIDATE, post_revoke, "" },
};

const struct route_table share_routes = ROUTE_TABLE(routes);
