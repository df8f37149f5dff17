/* Years of experience: as a CV says them, or added up from its jobs. */
#ifndef VIVA_PROFILE_YEARS_H
#define VIVA_PROFILE_YEARS_H

#include "profile/page.h"

enum { YEARS_MAX = 50 };

struct years {
	double value; /* below 0: unknown */
	const char *quote;
};

/* As it is said ("more than 6 years of experience"); the largest such number. */
struct years years_said(const struct page *page);

/*
 * From the dates of the jobs; months that two jobs share count once, studies do not count.
 * `now` is the month that it is, counted from January of the year 0.
 */
struct years years_dated(const struct page *page, int now);

#endif
