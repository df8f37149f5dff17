/*
 * A program is a few tables of routes and app_run. For each request app_run checks, in
 * this order: path (404), method (405 with Allow), size of the body (413), log-in
 * and role (401, 403), CSRF and field names of a POST (403, 400); then it calls the
 * handler, renders the error page if one is due, writes the log line and takes the
 * request's memory back.
 */
#ifndef VIVA_WEB_APP_H
#define VIVA_WEB_APP_H

#include "web/background.h"
#include "web/request.h"

enum access { ANYONE, CANDIDATE, ADMIN }; /* CANDIDATE: any user who is logged in */

struct route {
	enum method method;
	const char *path; /* "*" stands for one part, given in request->params */
	enum access who;
	enum err (*handler)(struct request *request);
	const char *fields; /* of a POST: all field names it may have, space-separated */
};

/* The routes of one subject; each file with handlers has one. */
struct route_table {
	const struct route *routes;
	size_t count;
};

#define ROUTE_TABLE(rows)                              \
	{                                              \
		rows, sizeof(rows) / sizeof((rows)[0]) \
	}

/* What a program has beside its routes. */
struct app_extra {
	/*
	 * Called once when configuration and log are there, before the first thread starts;
	 * what it makes lives in `lasting` until the program ends. May be NULL. False stops
	 * the start; it says why in the log.
	 */
	bool (*start)(struct arena *lasting, struct background_work *work);

	/*
	 * Threads of work; its context is every request's `context`. None run in a plain CGI
	 * program, where request->background is NULL: a handler does the work itself.
	 */
	struct background_work work;

	/*
	 * A number of the configuration, read when that is there: threads of each process.
	 * NULL: config()->threads.
	 */
	const int *threads;
};

/*
 * Serves the routes of the tables (a list that ends with NULL; the first row that fits wins)
 * until SIGTERM (then finishes what is running), or one request as plain CGI.
 * Returns the exit status: 0, or 1 when the program could not start (it says why).
 */
int app_run(const char *name, const struct route_table *const *tables,
            const struct app_extra *extra);

#endif
