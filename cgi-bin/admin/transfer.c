/* The bank as a file: what was written elsewhere comes in, what is here goes out. */
#include <string.h>

#include "admin.h"
#include "bank/edit.h"
#include "bank/editions.h"
#include "bank_desk.h"
#include "base/json.h"
#include "store/audit.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/trail.h"

enum { MOST_ITEMS = 200, MOST_TASKS = 20, MOST_BYTES = 4 * 1024 * 1024, MOST_EXPORTED = 1000 };

static enum err get_page(struct request *request)
{
	return reply_page(request, "transfer", cJSON_CreateObject());
}

/* --- out ----------------------------------------------------------------------------- */

static enum err get_export(struct request *request)
{
	struct bank_query query = bank_desk_query(request);
	cJSON *items = cJSON_CreateArray(), *item;
	struct bank_question_list list;
	const char *text;
	int total;
	enum err err;

	query.page = 1;
	query.page_size = MOST_EXPORTED;
	err = bank_find(request->store, request->arena, &query, &list, &total);
	if (err == OK)
		err = trail_add(request, "bank.export", (struct audit_subject){ 0 },
		                arena_printf(request->arena, "{\"items\":%zu}", list.count));
	if (err != OK)
		return err;
	for (size_t i = 0; i < list.count; i++)
		if (json_parse(list.items[i].body, strlen(list.items[i].body), &item) == OK)
			json_add(items, edit_plain(item));
	text = cJSON_Print(items);
	return reply_download(request, "viva-bank.json", "application/json", text, strlen(text));
}

/* --- in ------------------------------------------------------------------------------ */

struct incoming {
	cJSON *items;
	struct bank_question *rows;
	size_t count, tasks;
	cJSON *faults; /* of the page: { id, text } */
};

static void add_fault(struct incoming *incoming, const char *id, const char *text)
{
	cJSON *fault = json_add_object(incoming->faults);

	json_set_string(fault, "id", id);
	json_set_string(fault, "text", text);
}

/* An item that is here already is replaced. */
static enum err read_item(struct request *request, struct incoming *incoming, const cJSON *item)
{
	const char *id = json_string(item, "id", ""), *text = json_text(item);
	struct bank_question known;
	struct edit_order order = { .text = text, .len = strlen(text), .judge = bank_desk_judge() };
	struct edit edit;
	enum err err = bank_by_id(request->store, request->arena, id, &known);

	if (err == OK)
		order.id = id;
	else if (err != ERR_NOT_FOUND)
		return err;
	err = edit_read(request->store, request->arena, &order, &edit);
	if (err != OK)
		return err;
	for (size_t i = 0; i < incoming->count; i++)
		if (strcmp(incoming->rows[i].id, id) == 0)
			edit.faults = "the file has two items of this id";
	if (edit.faults[0] != '\0')
		add_fault(incoming, id, edit.faults);
	else
		incoming->rows[incoming->count++] = edit.row;
	return OK;
}

static size_t count_tasks(const cJSON *items)
{
	const cJSON *item;
	size_t count = 0;

	cJSON_ArrayForEach(item, items) count += json_get(item, "kind") != NULL;
	return count;
}

/* What is wrong with the file as a whole; NULL: nothing. */
static const char *read_file(struct request *request, struct incoming *incoming)
{
	const struct form_field *file = form_find(&request->form, "file");

	if (file == NULL || file->file_name == NULL || file->len == 0)
		return N_("Choose a file.");
	if (file->len > MOST_BYTES)
		return N_("The file is larger than 4 MiB.");
	if (json_parse(file->value, file->len, &incoming->items) != OK ||
	    !cJSON_IsArray(incoming->items) || incoming->items->child == NULL)
		return N_("The file is not a JSON array of questions or coding tasks.");
	if (cJSON_GetArraySize(incoming->items) > MOST_ITEMS)
		return N_("The file has more than 200 items. Divide it.");
	incoming->tasks = count_tasks(incoming->items);
	return incoming->tasks > MOST_TASKS
	               ? N_("The file has more than 20 coding tasks. Divide it.")
	               : NULL;
}

static enum err store_rows(struct request *request, const struct incoming *incoming)
{
	const struct audit_entry entry = {
		.actor_id = request->user->id,
		.action = "bank.import",
		.details = arena_printf(request->arena, "{\"items\":%zu}", incoming->count),
	};
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	for (size_t i = 0; err == OK && i < incoming->count; i++)
		err = bank_save(request->store, request->arena, &incoming->rows[i]);
	if (err == OK)
		err = editions_renew(request->store, request->arena);
	if (err == OK)
		err = audit_add(request->store, &entry);
	if (err == OK)
		err = store_commit(request->store);
	if (err != OK)
		store_rollback(request->store);
	return err;
}

static enum err refuse(struct request *request, const struct incoming *incoming, const char *fault)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", fault != NULL ? i18n(request->language, fault) : NULL);
	json_set(page, "faults", incoming->faults);
	json_set_bool(page, "has_faults", incoming->faults->child != NULL);
	return reply_page_status(request, 400, "transfer", page);
}

/* All of the file or nothing. */
static enum err post_import(struct request *request)
{
	struct incoming incoming = { .faults = cJSON_CreateArray() };
	const char *fault = read_file(request, &incoming);
	const cJSON *item;
	enum err err = OK;

	if (fault != NULL)
		return refuse(request, &incoming, fault);
	incoming.rows = arena_array(request->arena, MOST_ITEMS, sizeof(*incoming.rows));
	cJSON_ArrayForEach(item, incoming.items)
	{
		if (err == OK)
			err = read_item(request, &incoming, item);
	}
	if (err != OK)
		return err;
	if (incoming.faults->child != NULL)
		return refuse(request, &incoming, NULL);
	err = store_rows(request, &incoming);
	if (err != OK)
		return err;
	flash_set(request, FLASH_SAVED);
	return reply_redirect(request, "/admin/bank?state=edited");
}

static const struct route routes[] = {
	{ GET, "/admin/transfer", ADMIN, get_page, NULL },
	{ POST, "/admin/transfer", ADMIN, post_import, "file" },
	{ GET, "/admin/transfer/bank.json", ADMIN, get_export, NULL },
};

const struct route_table transfer_routes = ROUTE_TABLE(routes);
