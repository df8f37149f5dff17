/* The CV: uploading it, confirming what was found in it, deleting it. */
#include <string.h>

#include "account.h"
#include "base/json.h"
#include "base/text.h"
#include "profile/reader.h"
#include "store/cv.h"
#include "view/cv_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

/* Uploads of one user in a window, which each may take seconds of the machine. */
enum { UPLOADS_MAX = 30, UPLOADS_WINDOW_MS = 3600 * 1000, FILE_NAME_MAX = 120 };

/* --- the page ----------------------------------------------------------------- */

struct found {
	bool is_there;
	struct cv cv;
	struct proposal proposal;
};

static enum err find(struct request *request, struct found *ret_found)
{
	struct found found = { .is_there = true };
	enum err err = cv_get(request->store, request->arena, request->user->id, &found.cv);

	if (err == OK)
		err = proposal_read(request->arena, found.cv.proposal, &found.proposal);
	if (err == ERR_NOT_FOUND) {
		found.is_there = false;
		err = OK;
	}
	if (err == OK)
		*ret_found = found;
	return err == ERR_INVALID ? ERR_INTERNAL : err;
}

static enum err show_choice(struct request *request, int status, const struct cv_choice *choice,
                            const char *error)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", error);
	if (choice->cv != NULL)
		cv_view_add(request->arena, page, choice, request->language);
	return reply_page_status(request, status, "cv", page);
}

static enum err show(struct request *request, int status, const char *error)
{
	struct found found;
	struct cv_choice choice = { 0 };
	enum err err = find(request, &found);

	if (err != OK)
		return err;
	if (found.is_there)
		choice = cv_view_choice(request->arena, request->user, &found.cv, &found.proposal);
	return show_choice(request, status, &choice, error);
}

static enum err get_cv(struct request *request)
{
	return show(request, 200, NULL);
}

/* --- uploading ---------------------------------------------------------------- */

static const char *file_name(struct request *request, const struct form_field *file)
{
	const char *name = file->file_name;

	for (const char *p = name; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			name = p + 1;
	name = text_trimmed(request->arena, text_one_line(request->arena, name));
	return name[0] == '\0' ? "CV.pdf" : text_shortened(request->arena, name, FILE_NAME_MAX);
}

/* ERR_LIMITED: too many. */
static enum err count_upload(struct request *request)
{
	const struct throttle throttle = {
		.subject = arena_printf(request->arena, "cv:%s", request->user->id),
		.allowed = UPLOADS_MAX,
		.window_ms = UPLOADS_WINDOW_MS,
	};
	int64_t until;

	return throttle_take(request->store, &throttle, 1, &until);
}

static enum err save(struct request *request, const struct form_field *file,
                     const struct reading *reading)
{
	struct cv cv = {
		.file_name = file_name(request, file),
		.body = reading->text,
		.proposal = json_text(proposal_json(&reading->proposal)),
		.engine = reading->engine,
	};
	enum err err = cv_save(request->store, request->user->id, &cv);

	return err == OK ? reply_redirect(request, "/profile/cv") : err;
}

static enum err show_fault(struct request *request, enum cv_fault fault)
{
	return show(request, cv_fault_status(fault), cv_fault_text(fault, request->language));
}

static enum err post_cv(struct request *request)
{
	const struct form_field *file = form_find(&request->form, "file");
	struct reading reading;
	struct buf pdf;
	enum cv_fault fault;
	enum err err;

	if (file == NULL || file->file_name == NULL || file->file_name[0] == '\0')
		return show_fault(request, CV_MISSING);
	fault = cv_check(file->value, file->len);
	if (fault != CV_FINE)
		return show_fault(request, fault);
	err = count_upload(request);
	if (err == ERR_LIMITED)
		return show(
		        request, 429,
		        i18n(request->language, "Too many uploads. Please try again in an hour."));
	if (err != OK)
		return err;
	buf_init(&pdf, request->arena);
	buf_add(&pdf, file->value, file->len);
	reading = reader_read(request->context, request->store, request->arena, &pdf,
	                      request->user);
	return reading.fault == CV_FINE ? save(request, file, &reading)
	                                : show_fault(request, reading.fault);
}

/* --- confirming --------------------------------------------------------------- */

static struct cv_choice typed_choice(struct request *request, const struct found *found)
{
	const struct proposal *proposal = &found->proposal;
	bool *is_chosen = arena_array(request->arena, proposal->count, sizeof(*is_chosen));

	for (size_t i = 0; i < proposal->count; i++)
		is_chosen[i] = form_find(&request->form, arena_printf(request->arena, "t%zu", i)) !=
		               NULL;
	return (struct cv_choice){
		.cv = &found->cv,
		.proposal = proposal,
		.position = form_value(request, "position", ""),
		.level = form_value(request, "level", ""),
		.years = form_value(request, "years", ""),
		.more = form_value(request, "more", ""),
		.is_chosen = is_chosen,
	};
}

static const char *chosen_stack(struct request *request, const struct proposal *proposal,
                                const struct cv_choice *choice)
{
	const char *more = text_trimmed(request->arena, choice->more);
	struct buf stack;

	buf_init(&stack, request->arena);
	for (size_t i = 0; i < proposal->count; i++)
		if (choice->is_chosen[i])
			buf_printf(&stack, "%s%s", stack.len == 0 ? "" : ", ",
			           proposal->technologies[i].value);
	if (more[0] != '\0')
		buf_printf(&stack, "%s%s", stack.len == 0 ? "" : ", ", more);
	return stack.data;
}

static enum err save_choice(struct request *request, const struct user *user,
                            const struct found *found)
{
	enum err err = store_begin(request->store);

	if (err == OK)
		err = cv_confirm(request->store, user->id, found->cv.uploaded_at);
	if (err == OK)
		err = user_save_profile(request->store, user);
	if (err == OK)
		err = store_commit(request->store);
	return err;
}

static enum err post_confirm(struct request *request)
{
	struct user user = *request->user;
	struct cv_choice choice;
	struct found found;
	const char *fault, *version = form_value(request, "version", "");
	enum err err = find(request, &found);

	if (err != OK)
		return err;
	if (!found.is_there || strcmp(version, arena_printf(request->arena, "%lld",
	                                                    (long long)found.cv.uploaded_at)) != 0)
		return show(request, 409,
		            i18n(request->language,
		                 "There is another CV now, or none. Nothing was saved."));
	choice = typed_choice(request, &found);
	fault = profile_read(request, chosen_stack(request, &found.proposal, &choice), &user);
	if (fault != NULL)
		return show_choice(request, 400, &choice, fault);
	err = save_choice(request, &user, &found);
	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_CONFLICT : err;
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request, "/profile");
}

static enum err post_delete(struct request *request)
{
	enum err err = cv_delete(request->store, request->user->id);

	/* The second click of two finds nothing left to do. */
	return err == OK || err == ERR_NOT_FOUND ? reply_redirect(request, "/profile/cv") : err;
}

/* t0, t1, ... are the technologies, in their order in the proposal. */
static const struct route routes[] = {
	{ GET, "/profile/cv", CANDIDATE, get_cv, NULL },
	{ POST, "/profile/cv", CANDIDATE, post_cv, "file" },
	{ POST, "/profile/cv/confirm", CANDIDATE, post_confirm,
	  "version position level years more "
	  "t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11 t12 t13 t14 t15 t16 t17 t18 t19 t20 t21 t22 t23 "
	  "t24 t25 "
	  "t26 t27 t28 t29 t30 t31 t32 t33 t34 t35 t36 t37 t38 t39 t40 t41 t42 t43 t44 t45 t46 t47 "
	  "t48 t49" },
	{ POST, "/profile/cv/delete", CANDIDATE, post_delete, "" },
};

const struct route_table cv_routes = ROUTE_TABLE(routes);
