/* The CV of a candidate: its text and what was found in it. One each. */
#ifndef VIVA_STORE_CV_H
#define VIVA_STORE_CV_H

#include "store/store.h"

struct cv {
	const char *file_name, *body;      /* as uploaded; its text */
	const char *proposal;              /* JSON, lib/profile/proposal.h */
	const char *engine;                /* "builtin" or the model that read it */
	int64_t uploaded_at, confirmed_at; /* the second is 0 until it was confirmed */
};

/* Keeps it in place of the one before; uploaded_at is set here. ERR_NOT_FOUND: no such user. */
enum err cv_save(struct store *store, const char *user_id, struct cv *cv);

/* ERR_NOT_FOUND when there is none. */
enum err cv_get(struct store *store, struct arena *arena, const char *user_id, struct cv *ret_cv);

/*
 * Notes that the proposals of the CV uploaded then were confirmed. ERR_NOT_FOUND: it was
 * deleted or another one was uploaded.
 */
enum err cv_confirm(struct store *store, const char *user_id, int64_t uploaded_at);

/* ERR_NOT_FOUND when there is none. */
enum err cv_delete(struct store *store, const char *user_id);

#endif
