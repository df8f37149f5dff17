/* People, their browsers' log-ins and the counters that slow guessing down. */
#ifndef VIVA_STORE_USER_H
#define VIVA_STORE_USER_H

#include <stdbool.h>

#include "base/i18n.h"
#include "store/store.h"

struct user {
	const char *id, *username, *full_name, *password_hash;
	enum language language;
	bool is_admin, is_disabled;
	const char *position, *level, *stack, *about; /* the profile; "" when unknown */
	int64_t created_at;
	const char *time_zone;   /* of the times shown: "Europe/Kyiv"; "": the server's */
	double experience_years; /* below 0: unknown */
	const char *totp_secret; /* base32; NULL: no second factor */
	int64_t totp_step;       /* last one whose code was used */
	bool is_blind;           /* an admin who reviews without knowing whom, see report/blind.h */
};

/*
 * Adds a user (id and created_at are set here). Full names are stored as text_name makes them,
 * here and below. ERR_CONFLICT: the name is taken.
 */
enum err user_add(struct store *store, struct arena *arena, struct user *user);

/* ERR_NOT_FOUND when there is none. Names are compared without regard to case. */
enum err user_by_id(struct store *store, struct arena *arena, const char *id,
                    struct user *ret_user);
enum err user_by_name(struct store *store, struct arena *arena, const char *username,
                      struct user *ret_user);

/*
 * These four give ERR_NOT_FOUND when there is no such user. The profile is full_name,
 * language, position, level, stack, about and experience_years.
 */
enum err user_save_profile(struct store *store, const struct user *user);
enum err user_save_language(struct store *store, const char *id, enum language language);
enum err user_save_password(struct store *store, const char *id, const char *password_hash);
enum err user_set_admin(struct store *store, const char *id, bool is_admin);

/* Blind review, of an admin. ERR_NOT_FOUND when it is that already, or there is no such user. */
enum err user_set_blind(struct store *store, const char *id, bool is_blind);

/* Another name; the tries at the old one are forgotten. ERR_CONFLICT: it is somebody else's. */
enum err user_rename(struct store *store, const char *id, const char *username);

/* Forgets the log-ins tried at the user's name, unless its key is `but_key` ("": whatever it is).
 */
enum err user_forget_tries(struct store *store, const char *id, const char *but_key);

/* A zone of base/zone.h, or "". */
enum err user_save_time_zone(struct store *store, const char *id, const char *time_zone);

/*
 * Removes the user with everything of theirs, and their name from what others did; a count
 * stays. ERR_FORBIDDEN: nobody else could administer. What the database's log file still
 * holds is wiped at once when nobody reads, else by store_empty_log of the housekeeping.
 */
enum err user_delete(struct store *store, struct arena *arena, const char *id);

/*
 * Ends all log-ins of browsers and programs, but for the session with this hash (NULL: that as
 * well), those that wait for a code and reset codes; personal tokens stay.
 */
enum err user_end_log_ins(struct store *store, const char *id, const char *but_hash);

/*
 * A disabled user cannot log in and is nobody to sessions and tokens; log-ins and personal
 * tokens end for good.
 * ERR_NOT_FOUND when there is no such user.
 */
enum err user_set_disabled(struct store *store, const char *id, bool is_disabled);

/* True if there is at least one admin. */
enum err user_any_admin(struct store *store, bool *ret_exists);

/*
 * A browser's log-in; of very many the least used ones end. `token_hash` is what is stored of the
 * cookie. ERR_NOT_FOUND: no such user.
 */
enum err session_add(struct store *store, const char *token_hash, const char *user_id,
                     const char *user_agent, int64_t expires_at);

/*
 * The user of a live session, ERR_NOT_FOUND if it is unknown, expired or its user
 * disabled. Notes the use and prolongs the session to `expires_at`, at most once in
 * five minutes, and never fails because that write could not be made.
 */
enum err session_user(struct store *store, struct arena *arena, const char *token_hash,
                      int64_t expires_at, struct user *ret_user);
enum err session_delete(struct store *store, const char *token_hash);

/* A log-in of a browser, for the list of them. */
struct session_row {
	const char *id, *token_hash, *user_agent;
	int64_t created_at, seen_at, expires_at;
};

struct session_list {
	struct session_row *items;
	size_t count;
};

/* The user's live log-ins, newest use first. */
enum err session_list(struct store *store, struct arena *arena, const char *user_id,
                      struct session_list *ret_list);

/* Ends one of the user's log-ins; ERR_NOT_FOUND when it is none. */
enum err session_delete_one(struct store *store, const char *user_id, const char *id);

/* Ends the user's log-ins, but for the one with this hash; NULL: that as well. */
enum err session_delete_all(struct store *store, const char *user_id, const char *but_hash);

/* Removes expired sessions, tokens, throttle windows and answers kept for repeats. */
enum err session_delete_expired(struct store *store);

/* What is counted, and how many tries it may have in a window. */
struct throttle {
	const char *subject;
	int allowed;
	int64_t window_ms;
};

/*
 * Counts a try with each of them before anything slow happens, or with none: of tries at the
 * same time no more than the allowed get through. ERR_LIMITED: one has had its tries;
 * `*ret_until` is when it may go on.
 */
enum err throttle_take(struct store *store, const struct throttle *throttles, size_t count,
                       int64_t *ret_until);

/* Counts one less with each: a try that was no failure after all. */
enum err throttle_give_back(struct store *store, const struct throttle *throttles, size_t count);

/* Forgets the tries of a subject. */
enum err throttle_clear(struct store *store, const char *subject);

/* A value of this installation; ERR_NOT_FOUND when it was never set. */
enum err setting_get(struct store *store, struct arena *arena, const char *name,
                     const char **ret_value);

/* Sets it only if it has no value yet, then gives the value it has. */
enum err setting_init(struct store *store, struct arena *arena, const char *name, const char *value,
                      const char **ret_value);

/* Sets it, whatever it was. */
enum err setting_set(struct store *store, const char *name, const char *value);

#endif
