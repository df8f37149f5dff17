#include "view/api_guide.h"

#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

/* Columns at which our document has paths, methods and their members. */
enum { PATH_INDENT = 2, METHOD_INDENT = 4, MEMBER_INDENT = 6 };

struct reader {
	struct arena *arena;
	const char *summary; /* the name of the member in the reader's language */
	enum language language;
	cJSON *groups;
	const char *path, *method;    /* of the operation that is being read */
	const char *tag, *text, *own; /* own: the summary in the reader's language */
};

/* --- groups -------------------------------------------------------------------------- */

static const char *title_of(const struct reader *reader, const char *tag)
{
	static const struct {
		const char *tag, *title;
	} titles[] = {
		{ "service", N_("This page and the document") },
		{ "account", N_("Account and tokens") },
		{ "interviews", N_("Interviews") },
		{ "code", N_("Coding tasks") },
		{ "reports", N_("Reports") },
		{ "admin", N_("For recruiters") },
	};

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (strcmp(titles[i].tag, tag) == 0)
			return i18n(reader->language, titles[i].title);
	return tag;
}

/* The operations of that tag; a new group when it is the first. */
static cJSON *group_of(const struct reader *reader, const char *tag)
{
	const char *title = title_of(reader, tag);
	cJSON *group;

	cJSON_ArrayForEach(group, reader->groups)
	{
		if (strcmp(json_string(group, "title", ""), title) == 0)
			return cJSON_GetObjectItemCaseSensitive(group, "operations");
	}
	group = json_add_object(reader->groups);
	json_set_string(group, "title", title);
	return json_set_array(group, "operations");
}

static void end_operation(struct reader *reader)
{
	cJSON *row;

	if (reader->method == NULL)
		return;
	row = json_add_object(group_of(reader, reader->tag));
	json_set_string(row, "method", reader->method);
	json_set_string(row, "path", reader->path);
	json_set_string(row, "summary", reader->own != NULL ? reader->own : reader->text);
	reader->method = NULL;
}

/* --- lines ----------------------------------------------------------------------------- */

static const char *upper(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_copy(arena, text, len);

	for (char *p = copy; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	return copy;
}

/* The value of `name: value` in a line that begins with it; NULL: it does not. */
static const char *value_of(struct arena *arena, const char *line, size_t len, const char *name)
{
	const size_t name_len = strlen(name);

	if (len < name_len + 2 || strncmp(line, name, name_len) != 0 || line[name_len] != ':')
		return NULL;
	return text_trimmed(arena, arena_copy(arena, line + name_len + 1, len - name_len - 1));
}

static void read_member(struct reader *reader, const char *line, size_t len)
{
	const char *value = value_of(reader->arena, line, len, "summary");

	if (value != NULL)
		reader->text = value;
	value = value_of(reader->arena, line, len, reader->summary);
	if (value != NULL)
		reader->own = value;
	value = value_of(reader->arena, line, len, "tags");
	if (value != NULL && strlen(value) > 2)
		reader->tag = arena_copy(reader->arena, value + 1, strlen(value) - 2);
}

static void begin_operation(struct reader *reader, const char *line, size_t len)
{
	static const char methods[] = " get: post: patch: delete: put: ";
	const char *name = arena_printf(reader->arena, " %.*s ", (int)len, line);

	end_operation(reader);
	if (strstr(methods, name) == NULL)
		return;
	reader->method = upper(reader->arena, line, len - 1);
	reader->tag = reader->text = "";
	reader->own = NULL;
}

static void read_line(struct reader *reader, const char *line, size_t len)
{
	const size_t indent = strspn(line, " ");

	if (indent >= len)
		return;
	line += indent;
	len -= indent;
	if (indent == PATH_INDENT && line[0] == '/') {
		end_operation(reader);
		reader->path = arena_copy(reader->arena, line, len - 1);
	} else if (indent == METHOD_INDENT) {
		begin_operation(reader, line, len);
	} else if (indent == MEMBER_INDENT && reader->method != NULL) {
		read_member(reader, line, len);
	}
}

/* From `paths:` to the next line that is not indented. */
static void read_paths(struct reader *reader, const char *yaml)
{
	static const char start[] = "\npaths:\n";
	const char *line = strstr(yaml, start);

	for (line = line != NULL ? line + sizeof(start) - 1 : "";
	     line[0] == ' ' || line[0] == '\n';) {
		const size_t len = strcspn(line, "\n");

		read_line(reader, line, len);
		line += len + (line[len] == '\n');
	}
	end_operation(reader);
}

/* --- problems ---------------------------------------------------------------------------- */

static void add_problems(cJSON *page, enum language language)
{
	static const struct {
		const char *type, *text;
		int status;
	} rows[] = {
		{ "invalid", N_("The request is not as described; “errors” says where."), 400 },
		{ "unauthorized", N_("There is no valid token, or the log-in is wrong."), 401 },
		{ "code-needed", N_("The log-in needs the code of the second factor as well."),
		  401 },
		{ "forbidden", N_("The scope of the token does not reach that far."), 403 },
		{ "not-found", N_("There is none, or it belongs to somebody else."), 404 },
		{ "method", N_("The address is right, the method is not; see the header Allow."),
		  405 },
		{ "conflict",
		  N_("It does not go with the present state, such as an answer to a "
		     "question that is closed."),
		  409 },
		{ "too-large", N_("The body is too large."), 413 },
		{ "media-type", N_("The body is not application/json."), 415 },
		{ "key-reused", N_("The Idempotency-Key was used for another request."), 422 },
		{ "limited",
		  N_("Too many requests, tries or interviews; wait as long as the "
		     "header Retry-After says."),
		  429 },
		{ "internal", N_("Something went wrong on our side. Nothing is lost."), 500 },
		{ "upstream", N_("A service Viva depends on did not answer."), 502 },
		{ "busy", N_("Not ready yet, or very busy. Try again in a moment."), 503 },
	};
	cJSON *problems = json_set_array(page, "problems");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cJSON *row = json_add_object(problems);

		json_set_string(row, "type", rows[i].type);
		json_set_number(row, "status", rows[i].status);
		json_set_string(row, "text", i18n(language, rows[i].text));
	}
}

cJSON *api_guide(struct arena *arena, const char *yaml, enum language language)
{
	cJSON *page = cJSON_CreateObject();
	struct reader reader = {
		.arena = arena,
		.summary = arena_printf(arena, "x-summary-%s", language_code(language)),
		.language = language,
		.groups = json_set_array(page, "groups"),
		.path = "",
	};

	read_paths(&reader, yaml);
	add_problems(page, language);
	return page;
}
