/* Invitations: the list, one of them, revoking it. */
#include "admin.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/invite.h"
#include "report/blind.h"
#include "store/invitation.h"
#include "view/invitation_guests.h"
#include "view/invitation_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { PAGE_SIZE = 25, GUESTS_PAGE = 50, MAX_PAGE = 1000000 };

static int page_number(const struct request *request)
{
	long long page = 1;

	if (!text_integer(request_query(request, "page", "1"), 1, MAX_PAGE, &page))
		page = 1;
	return (int)page;
}

/* --- the list ------------------------------------------------------------------------ */

static enum err get_invitations(struct request *request)
{
	const struct invitation_page part = { page_number(request), PAGE_SIZE };
	struct invitation_list list;
	cJSON *page;
	enum err err = invitation_list(request->store, request->arena, part, &list);

	if (err != OK)
		return err;
	page = invitation_view_list(request->arena, &list, request_origin(request),
	                            request->language);
	invitation_view_pages(page, part, list.total);
	return reply_page(request, "invitations", page);
}

/* --- one invitation -------------------------------------------------------------------- */

/* Who reviews blind sees other names. */
static enum err name_guests(struct request *request, struct invitation_guest_list *guests)
{
	const struct blind_reader reader = { request->user, request->language };
	enum err err = OK;

	for (size_t i = 0; err == OK && i < guests->count; i++) {
		struct invitation_guest *guest = &guests->items[i];

		if (guest->full_name[0] == '\0')
			guest->full_name = guest->username;
		err = guest->interview_id != NULL
		              ? blind_interview_name(request->store, request->arena, &reader,
		                                     guest->interview_id, &guest->full_name)
		              : blind_person_name(request->store, request->arena, &reader,
		                                  guest->user_id, &guest->full_name);
	}
	return err;
}

static enum err get_invitation(struct request *request)
{
	const struct invitation_page part = { page_number(request), GUESTS_PAGE };
	struct invitation invitation;
	struct invited_question_list questions;
	struct invitation_guest_list guests;
	cJSON *page;
	enum err err = invitation_by_id(request->store, request->arena, request->params[0],
	                                &invitation);

	if (err == OK)
		err = invitation_questions(request->store, request->arena, invitation.id,
		                           &questions);
	if (err == OK)
		err = invitation_guests(request->store, request->arena, invitation.id, part,
		                        &guests);
	if (err == OK)
		err = name_guests(request, &guests);
	if (err != OK)
		return err;
	page = invitation_view_page(request->arena, &invitation, request_origin(request),
	                            request->language);
	invitation_view_questions(page, &questions, invitation.language, request->language);
	invitation_guests_add(request->arena, page, &guests, request->language);
	invitation_view_pages(page, part, guests.total);
	return reply_page(request, "invitation_page", page);
}

static enum err post_revoke(struct request *request)
{
	const enum err err = invite_revoke(request->store, request->user, request->params[0]);

	/* Pressed twice, or by two people: it is revoked, as it was to be. */
	if (err != OK && err != ERR_CONFLICT)
		return err;
	flash_set(request, FLASH_INVITATION_REVOKED);
	return reply_redirect(
	        request, arena_printf(request->arena, "/admin/invitations/%s", request->params[0]));
}

static const struct route routes[] = {
	{ GET, "/admin/invitations", ADMIN, get_invitations, NULL },
	{ GET, "/admin/invitations/*", ADMIN, get_invitation, NULL },
	{ POST, "/admin/invitations/*/revoke", ADMIN, post_revoke, "" },
};

const struct route_table invitation_routes = ROUTE_TABLE(routes);
