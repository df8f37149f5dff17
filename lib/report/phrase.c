#include "report/phrase.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"

bool phrase_iso_ms(const char *iso, int64_t *ret_ms)
{
	struct tm parts = { 0 };
	const char *end = strptime(iso, "%Y-%m-%dT%H:%M:%SZ", &parts);

	if (end == NULL || *end != '\0')
		return false;
	*ret_ms = (int64_t)timegm(&parts) * 1000;
	return true;
}

char *phrase_quoted(struct arena *arena, enum language language, const char *text)
{
	char *copy = arena_strdup(arena, text);
	size_t len = strlen(copy);

	if (len > 1 && copy[len - 1] == '.' && copy[len - 2] != '.')
		copy[len - 1] = '\0';
	return arena_printf(arena, i18n(language, "“%s”"), copy);
}

char *phrase_nested(struct arena *arena, const char *text)
{
	struct buf out;
	int depth = 0;

	buf_init(&out, arena);
	for (; *text != '\0'; text++) {
		const bool opens = text_starts(text, "«"), closes = text_starts(text, "»");

		depth += opens;
		if ((opens || closes) && depth > 1)
			buf_str(&out, opens ? "„" : "“");
		else if (opens || closes)
			buf_str(&out, opens ? "«" : "»");
		else
			buf_char(&out, *text);
		text += opens || closes;
		depth -= closes && depth > 0;
		if (*text == '\n')
			depth = 0;
	}
	return out.data;
}

char *phrase_joined(struct arena *arena, const char *const *items, size_t count,
                    const char *separator)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_str(&out, separator);
		buf_str(&out, items[i]);
	}
	return out.data;
}
