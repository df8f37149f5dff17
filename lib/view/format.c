#include "view/format.h"

#include "report/phrase.h"

char *format_number(struct arena *arena, enum language language, double value)
{
	return phrase_number(arena, language, value);
}

char *format_percent(struct arena *arena, enum language language, double ratio)
{
	return phrase_percent(arena, language, ratio);
}

char *format_duration(struct arena *arena, enum language language, double seconds)
{
	return phrase_duration(arena, language, seconds);
}

char *format_date(struct arena *arena, enum language language, int64_t ms)
{
	(void)language; /* the three languages read the same order of day, month and year */
	return phrase_date(arena, ms);
}
