/* The recruiter's page about a participant: interviews, notes. */
#ifndef VIVA_VIEW_PARTICIPANT_VIEW_H
#define VIVA_VIEW_PARTICIPANT_VIEW_H

#include <cjson/cJSON.h>

#include "store/history.h"
#include "store/note.h"
#include "store/participant.h"

struct participant_page {
	const struct history_query *query;
	const struct history_list *list;
	const struct participant_interview *more; /* one for each row of the list */
};

/* Adds `history`, a row for each interview, and the links to other pages of them. */
void participant_view_add(struct arena *arena, cJSON *page,
                          const struct participant_page *participant, enum language language);

/* A note as it was typed, and why it was not taken. */
struct note_form {
	const char *body, *interview_id, *error; /* NULL: nothing */
};

struct participant_notes {
	const struct note_list *list;
	const struct history_list *history; /* names of the interviews they are about */
	const struct note_form *form;
	const char *reader_id; /* may delete their own */
	const char *nonce;
};

/* Adds `notes` and the form for another one. */
void participant_view_notes(struct arena *arena, cJSON *page, const struct participant_notes *notes,
                            enum language language);

#endif
