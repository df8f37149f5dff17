/* Private to participant*.c: who fits a query, in SQL. */
#ifndef VIVA_STORE_PARTICIPANT_SQL_H
#define VIVA_STORE_PARTICIPANT_SQL_H

#include "store/participant.h"
#include "store/statement.h"

/* Some of the candidates by what is rare of them. */
enum participant_driver {
	DRIVER_NONE, /* nothing is rare */
	DRIVER_NAME,
	DRIVER_DISABLED,
	DRIVER_IDLE, /* without an interview */
	DRIVER_KIND,
	DRIVER_START,
	DRIVER_SHARE,
	DRIVER_INVITATION,
};

/* What FITS wants of interviews. */
enum participant_wish { WISH_NOTHING, WISH_NO_INTERVIEW, WISH_INTERVIEW };

/* A query as its statements are given it. */
struct participant_terms {
	const struct participant_query *query;
	const char *pattern;         /* LIKE; "" for all */
	const char *part, *part_end; /* bounds of participant_names */
	const char *role_id, *level, *type, *status, *invitation_id;
	int64_t from, to;
	double share_from, share_to; /* from below 0: any */
	enum participant_wish wish;
	enum participant_driver driver;
};

/* What statements are given of it; what lives in the arena or the query. */
struct participant_terms participant_terms_of(struct arena *arena,
                                              const struct participant_query *query);

/* The interview `i` fits. */
#define INTERVIEW_FITS                                                   \
	"($4 = '' OR i.role_id = $4) AND ($5 = '' OR i.level = $5)"      \
	" AND ($6 = '' OR i.type = $6)"                                  \
	" AND ($7 = '' OR (i.status = 'completed') = ($7 = 'finished'))" \
	" AND i.created_at >= $8 AND i.created_at < $9"                  \
	" AND ($10 < 0 OR i.share BETWEEN $10 AND $11)"                  \
	" AND ($12 = '' OR i.invitation_id = $12)"

/* The participant `p` fits; these parameters come first in a statement. */
#define FITS                                                                                 \
	"($1 = 0 OR p.is_disabled = $1 - 1) AND ($2 = '' OR p.name_key LIKE $2 ESCAPE '\\')" \
	" AND ($3 = 0 OR ($3 = 1 AND p.interviews = 0) OR ($3 = 2 AND EXISTS (SELECT 1"      \
	" FROM interviews i WHERE i.owner_id = p.user_id AND " INTERVIEW_FITS ")))"

/* Values of FITS, then others. */
#define FITS_VALUES(terms, ...)                                                                  \
	VALUES(val_int((terms)->query->filter.state), val_text((terms)->pattern),                \
	       val_int((terms)->wish), val_text((terms)->role_id), val_text((terms)->level),     \
	       val_text((terms)->type), val_text((terms)->status), val_int((terms)->from),       \
	       val_int((terms)->to), val_real((terms)->share_from), val_real((terms)->share_to), \
	       val_text((terms)->invitation_id), __VA_ARGS__)

/*
 * Chooses the filter that the fewest fit, and DRIVER_NONE if more than `most` rows fit each; sets
 * part and part_end as well.
 */
enum err participant_choose(struct store *store, struct arena *arena, int most,
                            struct participant_terms *terms);

/* All who fit, through the driver that was chosen. */
enum err participant_gather(struct store *store, struct arena *arena,
                            const struct participant_terms *terms,
                            struct participant_numbers *ret_numbers);

/* The last becomes the first. */
void participant_turn_round(struct participant_numbers *numbers);

/* Along the index of the order. */
struct participant_walk {
	bool descending;
	int64_t start;    /* behind that one; 0: from the first */
	int skip, most;   /* of those who fit */
	int look_at;      /* at most so many; below 0: all */
	bool counts_all;  /* goes on to the end to count */
	int fitting;      /* found: those who fit, as far as it went */
	int64_t last;     /* found: the last one that was looked at; 0: the end was reached */
	bool reached_end; /* found: nobody comes behind */
	struct participant_numbers numbers; /* found */
};

/* Goes from one to the next until it has what was wanted, or has looked at as many as it may. */
enum err participant_walk(struct store *store, struct arena *arena,
                          const struct participant_terms *terms, struct participant_walk *walk);

#endif
