#include "report/phrase.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"

#define NOT_MEASURED   "\u2013"
#define NO_BREAK_SPACE "\u00a0"

/* `value` with at most `decimals` digits behind the language's decimal sign. */
static char *decimal(struct arena *arena, enum language language, double value, int decimals)
{
	char *text = arena_printf(arena, "%.*f", decimals, value);
	char *point = strchr(text, '.');
	size_t len = strlen(text);

	if (point == NULL)
		return text;
	while (text[len - 1] == '0')
		text[--len] = '\0';
	if (text[len - 1] == '.')
		text[--len] = '\0';
	else if (language != LANG_EN)
		*point = ',';
	return strcmp(text, "-0") == 0 ? text + 1 : text;
}

char *phrase_number(struct arena *arena, enum language language, double value)
{
	return isfinite(value) ? decimal(arena, language, value, 2)
	                       : arena_strdup(arena, NOT_MEASURED);
}

char *phrase_percent(struct arena *arena, enum language language, double ratio)
{
	if (!isfinite(ratio))
		return arena_strdup(arena, NOT_MEASURED);
	return arena_printf(arena, "%s%s%%", decimal(arena, language, ratio * 100, 1),
	                    language == LANG_EN ? "" : NO_BREAK_SPACE);
}

char *phrase_duration(struct arena *arena, enum language language, double seconds)
{
	long long total = isfinite(seconds) && seconds > 0 ? llround(seconds) : 0;
	int rest = (int)(total % 60), minutes = (int)(total / 60 % 60);

	if (total < 60)
		return arena_printf(arena, i18n(language, "%d s"), rest);
	if (total < 3600)
		return arena_printf(arena, i18n(language, "%d min %d s"), minutes, rest);
	return arena_printf(arena, i18n(language, "%lld h %d min"), total / 3600, minutes);
}

char *phrase_date(struct arena *arena, int64_t ms)
{
	return clock_text(arena, ms, config()->tz_offset_min, CLOCK_DATE_TIME);
}

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
