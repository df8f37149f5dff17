/* The card of a key point, when it is graded. */
#ifndef VIVA_INTERVIEW_REVIEW_CARD_H
#define VIVA_INTERVIEW_REVIEW_CARD_H

#include "interview/memory.h"
#include "store/review.h"

/*
 * Grades a point at `at`; a card whose `repetitions` are 0 is a new one. For the memory, days
 * are whole ones of 24 hours since the last grade, as in py-fsrs. The card is due from the
 * start of the day of the reader's calendar that the interval leads to, or MEMORY_AGAIN_MIN
 * minutes later when the point was not said: one that is due tomorrow and answered before 24
 * hours are over gains as within a day, and soon comes again.
 */
void review_card_grade(struct review_card *card, enum memory_grade grade, int64_t at);

/* Days until it comes again after that grade; 0: within the hour. */
int review_card_days(const struct review_card *card, enum memory_grade grade);

#endif
