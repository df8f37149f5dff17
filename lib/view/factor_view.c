#include "view/factor_view.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "view/qr.h"

enum { GROUP = 4 };

static const char *in_groups(struct arena *arena, const char *text)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; text[i] != '\0'; i++) {
		if (i > 0 && i % GROUP == 0)
			buf_char(&out, ' ');
		buf_char(&out, text[i]);
	}
	return out.data;
}

cJSON *factor_view_setup(struct arena *arena, const char *secret, const char *uri,
                         enum language language)
{
	cJSON *page = cJSON_CreateObject(), *setup = json_set_object(page, "setup");
	const char *label = i18n(language, "Picture with the key for the app");

	json_set_string(setup, "secret", secret);
	json_set_string(setup, "secret_shown", in_groups(arena, secret));
	json_set_string(setup, "uri", uri);
	json_set_html(setup, "picture", qr_svg(arena, uri, label));
	return page;
}

cJSON *factor_view_on(struct arena *arena, int codes_left, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *on = json_set_object(page, "on");

	json_set_string(on, "codes_left",
	                arena_printf(arena,
	                             i18n_plural(language, "%d recovery code is left.",
	                                         "%d recovery codes are left.", codes_left),
	                             codes_left));
	return page;
}

cJSON *factor_view_codes(const char *const *codes, size_t count)
{
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "codes");

	for (size_t i = 0; i < count; i++)
		json_set_string(json_add_object(rows), "code", codes[i]);
	return page;
}

const char *factor_view_file(struct arena *arena, const char *const *codes, size_t count)
{
	struct buf file;

	buf_init(&file, arena);
	for (size_t i = 0; i < count; i++)
		buf_printf(&file, "%s\n", codes[i]);
	return file.data;
}
