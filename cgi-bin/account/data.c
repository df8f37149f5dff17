/* One's data: to take along as a file, and to delete with the account. */
#include "account.h"
#include "base/json.h"
#include "report/takeout.h"
#include "web/form.h"
#include "web/password.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/throttle.h"

/* --- the export ------------------------------------------------------------------- */

static bool write_piece(void *request, const char *bytes, size_t len)
{
	return reply_piece(request, bytes, len);
}

static enum err post_export(struct request *request)
{
	const struct user *user = request->user;
	const struct takeout takeout = {
		.store = request->store,
		.arena = request->arena,
		.user_id = user->id,
		.language = request->language,
		.write = write_piece,
		.context = request,
	};
	const char *name = takeout_file_name(request->arena, user->username);
	enum err err = reply_begin_download(request, name, "application/json");

	if (err == OK)
		err = takeout_write(&takeout);
	if (err != OK)
		reply_break_off(request);
	return err == ERR_CONFLICT ? OK : err; /* who left knows it */
}

/* --- the deletion ------------------------------------------------------------------- */

const char *account_password_fault(struct request *request, const char *field)
{
	int wait_min = 0;

	switch (password_confirm(request, form_value(request, field, ""), &wait_min)) {
	case OK:
		return NULL;
	case ERR_LIMITED:
		return throttle_text(request, wait_min);
	case ERR_LOGIN:
		return i18n(request->language, "The password is wrong.");
	default:
		return i18n(request->language, err_text(ERR_BUSY));
	}
}

static enum err show_delete(struct request *request, int status, const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	json_set_string(page, "username", request->user->username);
	return reply_page_status(request, status, "delete", page);
}

static enum err get_delete(struct request *request)
{
	return show_delete(request, 200, NULL);
}

static enum err post_delete(struct request *request)
{
	const char *fault = account_password_fault(request, "password");
	enum err err;

	if (fault != NULL)
		return show_delete(request, 403, fault);
	err = user_delete(request->store, request->arena, request->user->id);
	if (err == ERR_FORBIDDEN)
		return show_delete(request, 409,
		                   i18n(request->language,
		                        "You are the last admin: make somebody else one first."));
	if (err == OK)
		err = session_end(request);
	if (err != OK)
		return err;
	flash_set(request, FLASH_ACCOUNT_DELETED);
	return reply_redirect(request, "/");
}

static const struct route routes[] = {
	{ POST, "/settings/export", CANDIDATE, post_export, "" },
	{ GET, "/settings/delete", CANDIDATE, get_delete, NULL },
	{ POST, "/settings/delete", CANDIDATE, post_delete, "username password" },
};

const struct route_table data_routes = ROUTE_TABLE(routes);
