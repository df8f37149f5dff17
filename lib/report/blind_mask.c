#include "report/blind_mask.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "report/name_forms.h"

enum { MOST_BYTES = 240, LEAST_LETTERS = 3, MOST_GAP = 2 };
enum { LETTER_E = 0x435, LETTER_YO = 0x451, FIRST_IDEOGRAPH = 0x2E80 };

/* A user name or a word of a name. */
struct blind_term {
	const char *text; /* folded */
	bool is_weak;     /* too short to be masked but beside another word of the name */
	bool is_common;   /* a word of the language, too: the same, unless in capitals */
};

static bool is_word(uint32_t c)
{
	return text_is_letter(c) || (c >= '0' && c <= '9');
}

static uint32_t fold(uint32_t c)
{
	c = text_lower(c);
	return c == LETTER_YO ? LETTER_E : c;
}

/* --- words to mask ----------------------------------------------------------------------- */

static bool is_weak(const char *text)
{
	const char *at = text, *end = text + strlen(text);

	if (text[strspn(text, "0123456789")] == '\0')
		return true;
	return text_next(&at, end) < FIRST_IDEOGRAPH &&
	       text_count(text, (size_t)(end - text)) < LEAST_LETTERS;
}

static void add_term(struct arena *arena, struct blind *blind, const char *bytes, size_t len)
{
	struct blind_term *terms = arena_array(arena, blind->count + 1, sizeof(*terms));
	struct blind_term *term = &terms[blind->count];
	const char *end = bytes + len;
	struct buf text;

	if (len == 0 || len > MOST_BYTES)
		return;
	if (blind->count > 0)
		memcpy(terms, blind->terms, blind->count * sizeof(*terms));
	buf_init(&text, arena);
	while (bytes < end) {
		char letter[4];

		buf_add(&text, letter, text_encode(fold(text_next(&bytes, end)), letter));
	}
	term->text = text.data;
	term->is_weak = is_weak(term->text);
	term->is_common = name_forms_is_common(term->text);
	blind->terms = terms;
	blind->count++;
}

void blind_mask_name(struct arena *arena, struct blind *blind, const char *name)
{
	add_term(arena, blind, name, strlen(name));
}

void blind_mask_words(struct arena *arena, struct blind *blind, const char *name)
{
	const char *at = name, *end = name + strlen(name), *start = name;

	while (start < end) {
		const char *before = at;

		if (at < end && is_word(text_next(&at, end)))
			continue;
		add_term(arena, blind, start, (size_t)(before - start));
		start = at = before < end ? at : end;
	}
}

/* --- finding them ------------------------------------------------------------------------ */

/* A word of the text: its end and, unless it is too long for a name, its folded letters. */
struct word {
	const char *end;
	char text[MOST_BYTES + 1];
	bool is_lower;
};

static void read_word(const char *at, const char *end, struct word *word)
{
	size_t len = 0;

	word->end = at;
	word->is_lower = true;
	for (const char *next = at; next < end; word->end = next) {
		const uint32_t c = text_next(&next, end);

		if (!is_word(c))
			break;
		if (word->end == at)
			word->is_lower = c == text_lower(c);
		if (len + 4 < sizeof(word->text))
			len += text_encode(fold(c), word->text + len);
	}
	word->text[len] = '\0';
}

/* The end of what is the term letter by letter, user names having other signs, too; or NULL. */
static const char *match_whole(const char *term, const char *at, const char *end)
{
	const char *term_end = term + strlen(term), *next;

	while (term < term_end && at < end)
		if (fold(text_next(&at, end)) != text_next(&term, term_end))
			return NULL;
	next = at;
	if (term < term_end || (at < end && is_word(text_next(&next, end))))
		return NULL;
	return at;
}

/* The end of the longest term at `at`; NULL: none. Of a sure one nothing else is needed. */
static const char *match(const struct blind *blind, const char *at, const char *end, bool *ret_sure)
{
	const char *longest = NULL;
	struct word word;

	*ret_sure = false;
	read_word(at, end, &word);
	for (size_t i = 0; i < blind->count; i++) {
		const struct blind_term *term = &blind->terms[i];
		const char *found = match_whole(term->text, at, end);

		if (found == NULL && name_forms_has(term->text, word.text))
			found = word.end;
		if (found == NULL)
			continue;
		*ret_sure |= !term->is_weak && !(term->is_common && word.is_lower);
		if (longest == NULL || found > longest)
			longest = found;
	}
	return longest;
}

/* Where the next word begins, if nothing but a space, point or hyphen is between; or NULL. */
static const char *beside(const char *at, const char *end)
{
	const char *next = at;

	while (next < end && next - at < MOST_GAP && strchr(" .-_", *next) != NULL)
		next++;
	return next > at && next < end ? next : NULL;
}

/* What is to be masked at `at`, after a masked word or not; NULL: nothing. */
static const char *find(const struct blind *blind, const char *at, const char *end, bool is_beside)
{
	bool is_sure, is_next_sure;
	const char *found = match(blind, at, end, &is_sure), *next;

	if (found == NULL || is_sure || is_beside)
		return found;
	next = beside(found, end);
	if (next == NULL || match(blind, next, end, &is_next_sure) == NULL)
		return NULL;
	return found;
}

/* Each character becomes one or two signs of as many bytes. */
static void add_mask(struct buf *out, const char *from, const char *to)
{
	static const char *const masks[] = { "", "*", "·", "•", "··" };

	while (from < to) {
		const char *next = from;

		text_next(&next, to);
		buf_str(out, masks[next - from]);
		from = next;
	}
}

const char *blind_text(struct arena *arena, const struct blind *blind, const char *text)
{
	const char *at = text, *end, *copied = text, *masked = NULL;
	bool in_word = false;
	struct buf out;

	if (blind->alias == NULL || text == NULL)
		return text;
	end = text + strlen(text);
	buf_init(&out, arena);
	while (at < end) {
		const bool is_beside = masked != NULL && beside(masked, end) == at;
		const char *found = in_word ? NULL : find(blind, at, end, is_beside);

		if (found == NULL) {
			in_word = is_word(text_next(&at, end));
			continue;
		}
		buf_add(&out, copied, (size_t)(at - copied));
		add_mask(&out, at, found);
		at = copied = masked = found;
	}
	if (copied == text)
		return text;
	buf_add(&out, copied, (size_t)(end - copied));
	return out.data;
}

/* --- documents --------------------------------------------------------------------------- */

/* Members with words of the candidate or of others about them, however short. */
static bool is_prose(const char *name)
{
	static const char *const names[] = {
		"answer", "body",  "code",   "comment", "content", "error",      "excerpt",
		"got",    "input", "known",  "message", "name",    "note",       "output",
		"quote",  "reply", "reason", "stderr",  "stdout",  "text",       "value",
		"wrong",  "claim", "stdin",  "display", "args",    "other_user", "words",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Words of Viva and its banks, whatever people are called. */
static bool is_own(const cJSON *parent, const char *name)
{
	static const char *const names[] = { "title", "role", "rubric_formula", "wording" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return strcmp(name, "text") == 0 && json_string(parent, "wording", NULL) != NULL;
}

/* "covered", "backend", an id, a time: programs read them, whatever people are called. */
static bool is_code_word(const char *text)
{
	const bool is_figure = text[0] >= '0' && text[0] <= '9';

	for (const char *c = text; *c != '\0'; c++)
		if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
		      strchr("_-.:+#", *c) != NULL || (is_figure && strchr("TZ", *c) != NULL)))
			return false;
	return true;
}

static void mask_value(struct arena *arena, const struct blind *blind, cJSON *item)
{
	const char *masked = blind_text(arena, blind, item->valuestring);

	if (masked != item->valuestring)
		item->valuestring = arena_strdup(arena, masked);
}

static void mask_values(struct arena *arena, const struct blind *blind, cJSON *parent,
                        const char *parent_name)
{
	cJSON *item;

	cJSON_ArrayForEach(item, parent)
	{
		const char *name = item->string != NULL ? item->string : parent_name;

		if (is_own(parent, name))
			continue;
		if (cJSON_IsString(item) && (is_prose(name) || !is_code_word(item->valuestring)))
			mask_value(arena, blind, item);
		else if (item->child != NULL)
			mask_values(arena, blind, item, name);
	}
}

void blind_document(struct arena *arena, const struct blind *blind, cJSON *document)
{
	if (blind->alias == NULL)
		return;
	mask_values(arena, blind, document, "");
	if (json_string(document, "participant", NULL) != NULL)
		cJSON_ReplaceItemInObjectCaseSensitive(document, "participant",
		                                       cJSON_CreateString(blind->alias));
}
