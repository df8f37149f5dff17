#include "web/form.h"

#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/text.h"

enum { MAX_BOUNDARY = 70, MAX_NONCE = 64 };

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool form_decode(struct arena *arena, const char *text, size_t len, bool plus_is_space,
                 const char **ret_text)
{
	char *out = arena_alloc(arena, len + 1);
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '+' && plus_is_space) {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < len ? hex_digit(text[i + 1]) : -1;
			int low = i + 2 < len ? hex_digit(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (c == '\0')
			return false;
		out[used++] = c;
	}
	if (!text_valid(out, used))
		return false;
	*ret_text = out;
	return true;
}

const char *form_encode(struct arena *arena, const char *text)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                           "0123456789-._~";
	struct buf out;

	buf_init(&out, arena);
	for (; *text != '\0'; text++) {
		if (strchr(safe, *text) != NULL)
			buf_char(&out, *text);
		else
			buf_printf(&out, "%%%02X", (unsigned char)*text);
	}
	return out.data;
}

/* Browsers send line ends as CR LF; Viva stores LF. */
static const char *with_unix_lines(struct arena *arena, const char *value)
{
	char *out;
	size_t used = 0;

	if (strchr(value, '\r') == NULL)
		return value;
	out = arena_alloc(arena, strlen(value) + 1);
	for (size_t i = 0; value[i] != '\0'; i++) {
		if (value[i] == '\r' && value[i + 1] == '\n')
			continue;
		out[used++] = value[i] == '\r' ? '\n' : value[i];
	}
	return out;
}

static enum err add_field(struct form *form, struct form_field field)
{
	if (form->count == FORM_MAX_FIELDS || form_find(form, field.name) != NULL)
		return ERR_INVALID;
	form->fields[form->count++] = field;
	return OK;
}

static enum err add_urlencoded(struct arena *arena, const char *pair, size_t len, struct form *form)
{
	const char *equals = memchr(pair, '=', len);
	size_t name_len = equals != NULL ? (size_t)(equals - pair) : len;
	struct form_field field = { .value = "" };

	if (len == 0)
		return OK;
	if (!form_decode(arena, pair, name_len, true, &field.name))
		return ERR_INVALID;
	if (equals != NULL &&
	    !form_decode(arena, equals + 1, len - name_len - 1, true, &field.value))
		return ERR_INVALID;
	field.value = with_unix_lines(arena, field.value);
	field.len = strlen(field.value);
	return add_field(form, field);
}

enum err form_parse_urlencoded(struct arena *arena, const char *body, size_t len,
                               struct form *ret_form)
{
	struct form form = { .fields = arena_array(arena, FORM_MAX_FIELDS,
		                                   sizeof(struct form_field)) };

	while (len > 0) {
		const char *end = memchr(body, '&', len);
		size_t part = end != NULL ? (size_t)(end - body) : len;
		enum err err = add_urlencoded(arena, body, part, &form);

		if (err != OK)
			return err;
		part += end != NULL;
		body += part;
		len -= part;
	}
	*ret_form = form;
	return OK;
}

/* Value of `name="..."` in a Content-Disposition line; NULL when absent. */
static const char *disposition_value(struct arena *arena, const char *line, const char *name)
{
	const char *pattern = arena_printf(arena, "; %s=\"", name);
	const char *start = strcasestr(line, pattern), *end;

	if (start == NULL)
		return NULL;
	start += strlen(pattern);
	end = strchr(start, '"');
	return end == NULL ? NULL : arena_copy(arena, start, (size_t)(end - start));
}

/* One part of a multipart body: headers, blank line, content. */
static enum err add_part(struct arena *arena, const char *part, size_t len, struct form *form)
{
	const char *blank = memmem(part, len, "\r\n\r\n", 4);
	struct form_field field = { 0 };
	const char *headers, *disposition;

	if (blank == NULL)
		return ERR_INVALID;
	headers = arena_copy(arena, part, (size_t)(blank - part));
	disposition = strcasestr(headers, "content-disposition: form-data");
	if (disposition == NULL || !text_valid(headers, strlen(headers)))
		return ERR_INVALID;
	field.name = disposition_value(arena, disposition, "name");
	field.file_name = disposition_value(arena, disposition, "filename");
	field.len = len - (size_t)(blank + 4 - part);
	field.value = arena_copy(arena, blank + 4, field.len);
	if (field.name == NULL)
		return ERR_INVALID;
	if (field.file_name == NULL) {
		if (memchr(field.value, '\0', field.len) != NULL ||
		    !text_valid(field.value, field.len))
			return ERR_INVALID;
		field.value = with_unix_lines(arena, field.value);
		field.len = strlen(field.value);
	}
	return add_field(form, field);
}

/* The next line that ends a part; content may hold lines that only begin like one. */
static const char *find_delimiter(const char *body, const char *end, const char *delimiter)
{
	size_t len = strlen(delimiter);
	const char *found = body;

	while ((found = memmem(found, (size_t)(end - found), delimiter, len)) != NULL) {
		const char *after = found + len;

		if (end - after >= 2 &&
		    (memcmp(after, "\r\n", 2) == 0 || memcmp(after, "--", 2) == 0))
			return found;
		found++;
	}
	return NULL;
}

enum err form_parse_multipart(struct arena *arena, const char *body, size_t len,
                              const char *boundary, struct form *ret_form)
{
	const char *delimiter = arena_printf(arena, "\r\n--%s", boundary);
	size_t delimiter_len = strlen(delimiter);
	const char *end = body + len;
	struct form form = { .fields = arena_array(arena, FORM_MAX_FIELDS,
		                                   sizeof(struct form_field)) };

	if (boundary[0] == '\0' || strlen(boundary) > MAX_BOUNDARY || len < delimiter_len ||
	    memcmp(body, delimiter + 2, delimiter_len - 2) != 0)
		return ERR_INVALID;
	body += delimiter_len - 2;
	while (end - body >= 2 && memcmp(body, "--", 2) != 0) {
		const char *next = find_delimiter(body, end, delimiter);
		enum err err;

		if (memcmp(body, "\r\n", 2) != 0 || next == NULL || next < body + 2)
			return ERR_INVALID;
		err = add_part(arena, body + 2, (size_t)(next - body - 2), &form);
		if (err != OK)
			return err;
		body = next + delimiter_len;
	}
	if (end - body < 2)
		return ERR_INVALID;
	*ret_form = form;
	return OK;
}

enum err form_body(struct request *request, size_t max, const char **ret_body, size_t *ret_len)
{
	long long length;
	char *body;
	size_t got = 0, part;

	if (!text_integer(request_param(request, "CONTENT_LENGTH"), 0, 1LL << 40, &length))
		return ERR_INVALID;
	if ((unsigned long long)length > max)
		return ERR_TOO_LARGE;
	body = arena_alloc(request->arena, (size_t)length + 1);
	while (got < (size_t)length &&
	       (part = gateway_read(&request->gateway, body + got, (size_t)length - got)) > 0)
		got += part;
	if (got < (size_t)length)
		return ERR_INVALID;
	request->gateway.is_read = true;
	*ret_body = body;
	*ret_len = got;
	return OK;
}

/* The boundary parameter of a multipart content type, quotes removed. */
static const char *boundary_of(struct arena *arena, const char *type)
{
	const char *start = strcasestr(type, "boundary=");
	size_t len;

	if (start == NULL)
		return "";
	start += strlen("boundary=");
	if (*start == '"')
		return arena_copy(arena, start + 1, strcspn(start + 1, "\""));
	len = strcspn(start, "; \t");
	return arena_copy(arena, start, len);
}

bool form_is_type(const char *type, const char *name)
{
	size_t len = strlen(name);

	return strncasecmp(type, name, len) == 0 && strchr("; \t", type[len]) != NULL;
}

enum err form_read(struct request *request, size_t max)
{
	const char *type = request_param(request, "CONTENT_TYPE");
	const char *body;
	size_t len;
	enum err err = form_body(request, max, &body, &len);

	if (err != OK)
		return err;
	if (form_is_type(type, "application/x-www-form-urlencoded"))
		return form_parse_urlencoded(request->arena, body, len, &request->form);
	if (form_is_type(type, "multipart/form-data"))
		return form_parse_multipart(request->arena, body, len,
		                            boundary_of(request->arena, type), &request->form);
	return ERR_MEDIA_TYPE;
}

const struct form_field *form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

const char *form_value(const struct request *request, const char *name, const char *fallback)
{
	const struct form_field *field = form_find(&request->form, name);

	return field != NULL ? field->value : fallback;
}

bool form_word_in(const char *list, const char *word)
{
	size_t len = strlen(word);

	if (len == 0 || strchr(word, ' ') != NULL)
		return false;
	for (const char *p = strstr(list, word); p != NULL; p = strstr(p + 1, word))
		if ((p == list || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
			return true;
	return false;
}

bool form_has_only(const struct form *form, const char *allowed)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, "csrf") != 0 &&
		    !form_word_in(allowed, form->fields[i].name))
			return false;
	return true;
}

enum err form_text(const struct request *request, const char *name, size_t min, size_t max,
                   const char **ret_text)
{
	const struct form_field *field = form_find(&request->form, name);
	const char *text = text_trimmed(request->arena, field != NULL ? field->value : "");
	size_t count = text_count(text, strlen(text));

	if (count < min || count > max)
		return ERR_INVALID;
	*ret_text = text;
	return OK;
}

enum err form_integer(const struct request *request, const char *name, struct form_range range,
                      int *ret_number)
{
	const struct form_field *field = form_find(&request->form, name);
	long long number = range.fallback;

	if (field != NULL && field->len > 0 &&
	    !text_integer(field->value, range.min, range.max, &number))
		return ERR_INVALID;
	*ret_number = (int)number;
	return OK;
}

enum err form_choice(const struct request *request, const char *name, const char *choices,
                     const char **ret_choice)
{
	const struct form_field *field = form_find(&request->form, name);

	if (field == NULL || !form_word_in(choices, field->value))
		return ERR_INVALID;
	*ret_choice = field->value;
	return OK;
}

const char *form_nonce(const struct request *request)
{
	const char *nonce;

	return form_text(request, "nonce", 1, MAX_NONCE, &nonce) == OK ? nonce : "";
}
