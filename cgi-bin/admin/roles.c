/* The catalogue of roles: view, add, edit, switch on and off. */
#include <string.h>

#include "admin.h"
#include "bank/rules.h"
#include "bank_desk.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "store/bank.h"
#include "view/role_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { MAX_ID = 60, MAX_TITLE = 80, MAX_TAGS = 1000, MAX_ROLES = 200 };

static enum err get_roles(struct request *request)
{
	struct role_list roles;
	enum err err = role_list_all(request->store, request->arena, &roles);

	return err == OK ? reply_page(request, "roles", role_view_list(&roles, request->language))
	                 : err;
}

/* What tells one state of what the form holds from another. */
static const char *hash_of(struct arena *arena, const struct role *role)
{
	const char *texts[LANG_COUNT + 4] = { role->id, role->track, role->skill_tags };

	for (enum language language = 0; language < LANG_COUNT; language++)
		texts[3 + (int)language] = role->title[language];
	return hash_texts(arena, texts);
}

static enum err show_form(struct request *request, int status, const char *fault)
{
	struct role role = { .id = form_value(request, "id", ""),
		             .track = form_value(request, "track", "") };
	cJSON *page;

	for (enum language language = 0; language < LANG_COUNT; language++)
		role.title[language] = form_value(
		        request, arena_printf(request->arena, "title_%s", language_code(language)),
		        "");
	page = role_view_form(&role, form_value(request, "tags", ""));
	json_set_bool(page, "is_new", request->params[0] == NULL);
	json_set_string(page, "role_id", request->params[0]);
	json_set_string(page, "seen", form_value(request, "seen", ""));
	json_set_string(page, "error", fault != NULL ? i18n(request->language, fault) : NULL);
	return reply_page_status(request, status, "role", page);
}

static enum err get_new(struct request *request)
{
	return show_form(request, 200, NULL);
}

static enum err get_role(struct request *request)
{
	struct role role;
	cJSON *page;
	enum err err = role_by_id(request->store, request->arena, request->params[0], &role);

	if (err != OK)
		return err;
	page = role_view_form(&role, role_view_tags(request->arena, &role));
	json_set_string(page, "role_id", role.id);
	json_set_string(page, "seen", hash_of(request->arena, &role));
	json_set_bool(page, "is_enabled", role.enabled);
	json_set_bool(page, "is_stored", true);
	return reply_page(request, "role", page);
}

/* Tags as they are typed, parted by commas, as the JSON array that is stored; NULL: a bad one. */
static const char *read_tags(struct arena *arena, const char *typed)
{
	cJSON *tags = cJSON_CreateArray();

	while (*typed != '\0') {
		const size_t len = strcspn(typed, ",");
		const char *tag = text_trimmed(arena, arena_copy(arena, typed, len));

		if (tag[0] != '\0' && !rules_is_slug(tag))
			return NULL;
		if (tag[0] != '\0')
			json_add(tags, cJSON_CreateString(tag));
		typed += len + (typed[len] == ',');
	}
	return tags->child != NULL ? json_text(tags) : NULL;
}

/* What is wrong with the form; NULL: nothing. */
static const char *read_form(struct request *request, struct role *role)
{
	const char *tags;

	if (request->params[0] == NULL) {
		if (form_text(request, "id", 1, MAX_ID, &role->id) != OK ||
		    !rules_is_slug(role->id) || strcmp(role->id, "new") == 0)
			return N_("The id consists of lower-case letters, digits and hyphens.");
	}
	if (form_text(request, "track", 1, MAX_ID, &role->track) != OK ||
	    !rules_is_slug(role->track))
		return N_("The track consists of lower-case letters, digits and hyphens.");
	for (enum language language = 0; language < LANG_COUNT; language++)
		if (form_text(request,
		              arena_printf(request->arena, "title_%s", language_code(language)), 1,
		              MAX_TITLE, &role->title[language]) != OK)
			return N_("The role needs a title of up to 80 characters in each "
			          "language.");
	if (form_text(request, "tags", 1, MAX_TAGS, &tags) != OK)
		return N_("The role needs skill tags, parted by commas.");
	role->skill_tags = read_tags(request->arena, tags);
	return role->skill_tags != NULL ? NULL
	                                : N_("A skill tag consists of lower-case letters, digits "
	                                     "and hyphens.");
}

/* ERR_CONFLICT: the stored role is no longer the one that was `seen`; NULL: whatever it is. */
static enum err check_seen(struct request *request, const char *id, const char *seen)
{
	struct role stored;
	enum err err;

	if (seen == NULL)
		return OK;
	err = role_by_id(request->store, request->arena, id, &stored);
	if (err != OK)
		return err;
	return strcmp(hash_of(request->arena, &stored), seen) == 0 ? OK : ERR_CONFLICT;
}

static enum err store_role(struct request *request, const struct role *role, const char *seen,
                           const char *action)
{
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	err = check_seen(request, role->id, seen);
	if (err == OK)
		err = role_save(request->store, role);
	return bank_desk_end(request, err, action,
	                     arena_printf(request->arena, "role %s", role->id), NULL);
}

static enum err tell_saved(struct request *request)
{
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request, "/admin/roles");
}

static enum err finish(struct request *request, const struct role *role, const char *action)
{
	enum err err = store_role(request, role, NULL, action);

	return err == OK ? tell_saved(request) : err;
}

/* A form that was sent twice wants what is there already. */
static bool is_same(struct arena *arena, const struct role *one, const struct role *other)
{
	return strcmp(hash_of(arena, one), hash_of(arena, other)) == 0;
}

static enum err post_new(struct request *request)
{
	struct role role = { .enabled = true, .edited_at = clock_now_ms() }, known;
	struct role_list roles;
	const char *fault = read_form(request, &role);
	enum err err;

	if (fault != NULL)
		return show_form(request, 400, fault);
	err = role_by_id(request->store, request->arena, role.id, &known);
	if (err == OK && is_same(request->arena, &known, &role))
		return tell_saved(request);
	if (err == OK)
		return show_form(request, 409, N_("There is a role with this id already."));
	if (err != ERR_NOT_FOUND)
		return err;
	err = role_list_all(request->store, request->arena, &roles);
	if (err != OK)
		return err;
	if (roles.count >= MAX_ROLES)
		return show_form(request, 409, N_("There are as many roles as there may be."));
	role.position = roles.count > 0 ? roles.items[roles.count - 1].position + 1 : 0;
	return finish(request, &role, "role.add");
}

static enum err post_role(struct request *request)
{
	struct role known, role;
	const char *fault;
	enum err err = role_by_id(request->store, request->arena, request->params[0], &known);

	if (err != OK)
		return err;
	role = known;
	fault = read_form(request, &role);
	if (fault != NULL)
		return show_form(request, 400, fault);
	if (is_same(request->arena, &known, &role))
		return tell_saved(request);
	role.edited_at = clock_now_ms();
	err = store_role(request, &role, form_value(request, "seen", ""), "role.edit");
	if (err == ERR_CONFLICT)
		return show_form(request, 409,
		                 N_("Somebody else changed this role meanwhile. Open it anew."));
	return err == OK ? tell_saved(request) : err;
}

static enum err post_state(struct request *request)
{
	const char *state;
	struct role role;
	enum err err = form_choice(request, "state", "enabled disabled", &state);

	if (err == OK)
		err = role_by_id(request->store, request->arena, request->params[0], &role);
	if (err != OK)
		return err;
	role.enabled = strcmp(state, "enabled") == 0;
	role.edited_at = clock_now_ms();
	return finish(request, &role, role.enabled ? "role.enable" : "role.disable");
}

static const struct route routes[] = {
	{ GET, "/admin/roles", ADMIN, get_roles, NULL },
	{ GET, "/admin/roles/new", ADMIN, get_new, NULL },
	{ POST, "/admin/roles/new", ADMIN, post_new, "id track title_en title_ru title_uk tags" },
	{ GET, "/admin/roles/*", ADMIN, get_role, NULL },
	{ POST, "/admin/roles/*", ADMIN, post_role,
	  "id seen track title_en title_ru title_uk tags" },
	{ POST, "/admin/roles/*/state", ADMIN, post_state, "state" },
};

const struct route_table role_routes = ROUTE_TABLE(routes);
