/* Invitations as recruiters manage them and as candidates meet them. */
#ifndef VIVA_VIEW_INVITATION_VIEW_H
#define VIVA_VIEW_INVITATION_VIEW_H

#include <cjson/cJSON.h>

#include "interview/invite.h"

/*
 * Adds title, role, level, type, language, code_language, questions ("10 questions"), coding
 * ("2 coding tasks"), limit and job_description to the page, in words.
 */
void invitation_view_facts(struct arena *arena, cJSON *page, const struct invitation *invitation,
                           enum language language);

/* What awaits the candidate. */
cJSON *invitation_view_landing(struct arena *arena, const struct invitation *invitation,
                               enum language language);

/* Why the invitation opens nothing: heading and text. */
cJSON *invitation_view_closed(enum invitation_state state, enum language language);

/* The same for who had it and deleted the interview. */
cJSON *invitation_view_deleted(enum language language);

/* The list; the links are `origin` (scheme, host and base path) and the token. */
cJSON *invitation_view_list(struct arena *arena, const struct invitation_list *list,
                            const char *origin, enum language language);

/*
 * Adds `questions` in the invitation's language `asked_in`: text, difficulty and, of a coding
 * task, kind. Snapshots that cannot be read are shown by their id.
 */
void invitation_view_questions(cJSON *page, const struct invited_question_list *list,
                               enum language asked_in, enum language language);

/* One invitation for recruiters: facts, state, link with its picture. */
cJSON *invitation_view_page(struct arena *arena, const struct invitation *invitation,
                            const char *origin, enum language language);

/* Adds the form's own choices: title, uses and days. */
void invitation_view_wish(cJSON *page, const struct invite_wish *wish, enum language language);

/* Adds the members of a list in pages: page, pages, previous, next. */
void invitation_view_pages(cJSON *page, struct invitation_page part, int total);

/* The lives and numbers of uses that can be chosen, as words of a list. */
#define INVITATION_DAYS "1 3 7 14 30 60 90"

#endif
