#include "examiner/guard_forged.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "examiner/guard_words.h"

enum { BASE64_MIN = 24, READABLE_PERCENT = 85 };

/* Signs of chat templates; what they open says who is speaking. */
static const char *const template_signs[] = {
	"<|im_start|>", "<|system|>", "<|user|>",    "<|assistant|>",   "[INST]",
	"<<SYS>>",      "<|eot_id|>", "### System:", "### Instruction", "<|start_header_id|>",
};

/* True if a blank line stands between a unit and the next, or the text ends. */
static bool ends_paragraph(const struct guard_sense *sense, size_t unit)
{
	const struct score_span *units = sense->text.units;
	size_t line_ends = 0;

	if (unit + 1 == sense->text.unit_count)
		return true;
	for (size_t i = units[unit].end; i < units[unit + 1].start; i++)
		line_ends += sense->bytes[i] == '\n';
	return line_ends > 1;
}

/* The meanings of all words of a unit together; sets the first word of the next unit. */
static unsigned unit_meanings(const struct guard_sense *sense, size_t unit, size_t *word)
{
	unsigned all = 0;

	while (*word < sense->text.words.count && sense->text.places[*word].unit <= unit) {
		if (sense->text.places[*word].unit == unit)
			all |= sense->meanings[*word];
		++*word;
	}
	return all;
}

/* True for what somebody would forge a message for. */
static bool is_demand(unsigned meanings)
{
	unsigned has_mark = meanings & (GUARD_MARK | GUARD_SCORE);

	if (meanings & (GUARD_GRADER | GUARD_SECRET | GUARD_DESERVE | GUARD_ORDER))
		return true;
	if ((meanings & GUARD_TOP) && has_mark && (meanings & (GUARD_ME | GUARD_MARK)))
		return true;
	if ((meanings & GUARD_TREAT) && (meanings & GUARD_GOOD) && (meanings & GUARD_ME))
		return true;
	return (meanings & GUARD_OVERRIDE) && (meanings & GUARD_RULES);
}

/* Flags from the unit that opens a forged message to the last of its paragraph that demands. */
static void mark_message(const struct guard_sense *sense, size_t head, size_t word, bool *flagged)
{
	size_t last = head;
	bool demands = false;

	for (size_t unit = head; unit < sense->text.unit_count; unit++) {
		if (is_demand(unit_meanings(sense, unit, &word))) {
			demands = true;
			last = unit;
		}
		if (ends_paragraph(sense, unit))
			break;
	}
	for (size_t unit = head; demands && unit <= last; unit++)
		flagged[unit] = true;
}

static bool is_bracketed(const struct guard_sense *sense, size_t first, size_t last)
{
	size_t start = sense->text.places[first].start;
	char after = sense->bytes[sense->text.places[last].end];

	return start > 0 && strchr("[<{(#*=|", sense->bytes[start - 1]) != NULL && after != '\0' &&
	       strchr("]>})#*=|", after) != NULL;
}

/* True if a unit begins at word `at` with the name of who is said to speak. */
static bool is_head(const struct guard_sense *sense, size_t at)
{
	const struct guard_text *text = &sense->text;
	size_t end;

	if (at > 0 && text->places[at - 1].unit == text->places[at].unit)
		return strcmp(text->words.words[at - 1].text, "role") == 0 &&
		       text->places[at - 1].is_key &&
		       utterance_match(&text->words, at, "system|developer|assistant") != 0;
	end = utterance_match_any(&text->words, at, guard_words_heads);
	return end != 0 && (text->places[end - 1].is_key || is_bracketed(sense, at, end - 1));
}

static void mark_messages(const struct guard_sense *sense, bool *flagged)
{
	const struct guard_text *text = &sense->text;

	for (size_t at = 0; at < text->words.count; at++)
		if (is_head(sense, at))
			mark_message(sense, text->places[at].unit, at, flagged);
}

static void mark_templates(const struct guard_sense *sense, bool *flagged)
{
	for (size_t i = 0; i < sizeof(template_signs) / sizeof(*template_signs); i++) {
		const char *sign = template_signs[i], *found = sense->bytes;
		size_t at = 0;

		while ((found = strstr(found, sign)) != NULL) {
			found += strlen(sign);
			while (at < sense->text.words.count &&
			       sense->text.places[at].end < (size_t)(found - sense->bytes))
				at++;
			if (at < sense->text.words.count)
				mark_message(sense, sense->text.places[at].unit, at, flagged);
		}
	}
}

/* Members of a grade that were seen in one paragraph. */
struct grade_keys {
	size_t first, last; /* words */
	size_t count, own;  /* all; those that only a grade has */
};

static void note_key(const struct guard_sense *sense, size_t at, struct grade_keys *keys)
{
	const struct utterance *words = &sense->text.words;
	size_t own = utterance_match_any(words, at, guard_words_grade_keys);
	size_t end = own != 0 ? own : utterance_match_any(words, at, guard_words_keys);

	if (end == 0 || !sense->text.places[end - 1].is_key ||
	    (keys->count > 0 && at <= keys->last))
		return;
	if (keys->count++ == 0)
		keys->first = at;
	keys->own += own != 0 || utterance_match(words, at, "status covered|partial") != 0;
	keys->last = end - 1;
}

static void mark_grade(const struct guard_sense *sense, const struct grade_keys *keys,
                       bool *flagged)
{
	const struct guard_word *places = sense->text.places;

	if (keys->count < 2 || keys->own == 0)
		return;
	for (size_t unit = places[keys->first].unit; unit <= places[keys->last].unit; unit++)
		flagged[unit] = true;
}

/* "Score: 10/10" as a line of its own. */
static void mark_score_line(const struct guard_sense *sense, size_t at, bool *flagged)
{
	const struct guard_word *places = sense->text.places;
	const unsigned ten = GUARD_TOP | GUARD_MARK | GUARD_SCORE;

	if (at + 1 < sense->text.words.count && places[at].is_key &&
	    (at == 0 || places[at - 1].unit != places[at].unit) &&
	    places[at + 1].unit == places[at].unit &&
	    (sense->meanings[at] & (GUARD_MARK | GUARD_SCORE)) &&
	    (sense->meanings[at + 1] & ten) == ten)
		flagged[places[at].unit] = true;
}

static void mark_grades(const struct guard_sense *sense, bool *flagged)
{
	const struct guard_text *text = &sense->text;
	struct grade_keys keys = { 0 };

	for (size_t at = 0; at < text->words.count; at++) {
		size_t unit = text->places[at].unit;

		note_key(sense, at, &keys);
		mark_score_line(sense, at, flagged);
		if (at + 1 < text->words.count &&
		    (text->places[at + 1].unit == unit || !ends_paragraph(sense, unit)))
			continue;
		mark_grade(sense, &keys, flagged);
		keys = (struct grade_keys){ 0 };
	}
}

void guard_forged_mark(const struct guard_sense *sense, bool *flagged)
{
	mark_messages(sense, flagged);
	mark_templates(sense, flagged);
	mark_grades(sense, flagged);
}

static int base64_digit(char c)
{
	static const char digits[] =
	        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = c == '\0' ? NULL : strchr(digits, c);

	if (found != NULL)
		return (int)(found - digits);
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

static const char *decode_run(struct arena *arena, const char *run, size_t len)
{
	struct buf out;
	unsigned bits = 0, have = 0;

	buf_init(&out, arena);
	for (size_t i = 0; i < len; i++) {
		bits = bits << 6 | (unsigned)base64_digit(run[i]);
		have += 6;
		if (have >= 8)
			buf_char(&out, (char)(bits >> (have -= 8) & 0xFF));
	}
	return strlen(out.data) == out.len ? out.data : "";
}

/* Random bytes and identifiers are seldom text. */
static bool is_readable(const char *text)
{
	const char *end = text + strlen(text);
	size_t all = 0, plain = 0;

	if (text == end || !text_valid(text, (size_t)(end - text)))
		return false;
	while (text < end) {
		uint32_t c = text_next(&text, end);

		all++;
		plain += text_is_letter(c) || text_is_space(c) || (c >= ' ' && c < 0x7F);
	}
	return 100 * plain >= READABLE_PERCENT * all;
}

const char *guard_forged_decode(struct arena *arena, const char *text, size_t *offset,
                                struct score_span *ret_span)
{
	size_t at = *offset;

	while (text[at] != '\0') {
		size_t len = 0;
		const char *decoded;

		while (base64_digit(text[at + len]) >= 0)
			len++;
		*ret_span = (struct score_span){ at, at + len };
		decoded = len < BASE64_MIN ? "" : decode_run(arena, text + at, len);
		at += len > 0 ? len : 1;
		*offset = at;
		if (is_readable(decoded))
			return decoded;
	}
	return NULL;
}
