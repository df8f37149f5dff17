/* The question bank: edit, switch on and off. */
#include <string.h>

#include "admin.h"
#include "bank/edit.h"
#include "bank/members.h"
#include "bank/rows.h"
#include "bank/skeleton.h"
#include "bank_desk.h"
#include "base/clock.h"
#include "base/json.h"
#include "judge/variants.h"
#include "view/bank_view.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"

enum { MAX_ITEM = 200000 };

/* --- writing ------------------------------------------------------------------------- */

struct draft {
	const char *text;   /* JSON, as typed */
	const char *seen;   /* hash of the stored body it was made of; "" of a new item */
	const char *faults; /* lines; "": none */
	const char *error;  /* msgid; NULL: none */
	cJSON *previews;    /* NULL: none */
};

static void add_faults(cJSON *page, struct arena *arena, const char *faults)
{
	cJSON *list = json_set_array(page, "faults");
	const char *line = faults;

	while (*line != '\0') {
		const size_t len = strcspn(line, "\n");

		json_set_string(json_add_object(list), "text", arena_copy(arena, line, len));
		line += len + (line[len] == '\n');
	}
	json_set_bool(page, "has_faults", list->child != NULL);
}

static void add_members(cJSON *page, const char *name, const struct member *members)
{
	cJSON *list = json_set_array(page, name);

	for (; members->path != NULL; members++) {
		cJSON *item;

		if (members->rule == NULL)
			continue;
		item = json_add_object(list);
		json_set_string(item, "path", members->path);
		json_set_string(item, "rule", members->rule);
	}
}

static enum err show_editor(struct request *request, int status, const struct draft *draft)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "id", request->params[0]);
	json_set_string(page, "text", draft->text);
	json_set_string(page, "seen", draft->seen);
	json_set_number(page, "max_length", MAX_ITEM);
	json_set_string(page, "error",
	                draft->error != NULL ? i18n(request->language, draft->error) : NULL);
	add_faults(page, request->arena, draft->faults);
	json_set_bool(page, "is_clean", draft->previews != NULL);
	if (draft->previews != NULL)
		json_set(page, "previews", draft->previews);
	add_members(page, "question_members", members_question);
	add_members(page, "task_members", members_task);
	return reply_page_status(request, status, "bank_edit", page);
}

static enum err get_new(struct request *request)
{
	const char *text = skeleton_of(request_query(request, "kind", "technical"));

	if (text == NULL)
		return ERR_NOT_FOUND;
	return show_editor(request, 200, &(struct draft){ .text = text, .seen = "", .faults = "" });
}

static enum err get_edit(struct request *request)
{
	struct bank_question question;
	const cJSON *item;
	enum err err = bank_by_id(request->store, request->arena, request->params[0], &question);

	if (err != OK)
		return err;
	item = rows_item(&question);
	if (item == NULL)
		return ERR_INTERNAL;
	return show_editor(request, 200,
	                   &(struct draft){ .text = cJSON_Print(edit_plain(item)),
	                                    .seen = edit_hash(request->arena, &question),
	                                    .faults = "" });
}

static enum err store_item(struct request *request, const struct bank_question *row,
                           const char *seen)
{
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	err = edit_save(request->store, request->arena, row, seen);
	return bank_desk_end(request, err, seen == NULL ? "bank.add" : "bank.edit",
	                     arena_printf(request->arena, "question %s", row->id), NULL);
}

/* True if the item stands in the bank as it was typed: the form came before. */
static bool is_stored(struct request *request, const struct edit_order *order, const char **ret_id)
{
	struct bank_question stored;
	const char *id;
	cJSON *item;

	if (json_parse(order->text, order->len, &item) != OK)
		return false;
	id = json_string(item, "id", "");
	if ((order->id != NULL && strcmp(order->id, id) != 0) ||
	    bank_by_id(request->store, request->arena, id, &stored) != OK)
		return false;
	*ret_id = stored.id;
	return edit_is_stored(request->arena, order->judge, &stored, item);
}

static enum err add_preview(struct request *request, const struct bank_question *row,
                            const struct bank_reader *reader, cJSON *views)
{
	cJSON *view;
	enum err err = bank_view_item(request->arena, row, reader, &view);

	if (err != OK)
		return err;
	json_set_string(view, "language_name", language_name(reader->asked));
	json_add(views, view);
	return OK;
}

/*
 * The item as candidates of each language would see it; a task's variants but the first in the
 * admin's language alone.
 */
static enum err preview(struct request *request, const struct bank_question *row, const cJSON *item,
                        struct draft *draft)
{
	cJSON *views = cJSON_CreateArray();
	const size_t count = variants_count(item);
	struct bank_reader reader = { .language = request->language, .variant = 1 };
	enum err err = OK;

	for (reader.asked = 0; err == OK && reader.asked < LANG_COUNT; reader.asked++)
		err = add_preview(request, row, &reader, views);
	reader.asked = request->language;
	for (reader.variant = 2; err == OK && reader.variant <= count; reader.variant++)
		err = add_preview(request, row, &reader, views);
	draft->previews = views;
	return err;
}

/* Judges what was typed; what speaks against it goes into the draft. */
static enum err judge_draft(struct request *request, const struct edit_order *order,
                            struct draft *draft, struct edit *ret_edit)
{
	enum err err = edit_read(request->store, request->arena, order, ret_edit);

	if (err == ERR_BUSY)
		draft->error = N_("All places of the judge are taken. Try again in a moment.");
	if (err != OK)
		return err;
	draft->faults = ret_edit->faults;
	return ret_edit->faults[0] != '\0' ? ERR_INVALID : OK;
}

/* Stores what was typed; what speaks against it goes into the draft. */
static enum err try_save(struct request *request, const struct edit_order *order,
                         struct draft *draft, const char **ret_id)
{
	struct edit edit;
	enum err err = judge_draft(request, order, draft, &edit);

	if (err != OK)
		return err;
	*ret_id = edit.row.id;
	err = store_item(request, &edit.row, order->id != NULL ? draft->seen : NULL);
	if (err == ERR_CONFLICT)
		draft->error = N_("Somebody else changed this item meanwhile. Open it anew.");
	return err;
}

/* What saving would say, and what candidates would see; nothing is stored. */
static enum err try_out(struct request *request, const struct edit_order *order,
                        struct draft *draft)
{
	struct edit edit;
	enum err err = judge_draft(request, order, draft, &edit);

	if (err == OK) {
		edit.row.source = "bank";
		err = preview(request, &edit.row, edit.item, draft);
	}
	if (err != OK && draft->error == NULL && draft->faults[0] == '\0')
		return err;
	return show_editor(request, err == OK ? 200 : err_status(err), draft);
}

/* `id` NULL: a new item. */
static enum err save(struct request *request, const char *id)
{
	struct draft draft = { .text = form_value(request, "text", ""),
		               .seen = form_value(request, "seen", ""),
		               .faults = "" };
	const struct edit_order order = { draft.text, strlen(draft.text), id, bank_desk_judge() };
	const char *saved;
	enum err err = OK;

	if (order.len > MAX_ITEM)
		return ERR_TOO_LARGE;
	if (strcmp(form_value(request, "action", ""), "check") == 0)
		return try_out(request, &order, &draft);
	if (!is_stored(request, &order, &saved))
		err = try_save(request, &order, &draft, &saved);
	/* Its twin may have been faster. */
	if (err != OK && is_stored(request, &order, &saved))
		err = OK;
	if (err != OK && (draft.error != NULL || draft.faults[0] != '\0'))
		return show_editor(request, err_status(err), &draft);
	if (err != OK)
		return err;
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request, arena_printf(request->arena, "/admin/bank/%s", saved));
}

static enum err post_new(struct request *request)
{
	return save(request, NULL);
}

static enum err post_edit(struct request *request)
{
	return save(request, request->params[0]);
}

static enum err switch_item(struct request *request, bool enabled)
{
	const char *id = request->params[0];
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	err = bank_enable(request->store, id, enabled, clock_now_ms());
	return bank_desk_end(request, err, enabled ? "bank.enable" : "bank.disable",
	                     arena_printf(request->arena, "question %s", id), NULL);
}

static enum err post_state(struct request *request)
{
	const char *state;
	enum err err = form_choice(request, "state", "enabled disabled", &state);

	if (err == OK)
		err = switch_item(request, strcmp(state, "enabled") == 0);
	if (err != OK)
		return err;
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request,
	                      arena_printf(request->arena, "/admin/bank/%s", request->params[0]));
}

static const struct route routes[] = {
	{ GET, "/admin/bank/new", ADMIN, get_new, NULL },
	{ POST, "/admin/bank/new", ADMIN, post_new, "text seen action" },
	{ GET, "/admin/bank/*/edit", ADMIN, get_edit, NULL },
	{ POST, "/admin/bank/*/edit", ADMIN, post_edit, "text seen action" },
	{ POST, "/admin/bank/*/state", ADMIN, post_state, "state" },
};

const struct route_table bank_routes = ROUTE_TABLE(routes);
