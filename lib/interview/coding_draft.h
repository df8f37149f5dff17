/*
 * The code being written on a coding question: one text a language, begun with the starter,
 * safe from another tab that lags behind and from a reset.
 */
#ifndef VIVA_INTERVIEW_CODING_DRAFT_H
#define VIVA_INTERVIEW_CODING_DRAFT_H

#include "interview/coding.h"

struct coding_draft {
	const char *code;    /* as saved, or the starter */
	int64_t saved_at;    /* 0: nothing was saved yet */
	bool can_undo_reset; /* what stood there before the last reset is kept */
};

/* What the editor shows in that language of the task. */
enum err coding_draft_open(const struct coding *coding, const char *code_language,
                           struct coding_draft *ret_draft);

/* True if code in that language can be sent: the task allows it, and the judge, if any, too. */
bool coding_draft_can_use(const struct coding *coding, const struct judge *judge,
                          const char *code_language);

/*
 * The language to begin with: the wanted one if the task can be solved in it, else that of the
 * newest draft, of the interview, or the first to use.
 */
const char *coding_draft_language(const struct coding *coding, const struct judge *judge,
                                  const char *wanted);

/*
 * Saves `draft->code`, which a page wrote that began with the text of `draft->saved_at`, and
 * sets that to the new time. ERR_CONFLICT: another page saved other code since then; it is
 * `*ret_newer`, and nothing is saved. A closed question keeps what it has: OK.
 */
enum err coding_draft_keep(const struct coding *coding, const char *code_language,
                           struct coding_draft *draft, struct coding_draft *ret_newer);

/*
 * True if code of the question was run or drafted, in any of its languages, and none was
 * submitted: being done with it would leave that code unjudged.
 */
enum err coding_draft_is_unsent(const struct coding *coding, bool *ret_is_unsent);

/* Puts the starter in place of the draft, which is kept for coding_draft_undo_reset. */
enum err coding_draft_reset(const struct coding *coding, const char *code_language);

/* Brings back what the last reset took away. OK too when there was none. */
enum err coding_draft_undo_reset(const struct coding *coding, const char *code_language);

#endif
