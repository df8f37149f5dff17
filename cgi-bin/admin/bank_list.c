/* The question bank: list and items, with what interviews tell of them. */
#include <string.h>

#include "admin.h"
#include "bank_desk.h"
#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/similar.h"
#include "report/item_order.h"
#include "view/bank_view.h"
#include "view/item_view.h"
#include "web/form.h"
#include "web/reply.h"

enum { PAGE_SIZE = BANK_BODIES, MAX_PAGE = 1000000 };

/* The filters as a part of addresses, without the page. */
static const char *address_of(struct arena *arena, const struct bank_page *page)
{
	const struct bank_query *query = &page->query;

	return arena_printf(arena, "search=%s&kind=%s&track=%s&level=%s&state=%s&sort=%s",
	                    form_encode(arena, query->search), query->q_type,
	                    form_encode(arena, query->track), query->level, page->state,
	                    page->sort);
}

/* The figures of the whole bank, whatever is looked for: others of a category count for an item. */
static enum err read_bank(struct request *request, struct item **ret_items, size_t *ret_count)
{
	static const struct bank_query everything = { "", "", "", "", "", "", "" };
	struct bank_question_list bank;
	struct item_sums_list sums;
	enum err err = bank_find_outlines(request->store, request->arena, &everything, &bank);

	if (err == OK)
		err = item_statistics_list(request->store, request->arena, NULL, &sums);
	if (err != OK)
		return err;
	*ret_items = item_figures_all(request->arena, &bank, &sums);
	*ret_count = bank.count;
	return OK;
}

static enum err choose(struct request *request, const struct bank_page *page,
                       struct item_order_list *ret_list)
{
	struct bank_question_list found;
	struct item *bank;
	size_t count;
	enum err err = read_bank(request, &bank, &count);

	if (err == OK)
		err = bank_find_outlines(request->store, request->arena, &page->query, &found);
	if (err != OK)
		return err;
	*ret_list = item_order_list(request->arena, bank, count, &found,
	                            strcmp(page->state, "flagged") == 0);
	item_order_sort(request->arena, ret_list, item_order_of(page->sort));
	return OK;
}

/* The items of one page, with their bodies. */
static enum err fill(struct request *request, const struct item_order_list *list,
                     struct bank_page *page)
{
	const size_t first = (size_t)(page->number - 1) * PAGE_SIZE;
	struct bank_question *rows = arena_array(request->arena, PAGE_SIZE, sizeof(*rows));

	page->total = (int)list->count;
	page->pages = list->count == 0 ? 1 : (int)((list->count + PAGE_SIZE - 1) / PAGE_SIZE);
	page->items = arena_array(request->arena, PAGE_SIZE, sizeof(*page->items));
	for (size_t i = first; i < list->count && page->count < PAGE_SIZE; i++) {
		rows[page->count] = *list->items[i]->question;
		page->items[page->count] = *list->items[i];
		page->items[page->count].question = &rows[page->count];
		page->count++;
	}
	return bank_read_bodies(request->store, request->arena, rows, page->count);
}

static struct bank_page asked_page(const struct request *request)
{
	struct bank_page page = { .query = bank_desk_query(request),
		                  .sort = request_query(request, "sort", "") };
	long long number = 1;

	if (item_order_of(page.sort) == ITEM_ORDER_FOUND)
		page.sort = "";
	page.state = strcmp(request_query(request, "state", ""), "flagged") == 0 ? "flagged"
	                                                                         : page.query.state;
	if (!text_integer(request_query(request, "page", "1"), 1, MAX_PAGE, &number))
		number = 1;
	page.number = (int)number;
	return page;
}

static enum err get_list(struct request *request)
{
	struct bank_page page = asked_page(request);
	struct item_order_list list;
	cJSON *view;
	enum err err = choose(request, &page, &list);

	if (err == OK)
		err = fill(request, &list, &page);
	if (err == OK)
		err = role_list_all(request->store, request->arena, &page.roles);
	if (err != OK)
		return err;
	view = bank_view_list(request->arena, &page, request->language);
	json_set_string(view, "filters", address_of(request->arena, &page));
	return reply_page(request, "bank", view);
}

/* --- one item ------------------------------------------------------------------------- */

static enum err add_statistics(struct request *request, enum language asked,
                               const struct bank_question *question, cJSON *page)
{
	struct item_sums_list sums;
	struct item *bank, item = { .question = question };
	size_t count;
	enum err err = read_bank(request, &bank, &count);

	if (err == OK)
		err = item_statistics_list(request->store, request->arena, question->id, &sums);
	if (err != OK)
		return err;
	for (size_t i = 0; i < count; i++)
		if (strcmp(bank[i].question->id, question->id) == 0)
			item.figures = bank[i].figures;
	item_view_block(request->arena, page,
	                &(struct item_view){ .item = &item,
	                                     .sums = &sums,
	                                     .language = request->language,
	                                     .asked = asked });
	return OK;
}

/* Near-duplicates show here. */
static enum err add_similar(struct request *request, enum language asked,
                            const struct bank_question *question, cJSON *page)
{
	const struct similar_wish wish = { .bank_id = question->id,
		                           .q_type = question->q_type,
		                           .body = question->body,
		                           .language = asked };
	struct similar_list list;
	enum err err = similar_find(request->store, request->arena, &wish, &list);
	cJSON *rows = json_set_array(page, "similar");

	for (size_t i = 0; err == OK && i < list.count && i < SIMILAR_SHOWN; i++) {
		cJSON *row = json_add_object(rows);

		json_set_string(row, "similar_id", list.items[i].bank_id);
		json_set_string(row, "text", list.items[i].text);
		json_set_string(
		        row, "likeness",
		        format_percent(request->arena, request->language, list.items[i].likeness));
	}
	json_set_bool(page, "has_similar", rows->child != NULL);
	return err;
}

static enum err get_item(struct request *request)
{
	const struct bank_asked asked = { request_query(request, "language", ""),
		                          request_query(request, "variant", "") };
	const enum language language = bank_desk_asked(request, asked.language);
	struct bank_question question;
	cJSON *page;
	enum err err = bank_desk_item(request, &asked, &question, &page);

	if (err == OK)
		err = add_statistics(request, language, &question, page);
	if (err == OK)
		err = add_similar(request, language, &question, page);
	return err == OK ? reply_page(request, "bank_item", page) : err;
}

static const struct route routes[] = {
	{ GET, "/admin/bank", ADMIN, get_list, NULL },
	{ GET, "/admin/bank/*", ADMIN, get_item, NULL },
};

const struct route_table bank_list_routes = ROUTE_TABLE(routes);
