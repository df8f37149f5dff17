#include "examiner/llm_checks.h"

#include <string.h>

#include "base/text.h"
#include "examiner/proof.h"
#include "examiner/utterance.h"

/* Letters from which the share of scripts tells a language; technical terms stay Latin. */
enum { LETTERS_MIN = 12 };
#define OWN_SCRIPT_MIN 0.3

/* --- candidates' texts ------------------------------------------------------- */

static const char *blank(struct arena *arena, const char *text, const struct guard_orders *orders)
{
	char *copy;

	if (orders->count == 0)
		return text;
	copy = arena_strdup(arena, text);
	/* Line ends stay, so that what stood apart does not grow together. */
	for (size_t i = 0; i < orders->count; i++)
		for (size_t k = orders->spans[i].start; k < orders->spans[i].end; k++)
			if (copy[k] != '\n')
				copy[k] = ' ';
	return copy;
}

struct llm_fenced llm_checks_fence(struct arena *arena, const char *text)
{
	struct llm_fenced fenced;

	guard_find_orders(arena, text, &fenced.orders);
	fenced.shown = guard_without(arena, text, &fenced.orders);
	fenced.blanked = blank(arena, text, &fenced.orders);
	return fenced;
}

bool llm_checks_overlaps(struct score_span span, const struct score_span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (span.start < spans[i].end && spans[i].start < span.end)
			return true;
	return false;
}

/* --- models' texts ----------------------------------------------------------- */

struct letters {
	size_t all, cyrillic, russian, ukrainian; /* the last two: letters of one of them only */
};

static bool is_one_of(uint32_t c, const uint32_t *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (set[i] == c)
			return true;
	return false;
}

static struct letters count_letters(const char *text)
{
	static const uint32_t russian[] = { 0x44B, 0x44D, 0x44A, 0x451 };
	static const uint32_t ukrainian[] = { 0x456, 0x457, 0x454, 0x491 };
	const char *end = text + strlen(text);
	struct letters letters = { 0 };

	while (text < end) {
		uint32_t c = text_lower(text_next(&text, end));

		letters.all += text_is_letter(c);
		letters.cyrillic += c >= 0x400 && c <= 0x52F;
		letters.russian += is_one_of(c, russian, 4);
		letters.ukrainian += is_one_of(c, ukrainian, 4);
	}
	return letters;
}

bool llm_checks_language(const char *text, enum language language)
{
	const struct letters letters = count_letters(text);
	const double share = letters.all > 0 ? (double)letters.cyrillic / (double)letters.all : 0;

	if (letters.all < LETTERS_MIN)
		return true;
	switch (language) {
	case LANG_RU:
		return share >= OWN_SCRIPT_MIN && letters.russian >= letters.ukrainian;
	case LANG_UK:
		return share >= OWN_SCRIPT_MIN && letters.ukrainian >= letters.russian;
	default:
		return share <= 1 - OWN_SCRIPT_MIN;
	}
}

/* JSON, a fence, a tag: what a model wraps words in and no person says. */
static bool is_markup(const char *text)
{
	return strchr("{[<", text[0]) != NULL || strstr(text, "```") != NULL ||
	       strstr(text, "</") != NULL || strstr(text, "\":") != NULL;
}

const char *llm_checks_words(struct arena *arena, const char *text, enum language language,
                             size_t max)
{
	const char *words = text_trimmed(arena, text);

	if (words[0] == '\0' || is_markup(words) || text_count(words, strlen(words)) > max)
		return NULL;
	return llm_checks_language(words, language) ? words : NULL;
}

struct score_texts llm_checks_secrets(struct arena *arena, const char *system,
                                      const struct exam_question *question)
{
	const struct score_question *score = question != NULL ? &question->score : NULL;
	size_t most = 1, used = 0;
	const char **items;

	if (question != NULL)
		most += score->point_count + score->references.count + question->mistake_count;
	items = arena_array(arena, most, sizeof(*items));
	items[used++] = system;
	if (question == NULL)
		return (struct score_texts){ items, used };
	for (size_t i = 0; i < score->point_count; i++)
		items[used++] = score->points[i].text;
	for (size_t i = 0; i < score->references.count; i++)
		items[used++] = score->references.items[i];
	for (size_t i = 0; i < question->mistake_count; i++)
		items[used++] = question->mistakes[i].fact;
	return (struct score_texts){ items, used };
}

/* --- claims about scores ----------------------------------------------------- */

static const char *const score_words[] = {
	"score|scores|scored|grade|grades|graded|mark|marks|point|points|rating|rated",
	"out of",
	"балл|балла|баллов|баллами|баллы|оценка|оценки|оценку|оценкой|оценил|оценили|оценен",
	"бал|бали|балів|балами|бала|оцінка|оцінки|оцінку|оцінкою|оцінив|оцінили|оцінено",
	NULL,
};

/* "8/10": a figure against the top of a usual scale. */
static bool has_fraction(const char *text)
{
	for (const char *at = strchr(text, '/'); at != NULL; at = strchr(at + 1, '/')) {
		const size_t digits = strspn(at + 1, "0123456789");

		if (at == text || strchr("0123456789", at[-1]) == NULL)
			continue;
		if ((digits == 1 && at[1] == '5') ||
		    (digits == 2 && strncmp(at + 1, "10", 2) == 0) ||
		    (digits == 3 && strncmp(at + 1, "100", 3) == 0))
			return true;
	}
	return false;
}

static bool speaks_of_scores(struct arena *arena, const char *sentence)
{
	struct utterance utterance;

	if (has_fraction(sentence))
		return true;
	utterance_read(arena, sentence, &utterance);
	for (size_t at = 0; at < utterance.count; at++)
		if (utterance_match_any(&utterance, at, score_words) != 0)
			return true;
	return false;
}

/* Bytes up to the end of the sentence: its mark before white space, or a line end. */
static size_t sentence_len(const char *text)
{
	size_t len = 0;

	while (text[len] != '\0') {
		const char c = text[len++];

		if (c == '\n' || (strchr(".!?", c) != NULL && strchr(" \t\n", text[len]) != NULL))
			break;
	}
	return len;
}

bool llm_checks_false_score(struct arena *arena, const char *text, const cJSON *data)
{
	while (*text != '\0') {
		const size_t len = sentence_len(text);
		const char *sentence = arena_copy(arena, text, len);

		if (speaks_of_scores(arena, sentence) &&
		    proof_stray_number(arena, sentence, data) != NULL)
			return true;
		text += len;
	}
	return false;
}
