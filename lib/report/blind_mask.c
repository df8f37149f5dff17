#include "report/blind_mask.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"

enum { MOST_LETTERS = 100, LEAST_LETTERS = 2, LEAST_STEM = 3, MOST_ENDING = 3 };
enum { LETTER_A = 0x430, SHORT_I = 0x439 };

/* Lower-case code points. */
struct blind_term {
	uint32_t letters[MOST_LETTERS];
	size_t count;
	size_t stem; /* so many of them stay when the word is inflected; 0: it is not */
};

static bool is_word(uint32_t c)
{
	return text_is_letter(c) || (c >= '0' && c <= '9');
}

/* --- words to mask ----------------------------------------------------------------------- */

static bool is_cyrillic(uint32_t c)
{
	return c >= 0x400 && c <= 0x52F;
}

/* Vowels, soft sign and short i end a word that loses them: Мария, Марии; Игорь, Игоря. */
static bool is_loose(uint32_t c)
{
	static const char letters[] = "аеєиіїйоуыьюя";
	const char *at = letters, *end = letters + sizeof(letters) - 1;

	while (at < end)
		if (text_next(&at, end) == c)
			return true;
	return false;
}

/* Of a name like an adjective both letters of the ending go: Гнатовский, Гнатовская. */
static size_t stem_of(const struct blind_term *term)
{
	size_t stem = term->count;

	if (!is_cyrillic(term->letters[0]))
		return 0;
	if (stem > LEAST_STEM && is_loose(term->letters[stem - 1]))
		stem--;
	if (stem > LEAST_STEM && stem < term->count && is_loose(term->letters[stem - 1]) &&
	    (term->letters[stem] == SHORT_I || term->letters[stem - 1] == LETTER_A))
		stem--;
	return stem >= LEAST_STEM ? stem : 0;
}

static void add_term(struct arena *arena, struct blind *blind, const char *bytes, size_t len)
{
	struct blind_term *terms = arena_array(arena, blind->count + 1, sizeof(*terms));
	struct blind_term *term = &terms[blind->count];
	const char *end = bytes + len;

	if (blind->count > 0)
		memcpy(terms, blind->terms, blind->count * sizeof(*terms));
	while (bytes < end && term->count < MOST_LETTERS)
		term->letters[term->count++] = text_lower(text_next(&bytes, end));
	if (term->count < LEAST_LETTERS)
		return;
	term->stem = stem_of(term);
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

/* The end of the run of letters and digits at `at`, and how many they are. */
static const char *word_end(const char *at, const char *end, size_t *ret_count)
{
	*ret_count = 0;
	while (at < end) {
		const char *next = at;

		if (!is_word(text_next(&next, end)))
			break;
		at = next;
		++*ret_count;
	}
	return at;
}

/* The end of the term that stands at `at`; NULL: it does not. */
static const char *match(const struct blind_term *term, const char *at, const char *end)
{
	size_t same = 0, rest;
	const char *stem_end = NULL, *last;

	while (same < term->count && at < end) {
		const char *next = at;

		if (text_lower(text_next(&next, end)) != term->letters[same])
			break;
		at = next;
		if (++same == term->stem)
			stem_end = at;
	}
	last = word_end(at, end, &rest);
	if (same == term->count && rest == 0)
		return at;
	if (stem_end == NULL)
		return NULL;
	last = word_end(stem_end, end, &rest);
	return rest <= MOST_ENDING ? last : NULL;
}

static const char *match_any(const struct blind *blind, const char *at, const char *end)
{
	const char *longest = NULL;

	for (size_t i = 0; i < blind->count; i++) {
		const char *found = match(&blind->terms[i], at, end);

		if (found != NULL && (longest == NULL || found > longest))
			longest = found;
	}
	return longest;
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
	const char *at = text, *end, *copied = text;
	bool in_word = false;
	struct buf out;

	if (blind->alias == NULL || text == NULL)
		return text;
	end = text + strlen(text);
	buf_init(&out, arena);
	while (at < end) {
		const char *found = in_word ? NULL : match_any(blind, at, end);

		if (found == NULL) {
			in_word = is_word(text_next(&at, end));
			continue;
		}
		buf_add(&out, copied, (size_t)(at - copied));
		add_mask(&out, at, found);
		at = copied = found;
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
