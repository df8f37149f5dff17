/* The page on which a candidate confirms what was found in their CV. */
#ifndef VIVA_VIEW_CV_VIEW_H
#define VIVA_VIEW_CV_VIEW_H

#include "profile/proposal.h"
#include "store/cv.h"
#include "store/user.h"

/* What stands in the form: from the CV and the profile, or what was typed before a fault. */
struct cv_choice {
	const struct cv *cv;
	const struct proposal *proposal; /* of that CV */
	const char *position, *level, *years, *more;
	const bool *is_chosen; /* of each technology of the proposal */
};

/*
 * The form as it is shown first: what the CV says where it says something, else the profile.
 * Technologies of the profile that the CV does not name go to `more`. After a confirmation the
 * profile alone counts.
 */
struct cv_choice cv_view_choice(struct arena *arena, const struct user *user, const struct cv *cv,
                                const struct proposal *proposal);

/* Adds file, version, values with their quotes, technologies and levels to the page. */
void cv_view_add(struct arena *arena, cJSON *page, const struct cv_choice *choice,
                 enum language language);

/* Years as they stand in a form: "3.5"; "" below 0. */
const char *cv_view_years(struct arena *arena, double years);

#endif
