#include "base/format.h"

#include <math.h>
#include <string.h>

#include "base/zone.h"

#define NOT_MEASURED   "\u2013"
#define NO_BREAK_SPACE "\u00a0"

/*
 * What a person rounds up can be a binary fraction a little below the half, and printf rounds
 * exact halves to even: 63.75 is to be 63.8, and 58.75 58.8.
 */
static double rounded(double value, int decimals)
{
	const double scale = pow(10, decimals);

	return round(value * scale * (1 + 1e-12)) / scale;
}

char *format_decimal(struct arena *arena, enum language language, double value, int decimals)
{
	char *text, *point;
	size_t len;

	if (!isfinite(value))
		return arena_strdup(arena, NOT_MEASURED);
	text = arena_printf(arena, "%.*f", decimals, rounded(value, decimals));
	point = strchr(text, '.');
	len = strlen(text);
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

char *format_number(struct arena *arena, enum language language, double value)
{
	return format_decimal(arena, language, value, 2);
}

char *format_percent(struct arena *arena, enum language language, double ratio)
{
	if (!isfinite(ratio))
		return arena_strdup(arena, NOT_MEASURED);
	return arena_printf(arena, "%s%s%%", format_decimal(arena, language, ratio * 100, 1),
	                    language == LANG_EN ? "" : NO_BREAK_SPACE);
}

char *format_duration(struct arena *arena, enum language language, double seconds)
{
	long long total = isfinite(seconds) && seconds > 0 ? llround(seconds) : 0;
	int rest = (int)(total % 60), minutes = (int)(total / 60 % 60);

	if (total < 60)
		return arena_printf(arena, i18n(language, "%d s"), rest);
	if (total < 3600)
		return arena_printf(arena, i18n(language, "%d min %d s"), minutes, rest);
	return arena_printf(arena, i18n(language, "%lld h %d min"), total / 3600, minutes);
}

char *format_date(struct arena *arena, int64_t ms)
{
	return zone_text(arena, ms, CLOCK_DATE_TIME);
}
