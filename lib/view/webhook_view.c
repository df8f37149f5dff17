#include "view/webhook_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"

static const struct {
	const char *code, *title;
} states[] = {
	{ "", N_("All") },
	{ "waiting", N_("Waiting") },
	{ "delivered", N_("Delivered") },
	{ "failed", N_("Given up") },
};

enum { STATE_COUNT = sizeof(states) / sizeof(*states) };

bool webhook_view_is_state(const char *state)
{
	for (size_t i = 1; i < STATE_COUNT; i++)
		if (strcmp(states[i].code, state) == 0)
			return true;
	return false;
}

static const char *state_title(enum language language, const char *state)
{
	for (size_t i = 1; i < STATE_COUNT; i++)
		if (strcmp(states[i].code, state) == 0)
			return i18n(language, states[i].title);
	return state;
}

static void add_filters(cJSON *page, const char *current, enum language language)
{
	cJSON *filters = json_set_array(page, "filters");

	for (size_t i = 0; i < STATE_COUNT; i++) {
		cJSON *item = json_add_object(filters);

		json_set_string(item, "code", states[i].code);
		json_set_string(item, "title", i18n(language, states[i].title));
		json_set_bool(item, "current", strcmp(states[i].code, current) == 0);
	}
}

/* Why nobody is told, or to whom. */
static const char *where_to(struct arena *arena, const struct webhook_page *webhooks,
                            enum language language)
{
	switch (webhooks->state) {
	case WEBHOOK_NO_SECRET:
		return i18n(language, "The webhook is off: VIVA_WEBHOOK_SECRET is not set.");
	case WEBHOOK_BAD_SECRET:
		return i18n(language, "The webhook is off: VIVA_WEBHOOK_SECRET must be whsec_ and "
		                      "base64 of 24 to 64 bytes.");
	case WEBHOOK_BAD_URL:
		return i18n(language, "The webhook is off: VIVA_WEBHOOK_URL must be an http or "
		                      "https address without user name and password.");
	case WEBHOOK_READY:
		return arena_printf(arena,
		                    i18n(language, "Finished interviews are reported to %s."),
		                    webhooks->origin);
	default:
		return i18n(language, "No webhook is configured: no other program is told of "
		                      "finished interviews.");
	}
}

/* Errors are told as they were met, in English; the one that an operator decides on is not. */
static void set_answer(struct arena *arena, cJSON *item, const struct webhook_delivery *delivery,
                       enum language language)
{
	const char *answer = delivery->error;
	const bool is_ours = strcmp(answer, WEBHOOK_NOT_PUBLIC) == 0;

	if (is_ours)
		answer = i18n(language, "The address is not a public one.");
	else if (answer[0] == '\0')
		answer = delivery->status > 0 ? arena_printf(arena, "HTTP %d", delivery->status)
		                              : "—";
	json_set_string(item, "answer", answer);
	json_set_string(item, "answer_language", language_code(is_ours ? language : LANG_EN));
}

static const char *next_of(struct arena *arena, const struct webhook_delivery *delivery,
                           const struct webhook_page *webhooks, enum language language)
{
	if (strcmp(delivery->state, "waiting") != 0)
		return "—";
	return delivery->next_at <= webhooks->now ? i18n(language, "Now")
	                                          : format_date(arena, delivery->next_at);
}

static void add_row(struct arena *arena, cJSON *rows, const struct webhook_page *webhooks,
                    size_t index, enum language language)
{
	const struct webhook_delivery *delivery = &webhooks->list.items[index];
	const bool is_waiting = strcmp(delivery->state, "waiting") == 0;
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", delivery->id);
	json_set_string(item, "interview_id", delivery->interview_id);
	json_set_string(item, "date", format_date(arena, delivery->created_at));
	json_set_string(item, "candidate",
	                delivery->full_name[0] != '\0' ? delivery->full_name : delivery->username);
	json_set_string(item, "state", delivery->state);
	json_set_string(item, "state_title", state_title(language, delivery->state));
	json_set_number(item, "tries", delivery->tries);
	set_answer(arena, item, delivery, language);
	json_set_string(item, "next", next_of(arena, delivery, webhooks, language));
	json_set_string(item, "next_at", arena_printf(arena, "%lld", (long long)delivery->next_at));
	json_set_string(item, "action",
	                is_waiting ? i18n(language, "Send now") : i18n(language, "Send again"));
}

static void add_pages(cJSON *page, const struct webhook_query *query, int total)
{
	const int pages = (total + query->page_size - 1) / query->page_size;

	json_set_number(page, "page", query->page);
	json_set_number(page, "pages", pages > 0 ? pages : 1);
	if (query->page > 1)
		json_set_number(page, "previous", query->page - 1);
	if (query->page < pages)
		json_set_number(page, "next", query->page + 1);
}

cJSON *webhook_view_page(struct arena *arena, const struct webhook_page *webhooks,
                         enum language language)
{
	cJSON *page = cJSON_CreateObject(), *rows;

	json_set_string(page, "where", where_to(arena, webhooks, language));
	json_set_bool(page, "is_broken",
	              webhooks->state != WEBHOOK_NONE && webhooks->state != WEBHOOK_READY);
	json_set_string(page, "filter", webhooks->query.state);
	add_filters(page, webhooks->query.state, language);
	rows = json_set_array(page, "deliveries");
	for (size_t i = 0; i < webhooks->list.count; i++)
		add_row(arena, rows, webhooks, i, language);
	json_set_bool(page, "has_deliveries", webhooks->list.count > 0);
	add_pages(page, &webhooks->query, webhooks->list.total);
	return page;
}
