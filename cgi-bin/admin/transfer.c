/* The bank as a file: what was written elsewhere comes in, what is here goes out. */
#include <string.h>

#include "admin.h"
#include "bank/edit.h"
#include "bank/rows.h"
#include "bank_desk.h"
#include "base/json.h"
#include "base/text.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/trail.h"

/* What goes out comes in again. Only tasks that changed are run, so only they are few. */
enum { MOST_ITEMS = 1000, MOST_TASKS = 20, MOST_BYTES = 20 * 1024 * 1024 };

static enum err get_page(struct request *request)
{
	cJSON *page = cJSON_CreateObject();
	long long changed, items;

	if (text_integer(request_query(request, "items", ""), 1, MOST_ITEMS, &items) &&
	    text_integer(request_query(request, "changed", ""), 0, items, &changed)) {
		json_set_number(page, "changed", (double)changed);
		json_set_number(page, "items", (double)items);
	}
	return reply_page(request, "transfer", page);
}

/* --- out ----------------------------------------------------------------------------- */

static enum err get_export(struct request *request)
{
	struct bank_query query = bank_desk_query(request);
	cJSON *items = cJSON_CreateArray(), *item;
	struct bank_question_list list;
	const char *text;
	enum err err;

	err = bank_find(request->store, request->arena, &query, MOST_ITEMS, &list);
	if (err == OK)
		err = trail_add(request, "bank.export", (struct audit_subject){ 0 },
		                arena_printf(request->arena, "{\"items\":%zu}", list.count));
	if (err != OK)
		return err;
	for (size_t i = 0; i < list.count; i++)
		if ((item = rows_item(&list.items[i])) != NULL)
			json_add(items, edit_plain(item));
	text = cJSON_Print(items);
	return reply_download(request, "viva-bank.json", "application/json", text, strlen(text));
}

/* --- in ------------------------------------------------------------------------------ */

/* An item that is new, or here in other words. */
struct change {
	const cJSON *item;
	const char *id;
	struct bank_question known; /* id NULL: a new item */
	struct bank_question row;   /* what is to be stored */
};

struct incoming {
	cJSON *items;
	struct change *changes;
	size_t count, tasks; /* of the changes */
	cJSON *faults;       /* of the page: { id, text } */
};

static void add_fault(struct incoming *incoming, const char *id, const char *text)
{
	cJSON *fault = json_add_object(incoming->faults);

	json_set_string(fault, "id", id);
	json_set_string(fault, "text", text);
}

static bool is_repeated(const cJSON *items, const cJSON *item)
{
	for (const cJSON *other = items->child; other != item; other = other->next)
		if (strcmp(json_string(other, "id", ""), json_string(item, "id", "")) == 0)
			return true;
	return false;
}

/* Notes the item among the changes unless the bank has it word by word. */
static enum err sift_item(struct request *request, struct incoming *incoming, const cJSON *item)
{
	struct change change = { .item = item, .id = json_string(item, "id", "") };
	enum err err = bank_by_id(request->store, request->arena, change.id, &change.known);

	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	if (is_repeated(incoming->items, item))
		add_fault(incoming, change.id, "the file has two items of this id");
	else if (err != OK ||
	         !edit_is_stored(request->arena, bank_desk_judge(), &change.known, item)) {
		incoming->changes[incoming->count++] = change;
		incoming->tasks += json_get(item, "kind") != NULL;
	}
	return OK;
}

static enum err sift(struct request *request, struct incoming *incoming)
{
	const cJSON *item;
	enum err err = OK;

	incoming->changes = arena_array(request->arena, MOST_ITEMS, sizeof(*incoming->changes));
	cJSON_ArrayForEach(item, incoming->items)
	{
		if (err == OK)
			err = sift_item(request, incoming, item);
	}
	return err;
}

/* An item that is here already is replaced; whether it is asked stays as it was. */
static enum err read_change(struct request *request, struct incoming *incoming,
                            struct change *change)
{
	const char *text = json_text(change->item);
	const struct edit_order order = { text, strlen(text), change->known.id, bank_desk_judge() };
	struct edit edit;
	enum err err = edit_read(request->store, request->arena, &order, &edit);

	if (err != OK)
		return err;
	if (edit.faults[0] != '\0')
		add_fault(incoming, change->id, edit.faults);
	change->row = edit.row;
	if (change->known.id != NULL) {
		change->row.enabled = change->known.enabled;
		change->row.source = change->known.source;
	}
	return OK;
}

/* What is wrong with the file as a whole; NULL: nothing. */
static const char *read_file(struct request *request, struct incoming *incoming)
{
	const struct form_field *file = form_find(&request->form, "file");

	if (file == NULL || file->file_name == NULL || file->len == 0)
		return N_("Choose a file.");
	if (file->len > MOST_BYTES)
		return N_("The file is larger than 5 MiB.");
	if (json_parse(file->value, file->len, &incoming->items) != OK ||
	    !cJSON_IsArray(incoming->items) || incoming->items->child == NULL)
		return N_("The file is not a JSON array of questions or coding tasks.");
	return cJSON_GetArraySize(incoming->items) > MOST_ITEMS
	               ? N_("The file has more than 1,000 items. Divide it.")
	               : NULL;
}

/* All of the file or nothing. */
static enum err store_changes(struct request *request, const struct incoming *incoming)
{
	enum err err = store_begin(request->store);

	if (err != OK)
		return err;
	for (size_t i = 0; err == OK && i < incoming->count; i++)
		err = bank_save(request->store, request->arena, &incoming->changes[i].row);
	return bank_desk_end(request, err, "bank.import", NULL,
	                     arena_printf(request->arena, "{\"items\":%zu}", incoming->count));
}

static enum err refuse(struct request *request, int status, const struct incoming *incoming,
                       const char *fault)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "error", fault != NULL ? i18n(request->language, fault) : NULL);
	json_set(page, "faults", incoming->faults);
	json_set_bool(page, "has_faults", incoming->faults->child != NULL);
	return reply_page_status(request, status, "transfer", page);
}

/* Judges what changed and stores it, if anything did. */
static enum err take(struct request *request, struct incoming *incoming)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < incoming->count; i++)
		err = read_change(request, incoming, &incoming->changes[i]);
	if (err == OK && incoming->faults->child != NULL)
		return ERR_INVALID;
	return err == OK && incoming->count > 0 ? store_changes(request, incoming) : err;
}

static enum err post_import(struct request *request)
{
	struct incoming incoming = { .faults = cJSON_CreateArray() };
	const char *fault = read_file(request, &incoming);
	enum err err;

	if (fault != NULL)
		return refuse(request, 400, &incoming, fault);
	err = sift(request, &incoming);
	if (err != OK)
		return err;
	if (incoming.tasks > MOST_TASKS)
		return refuse(request, 400, &incoming,
		              N_("More than 20 coding tasks are new or changed. Divide the file."));
	err = take(request, &incoming);
	if (err == ERR_BUSY)
		return refuse(request, 503, &incoming,
		              N_("All places of the judge are taken. Try again in a moment."));
	if (incoming.faults->child != NULL)
		return refuse(request, 400, &incoming, NULL);
	if (err != OK)
		return err;
	return reply_redirect(request,
	                      arena_printf(request->arena, "/admin/transfer?changed=%zu&items=%d",
	                                   incoming.count, cJSON_GetArraySize(incoming.items)));
}

static const struct route routes[] = {
	{ GET, "/admin/transfer", ADMIN, get_page, NULL },
	{ POST, "/admin/transfer", ADMIN, post_import, "file" },
	{ GET, "/admin/transfer/bank.json", ADMIN, get_export, NULL },
};

const struct route_table transfer_routes = ROUTE_TABLE(routes);
