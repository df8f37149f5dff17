/*
 * The five programs as one site for the target `request`: their route tables, a database with a
 * candidate, an admin, some questions and an interview under way, and requests without a server.
 */
#ifndef VIVA_TESTS_FUZZ_SITE_H
#define VIVA_TESTS_FUZZ_SITE_H

#include "base/arena.h"
#include "base/buf.h"

/* Opens the site; what it logs goes to a file that ends with the process. */
void site_open(void);

/* The database as it was when the site was opened. */
void site_renew(void);

/*
 * The text with what an input cannot know: {csrf}, {admin-csrf}, {session}, {admin}, {bearer},
 * {admin-bearer}, {user-id}, {interview} and {question}.
 */
const char *site_filled(struct arena *arena, const char *text);

/* A request: CGI variables, "NAME=value" each, NULL behind the last; and its body. */
struct site_request {
	char **variables;
	const char *path; /* as in REQUEST_URI, by which a program is chosen as nginx does */
	const char *body;
	size_t len;
};

/* Has the site answer; `answer` gets the header lines and the body as they went out. */
void site_ask(struct arena *arena, const struct site_request *asked, struct buf *answer);

#endif
