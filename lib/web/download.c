#include "web/download.h"

#include <string.h>

#include "base/buf.h"
#include "base/latin.h"
#include "base/text.h"
#include "web/form.h"

enum { NAME_MAX_BYTES = 200, ENDING_MAX_BYTES = 10 };

/* Cut at a character, so that the name with its ending has at most NAME_MAX_BYTES. */
static const char *bounded(struct arena *arena, const char *name)
{
	const char *ending = strrchr(name, '.');
	size_t len;

	if (strlen(name) <= NAME_MAX_BYTES)
		return name;
	if (ending == NULL || strlen(ending) > ENDING_MAX_BYTES)
		ending = "";
	len = NAME_MAX_BYTES - strlen(ending);
	while (len > 0 && ((unsigned char)name[len] & 0xC0) == 0x80)
		len--;
	return arena_printf(arena, "%s%s", arena_copy(arena, name, len), ending);
}

/* Without controls and slashes, which no file's name can have; not hidden and not empty. */
static char *cleaned(struct arena *arena, const char *name)
{
	const char *end = name + strlen(name);
	struct buf out;
	char bytes[4];

	buf_init(&out, arena);
	while (name < end) {
		const uint32_t c = text_next(&name, end);
		const bool is_bad = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == '/' || c == '\\' ||
		                    (c == '.' && out.len == 0);

		buf_add(&out, bytes, text_encode(is_bad ? '_' : c, bytes));
	}
	return out.len > 0 ? out.data : arena_strdup(arena, "download");
}

/* Some clients decode per cent signs or end the value at a semicolon even between quotes. */
static char *plain(struct arena *arena, const char *name)
{
	char *text = latin_text(arena, name);

	for (char *p = text; *p != '\0'; p++)
		if (strchr("\"\\%;/", *p) != NULL)
			*p = *p == '"' ? '\'' : '_';
	return text;
}

char *download_disposition(struct arena *arena, const char *name)
{
	const char *clean = bounded(arena, cleaned(arena, name));

	return arena_printf(arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s",
	                    plain(arena, clean), form_encode(arena, clean));
}
