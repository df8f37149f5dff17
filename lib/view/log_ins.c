#include "view/log_ins.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"

/* What stands in a User-Agent, and what people call it; the first that fits. */
struct sign {
	const char *word, *name;
};

static const struct sign browsers[] = {
	{ "YaBrowser/", "Yandex" }, { "SamsungBrowser/", "Samsung Internet" },
	{ "Vivaldi/", "Vivaldi" },  { "OPR/", "Opera" },
	{ "Edg", "Edge" },          { "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" },    { "CriOS/", "Chrome" },
	{ "Chrome/", "Chrome" },    { "Safari/", "Safari" },
};

static const struct sign systems[] = {
	{ "iPhone", "iPhone" },   { "iPad", "iPad" },       { "Android", "Android" },
	{ "Windows", "Windows" }, { "Macintosh", "macOS" }, { "CrOS", "ChromeOS" },
	{ "Linux", "Linux" },
};

static const char *find(const struct sign *signs, size_t count, const char *user_agent)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(user_agent, signs[i].word) != NULL)
			return signs[i].name;
	return NULL;
}

/* "curl" of "curl/7.88.1 (...)": letters, digits, dashes and underscores. */
static const char *program(struct arena *arena, const char *user_agent)
{
	enum { MOST = 40 };
	size_t len = 0;

	while (len < MOST && user_agent[len] > 0x20 && user_agent[len] < 0x7F &&
	       strchr("/();,", user_agent[len]) == NULL)
		len++;
	return len > 0 ? arena_copy(arena, user_agent, len) : NULL;
}

const char *log_ins_device(struct arena *arena, const char *user_agent, enum language language)
{
	const char *browser = find(browsers, sizeof(browsers) / sizeof(*browsers), user_agent);
	const char *system = find(systems, sizeof(systems) / sizeof(*systems), user_agent);
	const char *name;

	if (browser != NULL && system != NULL)
		return arena_printf(arena, i18n(language, "%s on %s"), browser, system);
	if (browser != NULL)
		return browser;
	if (text_starts(user_agent, "Mozilla/") && system != NULL)
		return arena_printf(arena, i18n(language, "a browser on %s"), system);
	name = program(arena, user_agent);
	if (name == NULL || text_starts(user_agent, "Mozilla/"))
		return i18n(language, "unknown device");
	return arena_printf(arena, i18n(language, "a program: %s"), name);
}

static cJSON *add(struct arena *arena, cJSON *rows, const char *id, const char *user_agent,
                  enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "id", id);
	json_set_string(item, "device", log_ins_device(arena, user_agent, language));
	return item;
}

static void add_times(struct arena *arena, cJSON *item, int64_t begun, int64_t used)
{
	json_set_string(item, "begun", format_date(arena, begun));
	json_set_string(item, "used", format_date(arena, used));
}

void log_ins_add(struct arena *arena, cJSON *page, const struct log_ins *log_ins,
                 enum language language)
{
	cJSON *rows = json_set_array(page, "log_ins");

	for (size_t i = 0; i < log_ins->sessions->count; i++) {
		const struct session_row *row = &log_ins->sessions->items[i];
		cJSON *item = add(arena, rows, row->id, row->user_agent, language);

		add_times(arena, item, row->created_at, row->seen_at);
		json_set_bool(item, "is_current",
		              strcmp(row->token_hash, log_ins->current_hash) == 0);
	}
	for (size_t i = 0; i < log_ins->families->count; i++) {
		const struct token_family *row = &log_ins->families->items[i];
		cJSON *item = add(arena, rows, row->id, row->user_agent, language);

		add_times(arena, item, row->created_at, row->seen_at);
		json_set_bool(item, "is_program", true);
	}
}
