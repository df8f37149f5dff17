/*
 * Who reads CVs in a program: the sandbox that makes text of them and the model, where there
 * is one. Opened with the first CV, so that a program that gets none pays nothing.
 */
#ifndef VIVA_PROFILE_READER_H
#define VIVA_PROFILE_READER_H

#include "examiner/agent.h"
#include "profile/cv.h"
#include "profile/proposal.h"
#include "store/user.h"

struct reader;

/* A reader that is not open yet; lives in `lasting`. Any thread may use it. */
struct reader *reader_create(struct arena *lasting);

struct reading {
	enum cv_fault fault; /* anything but CV_FINE: the rest is not set */
	const char *text;
	struct proposal proposal;
	const char *engine; /* "builtin" or the model's name */
};

/*
 * Reads an upload: its text and what it proposes, by the model if one answers in time, else
 * by the built-in extractor. The model is asked in the user's language, and what it was asked
 * is kept as the user's. A model's values count only where
 * the CV bears them out; what it leaves open the built-in extractor fills in.
 */
struct reading reader_read(struct reader *reader, struct store *store, struct arena *arena,
                           const struct buf *pdf, const struct user *user);

/* The same for text that is there already; `desk` may be NULL. */
struct reading reader_read_text(const struct agent_desk *desk, struct arena *arena,
                                const char *text, enum language language, int64_t now_ms);

#endif
