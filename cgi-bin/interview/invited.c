/* What a candidate meets behind the link of an invitation. */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "interview.h"
#include "interview/invite.h"
#include "store/interview.h"
#include "view/invitation_view.h"
#include "web/form.h"
#include "web/reply.h"

enum { GONE = 410 };

static enum err show_unknown(struct request *request)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "heading", i18n(request->language, "No such invitation"));
	json_set_string(page, "text",
	                i18n(request->language,
	                     "Please check whether the whole link was copied. If it was, ask "
	                     "whoever sent it to you."));
	return reply_page_status(request, 404, "invitation_closed", page);
}

static enum err show_closed(struct request *request, const struct invitation *invitation)
{
	return reply_page_status(
	        request, GONE, "invitation_closed",
	        invitation_view_closed(invitation_state(invitation, clock_now_ms()),
	                               request->language));
}

/* Who took it before goes on where they were. */
static enum err go_on(struct request *request, const char *interview_id)
{
	struct interview interview;
	enum err err;

	if (interview_id == NULL)
		return reply_page_status(request, GONE, "invitation_closed",
		                         invitation_view_deleted(request->language));
	err = interview_by_id(request->store, request->arena, interview_id, &interview);
	if (err != OK)
		return err;
	return reply_redirect(request, arena_printf(request->arena,
	                                            strcmp(interview.status, "completed") == 0
	                                                    ? "/reports/%s"
	                                                    : "/interviews/%s",
	                                            interview_id));
}

/* ERR_NOT_FOUND: the visitor did not take it yet. */
static enum err find_own(struct request *request, const struct invitation *invitation,
                         const char **ret_interview_id)
{
	if (request->user == NULL)
		return ERR_NOT_FOUND;
	return invitation_interview(request->store, request->arena, invitation->id,
	                            request->user->id, ret_interview_id);
}

static enum err get_invitation(struct request *request)
{
	struct invitation invitation;
	const char *interview_id;
	cJSON *page;
	enum err err = invitation_by_token(request->store, request->arena, request->params[0],
	                                   &invitation);

	if (err == ERR_NOT_FOUND)
		return show_unknown(request);
	if (err != OK)
		return err;
	err = find_own(request, &invitation, &interview_id);
	if (err == OK)
		return go_on(request, interview_id);
	if (err != ERR_NOT_FOUND)
		return err;
	if (invitation_state(&invitation, clock_now_ms()) != INVITATION_OPEN)
		return show_closed(request, &invitation);
	page = invitation_view_landing(request->arena, &invitation, request->language);
	json_set_string(page, "next_encoded", form_encode(request->arena, request->path));
	return reply_page(request, "invitation", page);
}

static enum err post_invitation(struct request *request)
{
	struct invitation invitation;
	struct flow_started started;
	const char *interview_id;
	enum err err = invitation_by_token(request->store, request->arena, request->params[0],
	                                   &invitation);

	if (err == ERR_NOT_FOUND)
		return show_unknown(request);
	if (err != OK)
		return err;
	err = invite_start(request->store, request->arena, request->user, &invitation, &started);
	if (err == OK)
		return go_on(request, started.id);
	if (err != ERR_CONFLICT)
		return err;
	err = find_own(request, &invitation, &interview_id);
	if (err == ERR_NOT_FOUND)
		return show_closed(request, &invitation);
	return err == OK ? go_on(request, interview_id) : err;
}

static const struct route routes[] = {
	{ GET, "/invitations/*", ANYONE, get_invitation, NULL },
	{ POST, "/invitations/*", CANDIDATE, post_invitation, "" },
};

const struct route_table invited_routes = ROUTE_TABLE(routes);
