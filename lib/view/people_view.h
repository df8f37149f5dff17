/* The recruiter's table of participants with its filters. */
#ifndef VIVA_VIEW_PEOPLE_VIEW_H
#define VIVA_VIEW_PEOPLE_VIEW_H

#include <cjson/cJSON.h>

#include "store/bank.h"
#include "store/participant.h"

/* What may stand in the address. */
#define PEOPLE_STATUSES "finished running none"
#define PEOPLE_STATES   "enabled disabled"

/* What the address asks for, as it was typed where that matters. */
struct people_wish {
	struct participant_query query;
	const char *from, *to;             /* dates, "" for any */
	const char *score_from, *score_to; /* per cent, "" for any */
	const char *state;                 /* of PEOPLE_STATES, or "" */
	const char *invitation;            /* its title; NULL: any */
	const char *filters; /* of the address, encoded, "a=b&" each; without order and place */
	bool is_filtered;    /* by more than the name */
	const char *error;   /* why the filters cannot be; NULL: they can */
	const struct role_list *roles;
};

/* Members for templates/participants.html; `list` may be empty when there is an error. */
cJSON *people_view(struct arena *arena, const struct people_wish *wish,
                   const struct participant_list *list, enum language language);

#endif
