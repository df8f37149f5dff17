/*
 * Blind review: what a reviewer who reviews blind does not see of a person until there is a
 * decision. This is the one place that decides it and that knows how; every answer to an admin
 * that has a name, a profile or a candidate's words in it comes through here.
 *
 * About an interview all is hidden until that interview has a decision; about a person until
 * all their finished interviews have one, and there is one. Nothing is hidden of oneself, and
 * the names of other admins are not.
 */
#ifndef VIVA_REPORT_BLIND_H
#define VIVA_REPORT_BLIND_H

#include <cjson/cJSON.h>

#include "store/interview.h"
#include "store/submission.h"
#include "store/user.h"

/* Who reads, and in which language. */
struct blind_reader {
	const struct user *user;
	enum language language;
};

struct blind_term;

/* What is hidden; all zero: nothing, and the functions below change nothing. */
struct blind {
	const char *alias; /* "Candidate 7F3A2C", always the same of a person; NULL: nothing */
	const struct blind_term *terms;
	size_t count;
};

/* ERR_NOT_FOUND: its owner is gone. */
enum err blind_interview(struct store *store, struct arena *arena,
                         const struct blind_reader *reader, const struct interview *interview,
                         struct blind *ret_blind);

/* Of a person as such: the profile, lists. ERR_NOT_FOUND when there is none. */
enum err blind_person(struct store *store, struct arena *arena, const struct blind_reader *reader,
                      const char *user_id, struct blind *ret_blind);

/*
 * For rows of lists: *name becomes the alias when the reader is not to see it. An interview or
 * user that is gone leaves it; NULL is not touched.
 */
enum err blind_interview_name(struct store *store, struct arena *arena,
                              const struct blind_reader *reader, const char *interview_id,
                              const char **name);
enum err blind_person_name(struct store *store, struct arena *arena,
                           const struct blind_reader *reader, const char *user_id,
                           const char **name);

/*
 * The text with the words of the full name, the user name and the name that was told in the
 * interview masked, in any letter case, with е or ё and, of Russian and Ukrainian names, in any
 * grammatical case: a sign for each letter, with as many bytes, so that spans of the text stay
 * right. Words under three letters, numbers, and what is a common word in small letters ("will")
 * are masked only beside another word of the name. It may be `text` itself.
 */
const char *blind_text(struct arena *arena, const struct blind *blind, const char *text);

/*
 * The same in every text of a report or record but titles, formulas and key points, in place;
 * its `participant` is the alias.
 */
void blind_document(struct arena *arena, const struct blind *blind, cJSON *document);

/* The same in the evidence of events, which may name another candidate too. */
enum err blind_events(struct store *store, struct arena *arena, const struct blind_reader *reader,
                      const struct blind *blind, struct event_list *events);

#endif
