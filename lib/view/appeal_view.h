/* Pages about appeals: a candidate's form, the reviewers' list, one appeal to be decided. */
#ifndef VIVA_VIEW_APPEAL_VIEW_H
#define VIVA_VIEW_APPEAL_VIEW_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "report/appeals.h"
#include "store/appeal_desk.h"

/* What a candidate objects to, and what was typed. */
struct appeal_form {
	const struct interview *interview;
	const struct question *question;
	const struct mark *mark;
	struct sentence_list sentences; /* of the answer */
	int from, to;                   /* numbers of sentences, from 1; 0: not chosen */
	const char *comment;
};

/*
 * interview_id, question_id, number, question, point_id, point, is_partial, comment, sentences
 * [{ number, text, is_from, is_to }].
 */
cJSON *appeal_view_form(struct arena *arena, const struct appeal_form *form);

/* True for a state that the list can be asked for. */
bool appeal_view_is_state(const char *state);

/* filter, filters [{ code, title, current }], appeals [{ ... }], page, pages, previous, next. */
cJSON *appeal_view_list(struct arena *arena, const struct appeal_query *query,
                        const struct appeal_row_list *list, enum language language);

/* All that a reviewer decides by. */
struct appeal_case {
	const struct appeal *appeal;
	const struct interview *interview;
	const struct question *question;
	const struct evaluation *evaluation;
	const char *candidate;
	bool has_override;
	double score, covered, partial; /* what counts now, and what it would be */
};

/*
 * Of the appeal: candidate, question, point, wordings, segments of the answer with what the
 * candidate and the examiner point at, scores, and how it was decided, if it was.
 */
cJSON *appeal_view_case(struct arena *arena, const struct appeal_case *item,
                        enum language language);

#endif
