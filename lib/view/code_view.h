/* The page of a coding task: the task, the editor, hints, results, attempts. */
#ifndef VIVA_VIEW_CODE_VIEW_H
#define VIVA_VIEW_CODE_VIEW_H

#include <cjson/cJSON.h>

#include "base/mustache.h"
#include "interview/coding_draft.h"

/* What the editor holds. */
struct code_editor {
	const char *code_language; /* of the judge */
	struct coding_draft draft;
	const char *custom_input; /* NULL: that of the last run */
	const char *newer;        /* what another tab saved at draft.saved_at instead; or NULL */
	const char *nonce;        /* the form's one-time value */
	const char *error;        /* why the form was refused, or NULL */
	bool asks_leave;          /* whether to leave without an attempt */
};

/* The page's members but those that code_view_results adds. */
cJSON *code_view(const struct coding *coding, const struct judge *judge,
                 const struct code_editor *editor);

/*
 * code_results_add, and in `sent` who explained the error: `explained_by`, with the words as
 * HTML in `explanation_html`, or `can_explain` when a model can be asked to.
 */
enum err code_view_results(cJSON *page, const struct coding *coding, const struct submission *sent);

/* What the script is told when a form was refused: `error`, and `newer` with its time. */
cJSON *code_view_refusal(const struct code_editor *editor);

/*
 * What the script is told of the submission with that id: code_results_status, `results` and
 * `progress`, the editor's nonce and, if it holds a draft, when that was saved. ERR_NOT_FOUND:
 * it is none of the question's.
 */
enum err code_view_status(const struct coding *coding, const char *id,
                          const struct code_editor *editor, const struct mustache *templates,
                          cJSON **ret_status);

#endif
