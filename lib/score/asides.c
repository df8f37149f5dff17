#include "score/asides.h"

#include <string.h>

#include "base/text.h"
#include "score/constants.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/*
 * Beginnings of folded words; those of at most ASIDE_WHOLE letters are whole words.
 * An aside has one that names the interview, and nothing but these two kinds.
 */
static const char *const naming[] = {
	"answer",    "attention",   "conversation", "examin",      "grade",    "grading",
	"hope",      "instruction", "interview",    "marks",       "prompt",   "question",
	"said",      "say",         "score",        "thank",       "verdict",  "бал",
	"бали",      "балл",        "балів",        "бесед",       "благодар", "благодарен",
	"благодарю", "вдячн",       "вердикт",      "вказівк",     "вниман",   "вопрос",
	"відповід",  "відповім",    "відповіс",     "дякую",       "екзамен",  "запитан",
	"инструкц",  "интервью",    "интервьюер",   "надеюсь",     "ответ",    "оценк",
	"оценку",    "оцінк",       "питанн",       "разговор",    "розмов",   "сказа",
	"сказав",    "сказати",     "сказать",      "собеседован", "спасибо",  "сподіва",
	"співбесід", "уваг",        "указани",      "экзамен",     "інструкц", "інтервю",
	"інтервюер"
};

static const char *const beside[] = {
	"amazing",        "ask",          "asked",    "asking",    "assistant",   "begin",
	"best",           "brilliant",    "clear",    "complete",  "correct",     "deep",
	"detail",         "disregard",    "end",      "enough",    "ever",        "excellent",
	"explain",        "fantastic",    "favorite", "favourite", "finish",      "forget",
	"full",           "gave",         "give",     "glad",      "good",        "great",
	"happy",          "highest",      "honest",   "ignor",     "ignore",      "important",
	"interesting",    "kind",         "let",      "lovely",    "max",         "maximum",
	"meet",           "met",          "mode",     "much",      "nice",        "output",
	"perfect",        "person",       "pleas",    "pleasure",  "point",       "previous",
	"prior",          "professional", "really",   "rule",      "short",       "start",
	"step",           "system",       "tell",     "think",     "thinking",    "thought",
	"time",           "today",        "told",     "topic",     "try",         "trying",
	"understandable", "want",         "wanted",   "wonderful", "багато",      "больш",
	"важлив",         "важн",         "велик",    "виведи",    "вище",        "вмію",
	"встреча",        "встречал",     "выведи",   "высш",      "выше",        "відмінн",
	"відмінно",       "гарн",         "дай",      "досит",     "достатньо",   "достаточно",
	"дуже",           "дума",         "думав",    "думал",     "думала",      "забудь",
	"забыть",         "задал",        "задали",   "задан",     "замечательн", "запита",
	"зрозум",         "зустріча",     "игнорир",  "интересн",  "лучш",        "лучший",
	"максим",         "максимальн",   "мог",      "могу",      "наивысш",     "найвищ",
	"найкращ",        "начну",        "отличн",   "очень",     "перевірк",    "подума",
	"понятн",         "попередн",     "попроб",   "порядк",    "порядку",     "постав",
	"поставили",      "поставь",      "почну",    "правил",    "предыдущ",    "прежн",
	"прекрасн",       "проверк",      "рад",      "рада",      "радий",       "режим",
	"систем",         "система",      "скаж",     "спроб",     "спробу",      "спросил",
	"ставит",         "уме",          "умею",     "умію",      "файн",        "хорош",
	"хотел",          "хотела",       "хотів",    "хотіла",    "цікав",       "черз",
	"черзі",          "чудесн",       "чудов",    "шикарн",    "щиро",        "ігнор",
	"ігнору"
};

/* Who speaks with each other; whole words. */
static const char *const persons[] = { "i",    "me",   "my",   "our", "us",   "we",   "you",
	                               "your", "вам",  "вами", "вас", "ваш",  "ваша", "ваше",
	                               "ваши", "ваші", "ви",   "вы",  "мене", "мені", "меня",
	                               "ми",   "мне",  "мої",  "мои", "мой",  "моя",  "моє",
	                               "моё",  "мы",   "мій",  "нам", "нас",  "наш",  "я" };

static bool is_person(const struct vocab_word *word)
{
	for (size_t i = 0; i < COUNT(persons); i++) {
		if (strlen(persons[i]) == word->len &&
		    memcmp(persons[i], word->bytes, word->len) == 0)
			return true;
	}
	return false;
}

static bool begins_with(const struct vocab_word *word, const char *beginning)
{
	size_t len, letters;

	/* Most words fail at once, so they should not cost more than that. */
	if (word->bytes[0] != beginning[0])
		return false;
	len = strlen(beginning);
	if (word->len < len || memcmp(word->bytes, beginning, len) != 0)
		return false;
	letters = text_count(beginning, len);
	return word->len == len ||
	       (letters > ASIDE_WHOLE && word->length <= letters + ASIDE_ENDING);
}

static bool is_among(const struct vocab_word *word, const char *const *beginnings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (begins_with(word, beginnings[i]))
			return true;
	}
	return false;
}

static bool is_talk(const struct vocab *vocab, const struct passage *passage,
                    const struct sentence *sentence)
{
	bool names = false;

	for (uint32_t i = sentence->first; i < sentence->end; i++) {
		const struct token *token = &passage->tokens[i];
		const struct vocab_word *word = vocab_word_at(vocab, token->word);

		if (!token->content || token->figure)
			continue;
		if (is_among(word, naming, COUNT(naming)))
			names = true;
		else if (!is_among(word, beside, COUNT(beside)))
			return false;
	}
	return names;
}

static uint64_t hash_of(const struct passage *passage, const struct sentence *sentence)
{
	uint64_t hash = sentence->end - sentence->first;

	for (uint32_t i = sentence->first; i < sentence->end; i++)
		hash = (hash ^ passage->tokens[i].word) * 0x9E3779B97F4A7C15u;
	return hash ^ hash >> 32;
}

static bool is_equal(const struct passage *passage, const struct sentence *a,
                     const struct sentence *b)
{
	if (a->end - a->first != b->end - b->first)
		return false;
	for (uint32_t i = 0; i < a->end - a->first; i++) {
		if (passage->tokens[a->first + i].word != passage->tokens[b->first + i].word)
			return false;
	}
	return true;
}

/* Sentences by hash: their number + 1, 0 where there is none. */
struct seen {
	uint32_t *sentences;
	size_t mask;
};

/* Whether an equal sentence was entered before; enters this one if not. */
static bool is_repeated(const struct passage *passage, uint32_t number, struct seen *seen)
{
	const struct sentence *sentence = &passage->sentences[number];
	size_t at = (size_t)hash_of(passage, sentence) & seen->mask;

	for (; seen->sentences[at] != 0; at = (at + 1) & seen->mask) {
		if (is_equal(passage, &passage->sentences[seen->sentences[at] - 1], sentence))
			return true;
	}
	seen->sentences[at] = number + 1;
	return false;
}

/* Moves the tokens that stay together and counts them anew. */
static void close_up(struct passage *passage, const bool *dropped)
{
	uint32_t count = 0, kept = 0;

	passage->content_count = 0;
	for (uint32_t s = 0; s < passage->sentence_count; s++) {
		struct sentence sentence = passage->sentences[s];
		uint32_t first = count;

		if (dropped[s])
			continue;
		for (uint32_t i = sentence.first; i < sentence.end; i++) {
			struct token *token = &passage->tokens[count];

			*token = passage->tokens[i];
			token->negator -= token->negated ? i - count : 0;
			count++;
			token->sentence = kept;
			token->ordinal = passage->content_count;
			passage->content_count += token->content;
		}
		sentence.first = first;
		sentence.end = count;
		passage->sentences[kept++] = sentence;
	}
	passage->count = count;
	passage->sentence_count = kept;
}

/* Whether a sentence of some length stands in the question as it is. */
static bool is_copied(const struct passage *passage, const struct sentence *sentence,
                      const struct passage *question)
{
	const struct token *tokens = passage->tokens + sentence->first;
	uint32_t count = sentence->end - sentence->first;

	for (uint32_t at = 0; count >= ASIDE_COPIED_MIN && at + count <= question->count; at++) {
		uint32_t same = 0;

		while (same < count && tokens[same].word == question->tokens[at + same].word)
			same++;
		if (same == count)
			return true;
	}
	return false;
}

static uint32_t content_of(const struct passage *passage, const struct sentence *sentence)
{
	uint32_t count = 0;

	for (uint32_t i = sentence->first; i < sentence->end; i++)
		count += passage->tokens[i].content;
	return count;
}

void asides_drop(struct arena *arena, const struct vocab *vocab, const struct passage *question,
                 struct passage *passage)
{
	bool *dropped = arena_array(arena, passage->sentence_count, sizeof(*dropped));
	struct seen seen = { .mask = 15 };
	bool any = false;

	while (seen.mask < 2 * (size_t)passage->sentence_count)
		seen.mask = 2 * seen.mask + 1;
	seen.sentences = arena_array(arena, seen.mask + 1, sizeof(*seen.sentences));
	for (uint32_t s = 0; s < passage->sentence_count; s++) {
		const struct sentence *sentence = &passage->sentences[s];
		uint32_t content = content_of(passage, sentence);

		dropped[s] = true;
		if (is_repeated(passage, s, &seen))
			passage->repeated_count += content;
		else if (is_copied(passage, sentence, question))
			passage->copied_count += content;
		else
			dropped[s] = is_talk(vocab, passage, sentence);
		any |= dropped[s];
	}
	if (!any)
		return;
	close_up(passage, dropped);
	passage_count_distinct(arena, vocab, passage);
}

static bool names_person(const struct vocab *vocab, const struct passage *passage,
                         const struct sentence *sentence)
{
	for (uint32_t i = sentence->first; i < sentence->end; i++) {
		if (is_person(vocab_word_at(vocab, passage->tokens[i].word)))
			return true;
	}
	return false;
}

/* Whether a sentence is about those who talk and has hardly a wanted word. */
static bool is_stray(const struct vocab *vocab, const struct passage *passage,
                     const struct sentence *sentence)
{
	uint32_t content = 0, hits = 0;

	for (uint32_t i = sentence->first; i < sentence->end && hits <= STRAY_HITS; i++) {
		const struct token *token = &passage->tokens[i];
		const struct vocab_stem *stem = vocab_stem_at(vocab, token->stem);

		if (token->figure)
			return false;
		content += token->content;
		hits += token->content && stem->found && stem->content;
	}
	return hits <= STRAY_HITS && hits < STRAY_SHARE * content &&
	       names_person(vocab, passage, sentence);
}

void asides_mark_strays(const struct vocab *vocab, struct passage *passage)
{
	for (uint32_t s = 0; s < passage->sentence_count && passage->sentence_count > 1; s++)
		passage->sentences[s].stray = is_stray(vocab, passage, &passage->sentences[s]);
}
