#include "score/line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum { TEXTS_MAX = 1000, POINTS_MAX = 1000 };

#define DEFAULT_MAX_SCORE 10.0
#define MOST_SCORE        1000.0

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

struct reading {
	struct arena *arena;
	const char *fault; /* the first one */
	size_t bytes;      /* of the question's texts */
	bool worded;       /* a reference or key point has more than blanks */
};

static void refuse(struct reading *reading, const char *fault)
{
	if (reading->fault == NULL)
		reading->fault = fault;
}

static bool is_absent(const cJSON *item)
{
	return item == NULL || cJSON_IsNull(item);
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

/* Notes a text of the question that an answer is held against. */
static const char *note(struct reading *reading, const char *text)
{
	size_t len = strlen(text);

	reading->bytes += len;
	reading->worded |= !is_blank(text);
	return text;
}

/* A string or an array of strings; nothing is an empty list. */
static struct score_texts read_texts(struct reading *reading, const cJSON *item, const char *fault)
{
	struct score_texts texts = { 0 };
	const char **items;
	const cJSON *text;
	int count = cJSON_GetArraySize(item);

	if (is_absent(item))
		return texts;
	if (cJSON_IsString(item)) {
		items = arena_alloc(reading->arena, sizeof(*items));
		items[0] = note(reading, item->valuestring);
		return (struct score_texts){ .items = items, .count = 1 };
	}
	if (!cJSON_IsArray(item) || count > TEXTS_MAX) {
		refuse(reading, fault);
		return texts;
	}
	items = arena_array(reading->arena, (size_t)count, sizeof(*items));
	texts.items = items;
	cJSON_ArrayForEach(text, item)
	{
		if (!cJSON_IsString(text))
			refuse(reading, fault);
		else
			items[texts.count++] = note(reading, text->valuestring);
	}
	return texts;
}

static struct score_key_point read_point(struct reading *reading, const cJSON *item)
{
	struct score_key_point point = { .id = json_string(item, "id", ""),
		                         .text = json_string(item, "text", NULL) };

	if (point.text == NULL || is_blank(point.text)) {
		refuse(reading, "a key point needs a text");
		point.text = "";
	}
	note(reading, point.text);
	point.aliases = read_texts(reading, json_get(item, "aliases"),
	                           "aliases must be an array of strings");
	point.wrong = read_texts(reading, json_get(item, "wrong"),
	                         "wrong must be an array of strings");
	return point;
}

static void read_points(struct reading *reading, const cJSON *items,
                        struct score_question *question)
{
	struct score_key_point *points;
	int count = cJSON_GetArraySize(items);
	const cJSON *item;

	if (is_absent(items))
		return;
	if (!cJSON_IsArray(items) || count > POINTS_MAX) {
		refuse(reading, "key_points must be an array of at most 1000");
		return;
	}
	points = arena_array(reading->arena, (size_t)count, sizeof(*points));
	cJSON_ArrayForEach(item, items) points[question->point_count++] = read_point(reading, item);
	question->points = points;
}

static const char *read_string(struct reading *reading, const cJSON *object, const char *name,
                               const char *fallback, const char *fault)
{
	const char *text = json_string(object, name, NULL);

	if (text != NULL)
		return text;
	if (fallback == NULL || !is_absent(json_get(object, name)))
		refuse(reading, fault);
	return fallback != NULL ? fallback : "";
}

static void read_settings(struct reading *reading, const cJSON *object,
                          struct score_question *question)
{
	const cJSON *max = json_get(object, "max_score");
	const char *code = read_string(reading, object, "lang", language_code(LANG_EN),
	                               "lang must be en, ru or uk");

	if (!language_parse(code, &question->language))
		refuse(reading, "lang must be en, ru or uk");
	question->max_score = DEFAULT_MAX_SCORE;
	if (is_absent(max))
		return;
	question->max_score = json_number(object, "max_score", NAN);
	if (!(question->max_score > 0 && question->max_score <= MOST_SCORE))
		refuse(reading, "max_score must be a number above 0, at most 1000");
}

/* The text after a string of valid JSON, which begins at `p`. */
static const char *string_end(const char *p)
{
	for (p++; *p != '"'; p++)
		p += *p == '\\';
	return p + 1;
}

/* The text after any value of valid JSON and the blanks around it: at , } or ]. */
static const char *value_end(const char *p, const char *end)
{
	int depth = 0;

	while (p < end && (depth > 0 || strchr(",}]", *p) == NULL)) {
		if (*p == '"') {
			p = string_end(p);
			continue;
		}
		depth += *p == '{' || *p == '[';
		depth -= *p == '}' || *p == ']';
		p++;
	}
	return p;
}

/* The length of a number as JSON writes it, 0 for what is none. */
static size_t number_length(const char *text)
{
	static const char digits[] = "0123456789";
	const char *p = text + (*text == '-');
	size_t whole = strspn(p, digits);

	if (whole == 0 || (whole > 1 && *p == '0'))
		return 0;
	p += whole;
	if (*p == '.') {
		if (strspn(p + 1, digits) == 0)
			return 0;
		p += 1 + strspn(p + 1, digits);
	}
	if (*p == 'e' || *p == 'E') {
		const char *power = p + 1 + (p[1] == '-' || p[1] == '+');

		if (strspn(power, digits) == 0)
			return 0;
		p = power + strspn(power, digits);
	}
	return (size_t)(p - text);
}

/*
 * The first member of that name of an object in valid JSON, as it is written; NULL when it is
 * no number. A binary fraction would round long ones.
 */
static const char *find_number(struct arena *arena, const char *text, const char *end,
                               const char *name)
{
	static const char blanks[] = " \t\r\n";
	const char *p = text + strspn(text, blanks) + 1, *key;
	size_t len = strlen(name);

	for (; p < end; p++) {
		p += strspn(p, blanks);
		if (*p != '"')
			return NULL;
		key = p + 1;
		p = string_end(p);
		p += strspn(p, blanks);
		p += 1 + strspn(p + 1, blanks);
		if (key[len] == '"' && memcmp(key, name, len) == 0)
			return number_length(p) > 0 ? arena_copy(arena, p, number_length(p)) : NULL;
		p = value_end(p, end);
	}
	return NULL;
}

/* The number of a \u escape, -1 for anything else. */
static int escape_number(const char *text)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	if (text[0] != '\\' || text[1] != 'u' || strspn(text + 2, digits) < 4)
		return -1;
	return (int)strtol((char[]){ text[2], text[3], text[4], text[5], '\0' }, NULL, 16);
}

/* The text with \ufffd for each \u0000 and each half of a surrogate pair. */
static char *mended(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_copy(arena, text, len), *p = copy;

	while ((p = strchr(p, '\\')) != NULL && p[1] != '\0') {
		const int first = escape_number(p);
		const int second = first >= 0 ? escape_number(p + 6) : -1;

		if (first >= 0xD800 && first < 0xDC00 && second >= 0xDC00 && second < 0xE000) {
			p += 12;
			continue;
		}
		if (first == 0 || (first >= 0xD800 && first < 0xE000))
			memcpy(p + 2, "fffd", 4);
		p += first >= 0 ? 6 : 2;
	}
	return copy;
}

/* Parses a line; one whose only fault is an escape that is no character still gives its id. */
static bool parse_line(struct reading *reading, const char *text, size_t len,
                       struct score_line *line, cJSON **ret_object)
{
	if (json_parse(text, len, ret_object) != OK &&
	    json_parse(mended(reading->arena, text, len), len, ret_object) == OK)
		refuse(reading, "a text holds \\u0000 or half a surrogate pair");
	if (!cJSON_IsObject(*ret_object)) {
		reading->fault = "not a JSON object in UTF-8";
		return false;
	}
	line->id = json_get(*ret_object, "id");
	if (cJSON_IsNumber(line->id))
		line->id_number = find_number(reading->arena, text, text + len, "id");
	/* One that would not come back as it was sent is none. */
	if (reading->fault != NULL && line->id != NULL &&
	    strstr(json_text(line->id), REPLACEMENT) != NULL)
		line->id = NULL;
	return reading->fault == NULL;
}

enum err score_line_read(struct arena *arena, const char *text, size_t len,
                         struct score_line *ret_line, const char **ret_fault)
{
	struct reading reading = { .arena = arena };
	struct score_question *question = &ret_line->question;
	cJSON *object = NULL;

	*ret_line = (struct score_line){ .answer = "" };
	if (len > SCORE_LINE_MAX) {
		*ret_fault = "the line is too long";
		return ERR_INVALID;
	}
	if (!parse_line(&reading, text, len, ret_line, &object)) {
		*ret_fault = reading.fault;
		return ERR_INVALID;
	}
	ret_line->answer = read_string(&reading, object, "answer", NULL, "answer must be a string");
	question->text = read_string(&reading, object, "question", "", "question must be a string");
	question->references = read_texts(&reading, json_get(object, "reference"),
	                                  "reference must be a string or an array of strings");
	read_points(&reading, json_get(object, "key_points"), question);
	read_settings(&reading, object, question);
	if (!reading.worded)
		refuse(&reading, "there is neither a reference nor a key point");
	if (reading.bytes + strlen(question->text) > SCORE_QUESTION_MAX)
		refuse(&reading, "the question, its references and key points are too long");
	*ret_fault = reading.fault;
	return reading.fault == NULL ? OK : ERR_INVALID;
}

static void add_id(cJSON *object, const struct score_line *line)
{
	if (line->id_number != NULL)
		json_set(object, "id", cJSON_CreateRaw(line->id_number));
	else if (line->id != NULL)
		json_set(object, "id", cJSON_Duplicate(line->id, true));
	else
		json_set_null(object, "id");
}

static void add_spans(cJSON *object, const struct score_span *spans, size_t count)
{
	cJSON *evidence = json_set_array(object, "evidence");

	for (size_t i = 0; i < count; i++) {
		cJSON *span = json_add_object(evidence);

		json_set_number(span, "start", (double)spans[i].start);
		json_set_number(span, "end", (double)spans[i].end);
	}
}

static void add_point(cJSON *points, const struct score_point *point)
{
	cJSON *item = json_add_object(points);

	json_set_string(item, "text", point->text);
	json_set_string(item, "status", score_status_name(point->status));
	add_spans(item, point->spans, point->span_count);
	json_set_number(item, "coverage", json_rounded(point->coverage));
	if (point->wording != NULL)
		json_set_string(item, "wording", point->wording);
	if (point->wrong != NULL)
		json_set_string(item, "wrong", point->wrong);
}

static void add_rubric(cJSON *object, const struct score_rubric *rubric)
{
	cJSON *item = json_set_object(object, "rubric");

	json_set_number(item, "structure", json_rounded(rubric->structure));
	json_set_number(item, "relevance", json_rounded(rubric->relevance));
	json_set_number(item, "technical_accuracy", json_rounded(rubric->technical_accuracy));
	json_set_number(item, "depth", json_rounded(rubric->depth));
	json_set_number(item, "communication", json_rounded(rubric->communication));
}

static void add_flags(cJSON *object, unsigned flags)
{
	cJSON *items = json_set_array(object, "flags");

	for (unsigned bit = 0; flags >> bit != 0; bit++) {
		if ((flags >> bit & 1) != 0)
			json_add_string(items, score_flag_name((enum score_flag)(1u << bit)));
	}
}

const char *score_line_result(const struct score_line *line, const struct score_result *result)
{
	cJSON *object = cJSON_CreateObject(), *points;

	add_id(object, line);
	json_set_number(object, "score", result->score);
	json_set_number(object, "max_score", result->max_score);
	json_set_string(object, "verdict", score_verdict_name(result->verdict));
	points = json_set_array(object, "key_points");
	for (size_t i = 0; i < result->point_count; i++)
		add_point(points, &result->points[i]);
	add_rubric(object, &result->rubric);
	add_flags(object, result->flags);
	json_set_string(object, "version", SCORE_VERSION);
	return json_text(object);
}

const char *score_line_error(const struct score_line *line, const char *fault)
{
	cJSON *object = cJSON_CreateObject();

	add_id(object, line);
	json_set_string(object, "error", fault);
	return json_text(object);
}
