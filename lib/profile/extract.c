#include "profile/extract.h"

#include <time.h>

#include "profile/position.h"
#include "profile/years.h"

/* Years from which somebody is no junior any more, and from which they are a senior. */
static const double MIDDLE_YEARS = 2, SENIOR_YEARS = 6;

static int month_of(int64_t now_ms)
{
	const time_t seconds = now_ms / 1000;
	struct tm now;

	gmtime_r(&seconds, &now);
	return (now.tm_year + 1900) * 12 + now.tm_mon;
}

/* Where the CV names none: what so many years make. */
static const char *level_of(double years)
{
	if (years < MIDDLE_YEARS)
		return "junior";
	return years < SENIOR_YEARS ? "middle" : "senior";
}

static double rounded_to_half(double years)
{
	return (int)(years * 2 + 0.5) / 2.0;
}

static struct proposal_value *copy_technologies(struct arena *arena,
                                                const struct technologies *found)
{
	struct proposal_value *values = arena_array(arena, found->count, sizeof(*values));

	for (size_t i = 0; i < found->count; i++)
		values[i] = (struct proposal_value){ found->items[i].name, found->items[i].quote };
	return values;
}

struct extract extract_read(struct arena *arena, const char *text, int64_t now_ms)
{
	struct extract extract = { .page = page_read(arena, text) };
	struct proposal *proposal = &extract.proposal;
	struct years years = years_said(&extract.page);
	size_t at;

	if (years.value < 0)
		years = years_dated(&extract.page, month_of(now_ms));
	extract.technologies = technologies_find(&extract.page);
	proposal->position = position_find(&extract.page, &at);
	proposal->level = position_level(&extract.page, at);
	proposal->years = years.value < 0 ? -1 : rounded_to_half(years.value);
	proposal->years_quote = years.quote;
	if (proposal->level.value == NULL && years.value >= 0)
		proposal->level = (struct proposal_value){ level_of(years.value), years.quote };
	proposal->technologies = copy_technologies(arena, &extract.technologies);
	proposal->count = extract.technologies.count;
	return extract;
}
