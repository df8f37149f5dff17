#include "view/role_view.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "report/terms.h"

cJSON *role_view_list(const struct role_list *roles, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "roles");

	for (size_t i = 0; i < roles->count; i++) {
		const struct role *role = &roles->items[i];
		cJSON *row = json_add_object(rows);

		json_set_string(row, "id", role->id);
		json_set_string(row, "title", role->title[language]);
		json_set_string(row, "track", terms_track(language, role->track));
		json_set_bool(row, "is_enabled", role->enabled);
		json_set_bool(row, "is_edited", role->edited_at != 0);
	}
	return page;
}

cJSON *role_view_form(const struct role *role, const char *tags)
{
	cJSON *page = cJSON_CreateObject(), *titles = json_set_array(page, "titles");

	json_set_string(page, "id", role->id);
	json_set_string(page, "track", role->track);
	json_set_string(page, "tags", tags);
	for (enum language language = 0; language < LANG_COUNT; language++) {
		cJSON *title = json_add_object(titles);

		json_set_string(title, "code", language_code(language));
		json_set_string(title, "name", language_name(language));
		json_set_string(title, "value", role->title[language]);
	}
	return page;
}

const char *role_view_tags(struct arena *arena, const struct role *role)
{
	struct buf text;
	cJSON *tags;
	const cJSON *tag;

	buf_init(&text, arena);
	if (json_parse(role->skill_tags, strlen(role->skill_tags), &tags) != OK)
		return "";
	cJSON_ArrayForEach(tag, tags)
	{
		if (cJSON_IsString(tag))
			buf_printf(&text, "%s%s", text.len > 0 ? ", " : "", tag->valuestring);
	}
	return text.len > 0 ? text.data : "";
}
