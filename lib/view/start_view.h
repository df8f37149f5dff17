/* The form that starts an interview. */
#ifndef VIVA_VIEW_START_VIEW_H
#define VIVA_VIEW_START_VIEW_H

#include <cjson/cJSON.h>

#include "store/bank.h"
#include "store/user.h"

/* What is chosen in the form: defaults from the profile, or what was typed before an error. */
struct start_choice {
	const char *role_id, *level, *type;
	enum language language;
	int question_count, time_limit_min; /* 0: no limit */
	const char *job_description;
};

/* The form's page: options in `language`, `nonce` as its one-time value. */
cJSON *start_view(const struct role_list *roles, const struct start_choice *choice,
                  enum language language, const char *nonce);

#endif
