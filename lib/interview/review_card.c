#include "interview/review_card.h"

#include "base/zone.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS    (24 * 60 * MINUTE_MS)

static struct memory memory_of(const struct review_card *card)
{
	return (struct memory){ .stability = card->stability, .difficulty = card->difficulty };
}

int review_card_days(const struct review_card *card, enum memory_grade grade)
{
	const struct memory memory = memory_of(card);

	return grade == MEMORY_AGAIN ? 0 : memory_interval_days(&memory);
}

/*
 * Whole days of 24 hours, as the model was fitted: what is said some minutes after it was read
 * proves little, also when midnight is between.
 */
static double days_between(int64_t from, int64_t to)
{
	return to > from ? (double)((to - from) / DAY_MS) : 0;
}

static int64_t due_after(const struct review_card *card, enum memory_grade grade, int64_t at)
{
	const int days = review_card_days(card, grade);

	if (days == 0)
		return at + MEMORY_AGAIN_MIN * MINUTE_MS;
	/* Noon, for a day that the clocks change is not as long as others. */
	return zone_day_start(zone_day_start(at) + days * DAY_MS + DAY_MS / 2);
}

void review_card_grade(struct review_card *card, enum memory_grade grade, int64_t at)
{
	const bool is_new = card->repetitions == 0;
	const double days = is_new ? 0 : days_between(card->last_at, at);
	struct memory memory = { 0 };

	if (!is_new)
		memory = memory_of(card);
	memory = memory_grade(memory, grade, days);
	card->stability = memory.stability;
	card->difficulty = memory.difficulty;
	card->lapses += !is_new && grade == MEMORY_AGAIN;
	card->repetitions++;
	card->last_at = at;
	card->due_at = due_after(card, grade, at);
}
