#include <string.h>

#include "base/text.h"
#include "examiner/feedback_writer.h"
#include "examiner/utterance.h"

/* A rubric dimension below this deserves a piece of advice; convention. */
#define WEAK_DIMENSION 2.5

/* Pieces of advice that one takes home; words that make an answer short, a sentence long. */
enum { IMPROVEMENTS = 3, SHORT_ANSWER = 25, LONG_SENTENCE = 40 };

/* Too few words to tell a language by. */
enum { LANGUAGE_WORDS = 5 };

/* So many Latin letters to a Cyrillic one make the terms of the trade a text; convention. */
enum { LATIN_TEXT = 9 };

struct advice {
	struct feedback_writer *writer;
	int count;
};

/* Begins a piece of advice; false when there are enough of them. */
static bool begin(struct advice *advice)
{
	if (advice->count == IMPROVEMENTS)
		return false;
	if (advice->count++ == 0)
		feedback_heading(advice->writer,
		                 i18n(advice->writer->language, "How to make it better:"));
	buf_str(&advice->writer->out, "\n- ");
	return true;
}

static const struct flag_advice {
	enum score_flag flag;
	const char *text;
} flag_advice[] = {
	{ SCORE_FLAG_QUESTION_COPIED,
	  N_("Most of the answer repeats the question. Only what goes beyond it can be graded.") },
	{ SCORE_FLAG_KEYWORD_LIST,
	  N_("The answer is a list of terms. Say in sentences how they belong together.") },
	{ SCORE_FLAG_WORD_ORDER,
	  N_("The right words are there. Say in whole sentences how they belong together.") },
	{ SCORE_FLAG_DUMP,
	  N_("Little of this long answer is about the question. Choose what matters for it.") },
	{ SCORE_FLAG_REPETITION, N_("The same words come again and again. Say each thing once.") },
	{ SCORE_FLAG_EMPTY, N_("The answer has no words that could be graded.") },
};

/* Points that are denied without a known false claim; a flag without its point counts as one. */
static int count_denied(const struct score_result *result)
{
	int count = 0;

	for (size_t i = 0; i < result->point_count; i++)
		count += result->points[i].denied && result->points[i].wrong == NULL;
	return count > 0 ? count : 1;
}

static void advise_on_false(struct advice *advice)
{
	struct feedback_writer *writer = advice->writer;
	const int claims = feedback_count_false(writer->result, true);
	const int denied = count_denied(writer->result);

	if ((writer->result->flags & SCORE_FLAG_CONTRADICTION) == 0 || !begin(advice))
		return;
	if (claims > 0)
		buf_printf(&writer->out,
		           i18n_plural(writer->language,
		                       "%d statement is not correct. Read the correction above and "
		                       "find out why.",
		                       "%d statements are not correct. Read the corrections above "
		                       "and find out why.",
		                       claims),
		           claims);
	else
		buf_printf(&writer->out,
		           i18n_plural(writer->language,
		                       "%d statement says the opposite of what is right. Check "
		                       "where you deny or reverse something.",
		                       "%d statements say the opposite of what is right. Check "
		                       "where you deny or reverse something.",
		                       denied),
		           denied);
}

static void advise_on_flags(struct advice *advice)
{
	for (size_t i = 0; i < sizeof(flag_advice) / sizeof(*flag_advice); i++)
		if ((advice->writer->result->flags & flag_advice[i].flag) != 0 && begin(advice))
			buf_str(&advice->writer->out,
			        i18n(advice->writer->language, flag_advice[i].text));
}

static const char *follow_up_on(const struct exam_question *question, const char *key_point_id)
{
	for (size_t i = 0; i < question->follow_up_count; i++)
		if (strcmp(question->follow_ups[i].key_point_id, key_point_id) == 0)
			return question->follow_ups[i].text;
	return NULL;
}

/* The bank's question on the first point of that status that has one. */
static const char *next_step(const struct feedback_writer *writer, enum score_status status)
{
	const struct score_question *question = &writer->question->score;

	for (size_t i = 0; i < writer->result->point_count && i < question->point_count; i++) {
		const char *text = NULL;

		if (writer->result->points[i].status == status)
			text = follow_up_on(writer->question, question->points[i].id);
		if (text != NULL)
			return text;
	}
	return NULL;
}

static void advise_on_points(struct advice *advice)
{
	const char *text = next_step(advice->writer, SCORE_MISSING);

	if (text == NULL)
		text = next_step(advice->writer, SCORE_PARTIAL);
	if (text != NULL && begin(advice))
		buf_printf(&advice->writer->out,
		           i18n(advice->writer->language, "Try to answer this, too: %s"), text);
}

static void advise_on_length(struct advice *advice, const struct utterance *answer)
{
	struct feedback_writer *writer = advice->writer;
	const char *model = writer->question->model_answer;
	struct utterance full = { 0 };

	if (model != NULL)
		utterance_read(writer->arena, model, &full);
	if (answer->count == 0 || answer->count >= SHORT_ANSWER ||
	    full.count <= 2 * answer->count || writer->result->verdict == SCORE_EXCELLENT ||
	    !begin(advice))
		return;
	buf_printf(&writer->out,
	           i18n_plural(writer->language,
	                       "The answer has %1$d word, the reference answer %2$d.",
	                       "The answer has %1$d words, the reference answer %2$d.",
	                       (long long)answer->count),
	           (int)answer->count, (int)full.count);
	buf_char(&writer->out, ' ');
	buf_str(&writer->out, i18n(writer->language,
	                           "One or two sentences on each part of the question will do."));
}

static void advise_on_depth(struct advice *advice)
{
	struct feedback_writer *writer = advice->writer;
	const struct score_point *best = feedback_best(writer->result, SCORE_COVERED);

	if (best == NULL)
		best = feedback_best(writer->result, SCORE_PARTIAL);
	if (best == NULL || writer->result->rubric.depth >= WEAK_DIMENSION || !begin(advice))
		return;
	buf_printf(&writer->out,
	           i18n(writer->language, "Go deeper where you are strong: give the reason or an "
	                                  "example from practice for “%s”."),
	           feedback_point_name(writer->arena, best));
}

/* Words of the longest sentence. */
static size_t longest_sentence(const struct utterance *answer)
{
	size_t longest = 0;

	for (size_t i = 0; i < answer->count; i++)
		if (answer->words[i].in_sentence + 1 > longest)
			longest = answer->words[i].in_sentence + 1;
	return longest;
}

static void advise_on_form(struct advice *advice, const struct utterance *answer)
{
	struct feedback_writer *writer = advice->writer;
	const size_t longest = longest_sentence(answer);

	if (longest > LONG_SENTENCE && begin(advice))
		buf_printf(
		        &writer->out,
		        i18n_plural(writer->language,
		                    "The longest sentence has %d word. Cut it into shorter ones.",
		                    "The longest sentence has %d words. Cut it into shorter "
		                    "ones.",
		                    (long long)longest),
		        (int)longest);
	else if (writer->result->rubric.structure < WEAK_DIMENSION &&
	         answer->count >= SHORT_ANSWER && begin(advice))
		buf_str(&writer->out,
		        i18n(writer->language, "Give the answer a shape: first the main thought, "
		                               "then the reasons, then an example."));
}

/* Letters; capital Latin ones are left out, they make abbreviations. */
struct letters {
	size_t latin, cyrillic, russian, ukrainian; /* the last two: what the other lacks */
};

static struct letters count_letters(const char *text)
{
	const char *end = text + strlen(text);
	struct letters letters = { 0 };

	while (text < end) {
		const uint32_t c = text_next(&text, end), low = text_lower(c);

		letters.latin += c >= 'a' && c <= 'z';
		letters.cyrillic += c >= 0x400 && c <= 0x4FF;
		letters.russian += low == 0x44B || low == 0x44D || low == 0x44A || low == 0x451;
		letters.ukrainian += low == 0x456 || low == 0x457 || low == 0x454 || low == 0x491;
	}
	return letters;
}

static bool is_foreign(const struct letters *letters, enum language language)
{
	if (language == LANG_EN)
		return letters->cyrillic > letters->latin;
	if (letters->latin > LATIN_TEXT * letters->cyrillic)
		return true;
	return language == LANG_RU ? letters->ukrainian > letters->russian
	                           : letters->russian > letters->ukrainian;
}

const char *feedback_on_language(const struct feedback_writer *writer)
{
	const struct letters letters = count_letters(writer->answer);
	struct utterance answer;

	if (writer->result->verdict >= SCORE_GOOD || !is_foreign(&letters, writer->language))
		return NULL;
	utterance_read(writer->arena, writer->answer, &answer);
	if (answer.count < LANGUAGE_WORDS)
		return NULL;
	/* Each translation names its own language. */
	return i18n(writer->language, "Please answer in English, the language of this interview: "
	                              "what you know will count then.");
}

void feedback_improvements(struct feedback_writer *writer)
{
	struct advice advice = { .writer = writer };
	const char *language = feedback_on_language(writer);
	struct utterance answer;

	/* What else there is to say of the form was found in words that were not understood. */
	if (language != NULL && begin(&advice)) {
		buf_str(&writer->out, language);
		advise_on_points(&advice);
		return;
	}
	utterance_read(writer->arena, writer->answer, &answer);
	advise_on_flags(&advice);
	advise_on_false(&advice);
	advise_on_points(&advice);
	advise_on_length(&advice, &answer);
	advise_on_depth(&advice);
	advise_on_form(&advice, &answer);
}
