#include "examiner/proof.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "score/fold.h"
#include "score/words.h"

enum { PROOF_WORDS = 2 };

/* One letter of a text as quotations are compared; its bytes are [start, end). */
struct letter {
	uint32_t code;
	size_t start, end;
};

struct letters {
	struct letter *items;
	size_t count;
};

static bool is_quote_sign(uint32_t c)
{
	return fold_is_apostrophe(c) || c == '"' || c == 0xAB || c == 0xBB ||
	       (c >= 0x201A && c <= 0x201F) || c == 0x2033 || c == 0x2039 || c == 0x203A ||
	       c == 0xFF02;
}

static bool is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 ||
	       c == 0xFF0D;
}

static bool is_word_letter(uint32_t c)
{
	return text_is_letter(c) || fold_is_digit(c);
}

/* One sign for all that keyboards and word processors put in its place. */
static uint32_t fold_sign(uint32_t c)
{
	if (text_is_space(c))
		return ' ';
	if (is_quote_sign(c))
		return '\'';
	if (is_dash(c))
		return '-';
	return fold_letter(c);
}

static void add_letter(struct letters *letters, uint32_t code, size_t start, size_t end)
{
	struct letter *last = letters->count > 0 ? &letters->items[letters->count - 1] : NULL;

	if (code == ' ' && (last == NULL || last->code == ' ')) {
		if (last != NULL)
			last->end = end;
		return;
	}
	letters->items[letters->count++] = (struct letter){ code, start, end };
}

static void add_folded(struct letters *letters, uint32_t c, size_t start, size_t end)
{
	struct letter *last = letters->count > 0 ? &letters->items[letters->count - 1] : NULL;

	if (fold_is_mark(c)) {
		if (last != NULL && last->code != ' ') {
			last->code = fold_compose(last->code, c);
			last->end = end;
		}
	} else if (c == 0x2026) {
		for (int i = 0; i < 3; i++)
			add_letter(letters, '.', start, end);
	} else {
		add_letter(letters, fold_sign(c), start, end);
	}
}

static struct letters read_letters(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	/* An ellipsis of three bytes becomes three dots, so no text grows. */
	struct letters letters = { arena_array(arena, len + 1, sizeof(struct letter)), 0 };
	const char *end = text + len;

	for (const char *p = text; p < end;) {
		size_t start = (size_t)(p - text);
		uint32_t c = text_next(&p, end);

		add_folded(&letters, c, start, (size_t)(p - text));
	}
	return letters;
}

static bool is_rim(uint32_t c)
{
	return c == ' ' || c == '\'' || c == '.' || c == ',' || c == ';' || c == ':' || c == '!' ||
	       c == '?';
}

/* Models put a quotation into marks and end it as a sentence. */
static void trim(struct letters *letters)
{
	while (letters->count > 0 && is_rim(letters->items[letters->count - 1].code))
		letters->count--;
	while (letters->count > 0 && is_rim(letters->items[0].code)) {
		letters->items++;
		letters->count--;
	}
}

/* Number of words that say something; words are as score/words.h wants them. */
static size_t content_words(struct arena *arena, const struct letters *letters)
{
	struct buf word;
	size_t words = 0;
	char bytes[4];

	buf_init(&word, arena);
	for (size_t i = 0; i <= letters->count; i++) {
		uint32_t c = i < letters->count ? letters->items[i].code : ' ';

		if (is_word_letter(c)) {
			buf_add(&word, bytes, text_encode(c, bytes));
		} else if (c != '\'' && word.len > 0) {
			words += !(words_flags(word.data) & WORD_STOP);
			buf_truncate(&word, 0);
		}
	}
	return words;
}

/* How far back to go in the needle after a mismatch: the failure table of KMP. */
static size_t *failures(struct arena *arena, const struct letters *needle)
{
	size_t *table = arena_array(arena, needle->count, sizeof(*table));
	size_t k = 0;

	for (size_t i = 1; i < needle->count; i++) {
		while (k > 0 && needle->items[i].code != needle->items[k].code)
			k = table[k - 1];
		if (needle->items[i].code == needle->items[k].code)
			k++;
		table[i] = k;
	}
	return table;
}

/* True if letters [first, end) of the text are whole words. */
static bool is_whole(const struct letters *text, size_t first, size_t end)
{
	const struct letter *items = text->items;

	if (first > 0 && is_word_letter(items[first].code) && is_word_letter(items[first - 1].code))
		return false;
	return end == text->count || !is_word_letter(items[end].code) ||
	       !is_word_letter(items[end - 1].code);
}

static bool find(struct arena *arena, const struct letters *text, const struct letters *needle,
                 struct score_span *ret_span)
{
	const size_t *table = failures(arena, needle);
	size_t k = 0;

	for (size_t i = 0; i < text->count; i++) {
		while (k > 0 && text->items[i].code != needle->items[k].code)
			k = table[k - 1];
		if (text->items[i].code == needle->items[k].code)
			k++;
		if (k < needle->count)
			continue;
		if (is_whole(text, i + 1 - k, i + 1)) {
			ret_span->start = text->items[i + 1 - k].start;
			ret_span->end = text->items[i].end;
			return true;
		}
		k = table[k - 1];
	}
	return false;
}

bool proof_find_quote(struct arena *arena, const char *answer, const char *quote,
                      struct score_span *ret_span)
{
	struct letters text = read_letters(arena, answer);
	struct letters needle = read_letters(arena, quote);
	size_t said, wanted;

	trim(&needle);
	if (needle.count == 0 || needle.count > text.count)
		return false;
	said = content_words(arena, &needle);
	wanted = content_words(arena, &text) < PROOF_WORDS ? 1 : PROOF_WORDS;
	return said >= wanted && find(arena, &text, &needle, ret_span);
}

/* A way to read digits of a text as a number. */
struct reading {
	double value;
	int decimals;
	const char *end;
};

/* The numbers of the data. */
struct figures {
	struct arena *arena;
	double *items;
	size_t count, capacity;
};

static bool is_digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

static const char *digits_end(const char *p, const char *end)
{
	while (is_digit(p, end))
		p++;
	return p;
}

static double digits_value(const char *p, const char *end)
{
	double value = 0;

	for (; p < end; p++)
		value = is_digit(p, end) ? 10 * value + (*p - '0') : value;
	return value;
}

/* The sign between groups of thousands at `p`, 0 if none is there; sets what follows it. */
static uint32_t group_sign(const char *p, const char *end, const char **ret_next)
{
	uint32_t c;

	*ret_next = p;
	if (p == end)
		return 0;
	c = text_next(ret_next, end);
	if (c == '\n' || c == '\t')
		return 0;
	if (text_is_space(c))
		return ' ';
	return c == ',' || c == '.' || fold_is_apostrophe(c) ? c : 0;
}

static bool is_group(const char *p, const char *end)
{
	return digits_end(p, end) - p == 3;
}

/* What follows a decimal comma or point after the whole part that ends at `p`, or NULL. */
static const char *decimals_at(const char *p, const char *end)
{
	return p < end && (*p == '.' || *p == ',') && is_digit(p + 1, end) ? p + 1 : NULL;
}

static struct reading with_decimals(double whole, const char *p, const char *end)
{
	const char *from = decimals_at(p, end);
	struct reading reading = { whole, 0, p };
	double unit = 1;

	if (from == NULL)
		return reading;
	reading.end = digits_end(from, end);
	reading.decimals = (int)(reading.end - from);
	for (; from < reading.end; from++)
		reading.value += (*from - '0') * (unit /= 10);
	return reading;
}

/* "12 345,6", "12,345.6", "12.345": false when there are no groups of thousands. */
static bool read_groups(const char *p, const char *end, struct reading *ret_reading)
{
	const char *next, *stop = digits_end(p, end);
	uint32_t sign = group_sign(stop, end, &next);

	if (stop - p > 3 || sign == 0 || !is_group(next, end))
		return false;
	while (sign != 0 && group_sign(stop, end, &next) == sign && is_group(next, end))
		stop = digits_end(next, end);
	*ret_reading = with_decimals(digits_value(p, stop), stop, end);
	return true;
}

static struct reading read_plain(const char *p, const char *end)
{
	const char *stop = digits_end(p, end);

	return (struct reading){ digits_value(p, stop), 0, stop };
}

static void add_figure(struct figures *figures, double value)
{
	if (figures->count == figures->capacity) {
		size_t capacity = figures->capacity == 0 ? 64 : 2 * figures->capacity;
		double *items = arena_array(figures->arena, capacity, sizeof(*items));

		if (figures->count > 0)
			memcpy(items, figures->items, figures->count * sizeof(*items));
		figures->items = items;
		figures->capacity = capacity;
	}
	figures->items[figures->count++] = value < 0 ? -value : value;
}

/* Every way to read the numbers of a string: a date gives its parts as well. */
static void add_text_figures(struct figures *figures, const char *text)
{
	const char *end = text + strlen(text);

	for (const char *p = text; p < end; p++) {
		struct reading groups, plain;

		if (!is_digit(p, end))
			continue;
		plain = read_plain(p, end);
		add_figure(figures, plain.value);
		add_figure(figures, with_decimals(plain.value, plain.end, end).value);
		if (read_groups(p, end, &groups))
			add_figure(figures, groups.value);
		p = plain.end - 1;
	}
}

static void add_data_figures(struct figures *figures, const cJSON *data)
{
	const cJSON *child;

	if (cJSON_IsNumber(data))
		add_figure(figures, data->valuedouble);
	if (cJSON_IsString(data))
		add_text_figures(figures, data->valuestring);
	if (cJSON_IsArray(data))
		add_figure(figures, cJSON_GetArraySize(data));
	cJSON_ArrayForEach(child, data)
	{
		add_data_figures(figures, child);
	}
}

/* Rounding to a whole number would make 0 or 1 of every ratio. */
static bool is_rounded(double figure, double value, double tolerance)
{
	if (tolerance > 0.4 && figure < 1 && figure > 0)
		return false;
	return figure >= value - tolerance && figure <= value + tolerance;
}

static bool is_percent(const char *p, const char *end)
{
	static const char *const words[] = { "%", "percent", "per cent", "процент", "відсот" };

	while (p < end) {
		const char *next = p;

		if (!text_is_space(text_next(&next, end)))
			break;
		p = next;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (text_starts(p, words[i]))
			return true;
	return false;
}

static bool is_borne_out(const struct figures *figures, const struct reading *reading,
                         const char *end)
{
	bool percent = is_percent(reading->end, end);
	double tolerance = 0.5;

	for (int i = 0; i < reading->decimals; i++)
		tolerance /= 10;
	tolerance += 1e-9;
	for (size_t i = 0; i < figures->count; i++) {
		double figure = figures->items[i];

		if (is_rounded(figure, reading->value, tolerance))
			return true;
		if (percent && figure <= 1 && is_rounded(100 * figure, reading->value, tolerance))
			return true;
	}
	return false;
}

/* "21.11.2026", "21.11": its parts are numbers of their own. */
static bool is_dotted(const char *p, const struct reading *reading, const char *end)
{
	const char *point = digits_end(p, end);

	if (decimals_at(point, end) == NULL)
		return false;
	if (decimals_at(reading->end, end) != NULL)
		return true;
	return point - p == 2 && reading->decimals == 2 && digits_value(p, point) <= 31 &&
	       digits_value(point + 1, reading->end) <= 12;
}

/*
 * Reads the number at `p` in the ways that the text allows and takes the first that the
 * data bear out. False: none is; the reading is the natural one then.
 */
static bool check_number(const struct figures *figures, const char *p, const char *end,
                         bool in_dots, struct reading *ret_reading)
{
	struct reading plain = read_plain(p, end), groups;
	struct reading natural = with_decimals(plain.value, plain.end, end);
	bool has_groups = read_groups(p, end, &groups);
	bool is_split = has_groups ? *plain.end != '.' && *plain.end != ','
	                           : in_dots || is_dotted(p, &natural, end);

	*ret_reading = natural;
	if (has_groups && is_borne_out(figures, &groups, end)) {
		*ret_reading = groups;
		return true;
	}
	if (is_borne_out(figures, &natural, end) && decimals_at(natural.end, end) == NULL)
		return true;
	*ret_reading = is_split ? plain : has_groups ? groups : natural;
	return is_split && is_borne_out(figures, &plain, end);
}

/* What stands before a number. */
struct place {
	bool at_line;    /* nothing but signs of a list or heading since the line began */
	bool after_name; /* a Latin letter: it is part of a name, as in HTTP2 */
	bool in_dots;    /* the number before was a part of "21.11.2026" */
	int list_number; /* the last number of a list */
};

static bool is_list_number(struct place *place, const struct reading *reading, const char *end)
{
	const char *p = reading->end;
	bool follows = reading->value == 1 || reading->value == place->list_number ||
	               reading->value == place->list_number + 1;

	if (!place->at_line || !follows || reading->decimals > 0 || end - p < 2 ||
	    (*p != '.' && *p != ')') || (p[1] != ' ' && p[1] != '*' && p[1] != '\t'))
		return false;
	place->list_number = (int)reading->value;
	return true;
}

static void note_letter(struct place *place, uint32_t c)
{
	if (c == '\n')
		place->at_line = true;
	else if (!text_is_space(c) && c != '#' && c != '*' && c != '-' && c != '>' && c != '_')
		place->at_line = false;
	place->in_dots = place->in_dots && (c == '.' || c == ',');
	place->after_name = c < 0x250 && text_is_letter(c);
}

const char *proof_stray_number(struct arena *arena, const char *text, const cJSON *data)
{
	struct figures figures = { .arena = arena };
	struct place place = { .at_line = true };
	const char *end = text + strlen(text);

	add_data_figures(&figures, data);
	while (text < end) {
		struct reading reading = read_plain(text, end);
		const char *start = text;

		if (!is_digit(text, end)) {
			note_letter(&place, text_next(&text, end));
			continue;
		}
		if (place.after_name)
			reading = with_decimals(reading.value, reading.end, end);
		else if (!is_list_number(&place, &reading, end) &&
		         !check_number(&figures, start, end, place.in_dots, &reading))
			return arena_copy(arena, start, (size_t)(reading.end - start));
		text = reading.end;
		place.at_line = false;
		place.in_dots = decimals_at(text, end) != NULL;
	}
	return NULL;
}
