/* The form that starts an interview. */
#ifndef VIVA_VIEW_START_VIEW_H
#define VIVA_VIEW_START_VIEW_H

#include <cjson/cJSON.h>

#include "store/bank.h"
#include "store/user.h"

/* What is chosen in the form: defaults from the profile, or what was typed before an error. */
struct start_choice {
	const char *role_id, *level, *type;
	const char *role_title;  /* in the candidate's own words; "": the catalogue's */
	const char *asked_title; /* that the form was shown again for; "": none */
	enum language language;
	int question_count, time_limit_min; /* 0: no limit */
	const char *job_description;
	int coding_percent;        /* one of START_SHARES */
	const char *code_language; /* of the judge */
};

/* The shares of coding tasks that can be chosen, in percent, as words of a list. */
#define START_SHARES "0 25 50 75 100"

/* The names of the judge's languages that can be chosen, as words of a list. */
const char *start_code_languages(struct arena *arena);

/* The form's page: options in `language`, `nonce` as its one-time value. */
cJSON *start_view(const struct role_list *roles, const struct start_choice *choice,
                  enum language language, const char *nonce);

#endif
