/* What recruiters write down about candidates, for recruiters. */
#ifndef VIVA_STORE_NOTE_H
#define VIVA_STORE_NOTE_H

#include "store/store.h"

struct note {
	const char *id;           /* UUID */
	const char *user_id;      /* about */
	const char *interview_id; /* about this one of theirs; NULL: the person */
	const char *author_id;    /* NULL: that account was deleted */
	const char *author_name;  /* of a listed note; NULL likewise */
	const char *body;         /* plain text */
	const char *nonce;        /* of the form */
	int64_t created_at;
};

struct note_list {
	struct note *items;
	size_t count;
};

/*
 * Adds it (id and created_at are set here). ERR_CONFLICT: the form was sent already;
 * ERR_NOT_FOUND: the interview is none of that person's, or the person is no candidate.
 */
enum err note_add(struct store *store, struct arena *arena, struct note *note);

/* All about the person, newest first, at most 200. */
enum err note_list(struct store *store, struct arena *arena, const char *user_id,
                   struct note_list *ret_list);

/* Deletes the author's own; ERR_NOT_FOUND when it is not, or not about that person. */
enum err note_delete(struct store *store, const char *id, const char *user_id,
                     const char *author_id);

#endif
