#include "check.h"

#include "score/constants.h"
#include "score/match.h"
#include "score/passage.h"
#include "score/words.h"

static struct passage read_passage(struct vocab *vocab, const char *text)
{
	struct passage passage;

	passage_read(arena, vocab, text, strlen(text), &passage);
	return passage;
}

/* The folded words of a text with a bar after each; "!" before a negated one. */
static const char *words_of(const char *text)
{
	struct vocab *vocab = vocab_create(arena);
	struct passage passage = read_passage(vocab, text);
	const char *all = "";

	for (uint32_t i = 0; i < passage.count; i++)
		all = arena_printf(arena, "%s%s%s|", all, passage.tokens[i].negated ? "!" : "",
		                   vocab_word_at(vocab, passage.tokens[i].word)->bytes);
	return all;
}

static void tokens_are_what_programmers_write(void)
{
	CHECK_STR(words_of("C++, C# and F# differ."), "c++|c#|and|f#|differ|");
	CHECK_STR(words_of("O(n log n) < O(n^2) = О(n²)"), "o(nlogn)|o(n2)|o(n2)|");
	CHECK_STR(words_of("x == 3.14 && y->z"), "x|==|3.14|&&|y|->|z|");
	CHECK_STR(words_of("server\xE2\x80\x99s `foo`"), "server|foo|");
	CHECK_STR(words_of("об\xCA\xBC\xD1\x94кт, м`ютекс, Ёлка"), "обєкт|мютекс|елка|");
	CHECK_STR(words_of("naïve и\xCC\x86"), "naive|й|");
	CHECK_STR(words_of("<p>one<br/>two</p> Map<String> a&nbsp;b"), "one|two|map|string|a|b|");
	CHECK_STR(words_of("1. first\n2) second\n- third\n## fourth"),
	          "first|second|third|fourth|");
}

static void sentences_end_where_people_end_them(void)
{
	struct vocab *vocab = vocab_create(arena);

	CHECK_INT(read_passage(vocab, "One. Two! Three? Four; five").sentence_count, 5);
	CHECK_INT(read_passage(vocab, "Node.js, e.g. version 3.14 of it").sentence_count, 1);
	CHECK_INT(read_passage(vocab, "one\n\ntwo\n- three\n- four").sentence_count, 4);
	CHECK_INT(read_passage(vocab, "a line that is\nbroken by hand").sentence_count, 1);
	CHECK_INT(read_passage(vocab, "<p>one</p><p>two</p>").sentence_count, 2);
	CHECK(read_passage(vocab, "Is it?").sentences[0].question);
	CHECK_INT(read_passage(vocab, "").sentence_count, 0);
}

static void contractions_keep_their_bytes(void)
{
	const char *text = "It don\xE2\x80\x99t cannot won't can't";
	struct vocab *vocab = vocab_create(arena);
	struct passage passage = read_passage(vocab, text);

	CHECK_INT(passage.count, 9);
	CHECK_STR(vocab_word_at(vocab, passage.tokens[1].word)->bytes, "do");
	CHECK_STR(vocab_word_at(vocab, passage.tokens[2].word)->bytes, "not");
	CHECK_STR(arena_copy(arena, text + passage.tokens[2].start,
	                     passage.tokens[2].end - passage.tokens[2].start),
	          "n\xE2\x80\x99t");
	CHECK_STR(vocab_word_at(vocab, passage.tokens[5].word)->bytes, "will");
	CHECK_STR(vocab_word_at(vocab, passage.tokens[7].word)->bytes, "can");
	CHECK_INT(passage.tokens[8].end, (long long)strlen(text));
}

static void negators_turn_what_they_govern(void)
{
	CHECK_STR(words_of("Packets are not lost here, they arrive"),
	          "packets|are|not|!lost|!here|they|arrive|");
	CHECK_STR(words_of("TCP sends again, and UDP does not"),
	          "tcp|sends|again|!and|!udp|!does|not|");
	CHECK_STR(words_of("It is not only fast"), "it|is|not|only|fast|");
	CHECK_STR(words_of("No, it stays"), "no|it|stays|");
	CHECK_STR(words_of("It is not true that packets, once lost, arrive"),
	          "it|is|not|true|!that|!packets|!once|!lost|!arrive|");
	CHECK_STR(words_of("так писать нельзя, потому что окна позже"),
	          "!так|!писать|нельзя|потому|что|окна|позже|");
	CHECK_STR(words_of("it never does not work"), "it|never|!does|!not|work|");
	CHECK_STR(words_of("он никогда не блокирует поток"), "он|никогда|!не|!блокирует|!поток|");
	CHECK_STR(words_of("Невірно, що він швидкий"), "невірно|!що|!він|!швидкий|");
	CHECK_STR(words_of("работает без неё быстро"), "работает|без|нее|быстро|");
}

static float strength(const char *one, const char *other)
{
	struct vocab *vocab = vocab_create(arena);
	struct passage a = read_passage(vocab, one), b = read_passage(vocab, other);
	bool typo;

	return match_strength(vocab_stem_at(vocab, a.tokens[0].stem),
	                      vocab_stem_at(vocab, b.tokens[0].stem), &typo);
}

static void stems_match_in_three_languages(void)
{
	CHECK_NEAR(strength("guarantees", "guaranteed"), 1, 0);
	CHECK_NEAR(strength("индексами", "индексов"), 1, 0);
	CHECK_NEAR(strength("сериализация", "сериализацией"), 1, 0);
	CHECK(strength("потоків", "потоки") > 0);
	CHECK(strength("м'ютекс", "мьютекс") >= 0.9F);
	CHECK(strength("транзакція", "транзакция") >= 0.8F);
	CHECK_NEAR(strength("transactions", "trasnaction"), 0.9, 1e-6);
	CHECK_NEAR(strength("normalize", "normally"), 0.8, 0.21);
	CHECK_NEAR(strength("interface", "interval"), 0, 0);
	CHECK_NEAR(strength("http2", "http3"), 0, 0);
	CHECK_NEAR(strength("lock", "dock"), 0, 0);
	CHECK_NEAR(strength("process", "thread"), 0, 0);
	CHECK_NEAR(strength("процесс", "поток"), 0, 0);
}

static void loan_words_match_the_terms_they_are_of(void)
{
	static const struct {
		const char *loan, *term;
	} pairs[] = {
		{ "кэшированием", "cached" },     { "кешу", "caching" },
		{ "ретраи", "retries" },          { "фолбэка", "fallback" },
		{ "деплоим", "deployed" },        { "реплики", "replicas" },
		{ "репліками", "replica" },       { "індексів", "indexes" },
		{ "транзакцією", "transaction" }, { "кластере", "clusters" },
		{ "м’ютекс", "mutex" },           { "ембединги", "embeddings" },
		{ "ендпоінтах", "endpoint" },     { "партиционировать", "partition" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		CHECK(strength(pairs[i].loan, pairs[i].term) >= STRENGTH_PREFIX - 1e-6);
	CHECK_NEAR(strength("кэш", "кеширование"), 1, 0);
	/* Words that only begin like one. */
	CHECK_NEAR(strength("кашу", "cache"), 0, 0);
	CHECK_NEAR(strength("логика", "log"), 0, 0);
	CHECK_NEAR(strength("индеец", "index"), 0, 0);
}

static void little_words_are_known(void)
{
	CHECK(words_flags("the") & WORD_STOP);
	CHECK(words_flags("який") & WORD_STOP);
	CHECK(words_flags("которые") & WORD_STOP);
	CHECK(words_flags("not") & WORD_NEGATOR);
	CHECK(!(words_flags("not") & WORD_CONCORD));
	CHECK(words_flags("нельзя") & WORD_CONCORD);
	CHECK(words_flags("without") & WORD_NEAR_NEGATOR);
	CHECK(words_flags("проте") & WORD_CONTRAST);
	CHECK(words_flags("например") & WORD_EXAMPLE);
	CHECK(words_flags("because") & WORD_REASON);
	CHECK_INT(words_flags("mutex"), 0);
}

int main(void)
{
	RUN(tokens_are_what_programmers_write);
	RUN(sentences_end_where_people_end_them);
	RUN(contractions_keep_their_bytes);
	RUN(negators_turn_what_they_govern);
	RUN(stems_match_in_three_languages);
	RUN(loan_words_match_the_terms_they_are_of);
	RUN(little_words_are_known);
	return check_done();
}
