/*
 * Requests to all five programs, from the server's variables to the bytes that go back, as a
 * stranger, a candidate or an admin (site.h says how an input names them). A line "%%" parts
 * requests; each is a line "METHOD URI", headers, an empty line and the body. Whatever they say:
 * no answer is 500, its head is well formed, and "<x7" is not in a page as it was sent.
 */
#include <ctype.h>
#include <stdio.h>

#include "site.h"
#include "target.h"

enum { MOST_REQUESTS = 8, MOST_VARIABLES = 24, RENEW_EVERY = 64 };

/* Cuts the text at the first `divider`; gives what is behind it, NULL when there is none. */
static char *cut(char *text, const char *divider)
{
	char *found = strstr(text, divider);

	if (found == NULL)
		return NULL;
	*found = '\0';
	return found + strlen(divider);
}

/* "User-Agent" as CGI has it: HTTP_USER_AGENT. */
static const char *variable_name(struct arena *arena, const char *header)
{
	char *name = arena_printf(arena, "HTTP_%s", header);

	for (char *c = name; *c != '\0'; c++)
		*c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
	if (strcmp(name, "HTTP_CONTENT_TYPE") == 0 || strcmp(name, "HTTP_REMOTE_ADDR") == 0)
		return name + strlen("HTTP_");
	return name;
}

static size_t add_headers(struct arena *arena, char *lines, char **variables, size_t count)
{
	for (char *next; lines != NULL && count < MOST_VARIABLES; lines = next) {
		char *value;

		next = cut(lines, "\n");
		value = cut(lines, ": ");
		if (value != NULL && lines[0] != '\0' && strpbrk(lines, "=\r") == NULL)
			variables[count++] = arena_printf(arena, "%s=%s",
			                                  variable_name(arena, lines), value);
	}
	return count;
}

/* Status, headers with a name and no control, an empty line. Gives the body. */
static const char *check_head(const char *answer, int *ret_status, bool *ret_is_page)
{
	const char *end = strstr(answer, "\r\n\r\n"), *line = answer;

	must(end != NULL && strncmp(answer, "Status: ", 8) == 0);
	*ret_status = atoi(answer + 8);
	*ret_is_page = false;
	while (line < end + 2) {
		const char *stop = strstr(line, "\r\n");

		must(strcspn(line, ":") > 0 && strcspn(line, ":") < (size_t)(stop - line));
		for (const char *c = line; c < stop; c++)
			must((unsigned char)*c >= ' ' && *c != 0x7F);
		*ret_is_page |= strncmp(line, "Content-Type: text/html", 23) == 0;
		line = stop + 2;
	}
	return end + 4;
}

/* A promise about an answer: what breaks it is shown. */
static void must_of(bool holds, const struct buf *answer)
{
	if (holds)
		return;
	fprintf(stderr, "%.4000s\n", answer->data);
	abort();
}

static void check_answer(const struct buf *answer)
{
	const char *body;
	bool is_page;
	int status;

	if (answer->len == 0)
		return; /* a stream whose reader has left */
	body = check_head(answer->data, &status, &is_page);
	must_of(status >= 200 && status < 600 && status != 500, answer);
	if (is_page)
		must_of(strstr(body, "<x7") == NULL, answer);
}

static void ask(struct arena *arena, char *text)
{
	char *variables[MOST_VARIABLES + 1] = { NULL };
	char *body = cut(text, "\n\n"), *headers = cut(text, "\n"), *uri = cut(text, " ");
	struct site_request asked = { .variables = variables, .path = uri };
	struct buf answer;
	size_t count = 0;

	if (uri == NULL || body == NULL)
		return;
	asked.body = body;
	asked.len = strlen(body);
	variables[count++] = arena_printf(arena, "REQUEST_METHOD=%s", text);
	variables[count++] = arena_printf(arena, "REQUEST_URI=%s", uri);
	variables[count++] = arena_printf(arena, "QUERY_STRING=%s",
	                                  strchr(uri, '?') != NULL ? strchr(uri, '?') + 1 : "");
	variables[count++] = arena_printf(arena, "CONTENT_LENGTH=%zu", asked.len);
	add_headers(arena, headers, variables, count);
	buf_init(&answer, arena);
	site_ask(arena, &asked, &answer);
	check_answer(&answer);
}

FUZZ_TARGET("request")
{
	static unsigned inputs;
	struct arena *arena;
	char *text;

	if (inputs == 0)
		site_open();
	else if (inputs % RENEW_EVERY == 0)
		site_renew();
	inputs++;
	arena = arena_create();
	text = arena_copy(arena, data, size);
	for (int i = 0; text != NULL && i < MOST_REQUESTS; i++) {
		char *next = cut(text, "\n%%\n");

		ask(arena, arena_strdup(arena, site_filled(arena, text)));
		text = next;
	}
	arena_destroy(arena);
	return 0;
}
