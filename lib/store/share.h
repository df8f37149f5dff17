/* Links by which owners show their reports to whoever has the link. */
#ifndef VIVA_STORE_SHARE_H
#define VIVA_STORE_SHARE_H

#include <stdbool.h>

#include "store/store.h"

/* Of an interview, those that still open something. */
enum { SHARES_MAX = 20 };

struct share {
	const char *id, *interview_id;
	bool has_transcript;
	int64_t created_at, expires_at;
	int64_t revoked_at, seen_at; /* 0: never */
	int64_t views;
};

struct share_list {
	struct share *items;
	size_t count;
};

/*
 * Adds the link of the owner's interview (`created_at` is set here) and its entry in the audit
 * log. ERR_NOT_FOUND: it is no completed interview of theirs. ERR_CONFLICT: there is a link
 * with this id. ERR_LIMITED: there are SHARES_MAX.
 */
enum err share_add(struct store *store, const char *owner_id, struct share *share);

/* All of an interview, newest first. */
enum err share_list(struct store *store, struct arena *arena, const char *interview_id,
                    struct share_list *ret_list);

/*
 * Ends a link of the owner's interview (`share` names both), with an entry in the audit log.
 * ERR_NOT_FOUND: there is none, or it was ended before.
 */
enum err share_revoke(struct store *store, const char *owner_id, const struct share *share);

/*
 * The link if it opens anything. ERR_NOT_FOUND: unknown, expired, revoked, or its owner is
 * disabled. `ret_owner_id` is whose report it is.
 */
enum err share_open(struct store *store, struct arena *arena, const char *id,
                    struct share *ret_share, const char **ret_owner_id);

/* Counts a view, unless somebody else is writing just then. */
void share_note_view(struct store *store, const char *id);

#endif
