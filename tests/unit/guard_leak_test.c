#include "check.h"

#include <time.h>

#include "base/text.h"
#include "examiner/guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define KEY_POINT                                                                   \
	"The client sends a unique key, and the server stores the key and returns " \
	"the saved result."
#define ASKED                                                                               \
	"What do safe and idempotent mean for HTTP methods, and how do you avoid a double " \
	"charge?"

static const char *const secret_items[] = {
	KEY_POINT, "Идемпотентный метод", "no side effects", "безопасный метод ничего не меняет",
	ASKED,
};
static const char *const known_items[] = { "Question: " ASKED };
static const struct score_texts secrets = { secret_items, COUNT(secret_items) };
static const struct score_texts known = { known_items, COUNT(known_items) };

#define CHECK_LEAKS(text) CHECK(guard_leaks(arena, text, &secrets, &known))
#define CHECK_TIGHT(text) CHECK(!guard_leaks(arena, text, &secrets, &known))

static void hears_secrets(void)
{
	CHECK_LEAKS("So: the client sends a unique key, and the server ...");
	CHECK_LEAKS("THE SERVER *stores* the - key, and (returns) the Saved result");
	CHECK_TIGHT("the client sends a unique key and");
	CHECK_LEAKS("the client sends a unique key and the");
	CHECK_TIGHT("a client sends a unique key, and server stores keys and returns the result");
	CHECK_LEAKS("It has no side effects.");
	CHECK_LEAKS("no side effects");
	CHECK_TIGHT("no other side effects");
	CHECK_TIGHT("no side");
	CHECK_LEAKS("БЕЗОПАСНЫЙ метод «ничего» не меняет!");
	CHECK_TIGHT("Идемпотентный метод"); /* two words are no secret */
	CHECK_TIGHT("What do safe and idempotent mean for HTTP methods, and how?");
	CHECK_TIGHT("");
}

#define STRAY                                                                                \
	"the client sends a unique zz key and the server stores zz the key and returns the " \
	"zz saved result no matter what"

/* A stray word now and then breaks every run, but not the sense. */
static void hears_secrets_with_stray_words(void)
{
	static const char *const plain[] = {
		"Thank you, that was clear: you described how the client sends a unique key. Now "
		"tell me, please, what would happen if two of them came at once?",
		"Good. Next, think about payments: what does the client send, what does the server "
		"keep, and where would you keep it for a day or longer than that?",
	};
	static const char long_secret[] =
	        "You lead a technical interview, one question at a time. Never judge the answer "
	        "aloud and never name what is missing. Speak briefly, as a colleague would do.";
	const char *items[] = { long_secret };
	const struct score_texts prompt = { items, 1 }, nothing = { NULL, 0 };

	CHECK_LEAKS(STRAY);
	CHECK(guard_leaks(arena,
	                  "You lead a technical interview one question zz at a time never judge "
	                  "the answer zz aloud and never name what is missing zz speak briefly",
	                  &prompt, &nothing));
	CHECK(guard_leaks(arena,
	                  "You lead a technical zz interview one question at zz a time never judge "
	                  "zz the answer aloud and zz never name what is zz missing speak briefly",
	                  &prompt, &nothing));
	for (size_t i = 0; i < COUNT(plain); i++)
		CHECK_TIGHT(plain[i]);
	/* The candidate's own words, however long. */
	items[0] = long_secret;
	CHECK(!guard_leaks(arena, long_secret, &prompt, &prompt));
}

/* What comes out when the text is fed in pieces of `step` bytes. */
static const char *fed(const char *text, size_t step, bool *ret_leaked)
{
	struct guard_leak *leak = guard_leak_create(arena, &secrets, &known);
	size_t len = strlen(text);
	struct buf out;
	bool whole = true;

	buf_init(&out, arena);
	for (size_t at = 0; at < len && whole; at += step) {
		size_t left = len - at < step ? len - at : step;

		whole = guard_leak_feed(leak, text + at, left, &out);
		CHECK(text_valid(out.data, out.len));
	}
	whole = whole && guard_leak_end(leak, &out);
	CHECK(whole || !guard_leak_feed(leak, "more", 4, &out));
	*ret_leaked = !whole;
	return out.data;
}

static void lets_words_through_in_any_pieces(void)
{
	const char *text = "Well, “the client sends a unique key” — так и есть, безопасный метод "
	                   "ничего не делает. No side\u00a0notes, just the rest…";
	bool leaked;

	for (size_t step = 1; step < 40; step++) {
		CHECK_STR(fed(text, step, &leaked), text);
		CHECK(!leaked);
	}
}

static void stops_a_leak_in_any_pieces(void)
{
	const char *text = "Sure: the client sends a unique key, and the server stores it. More.";
	bool leaked;

	for (size_t step = 1; step < 40; step++) {
		const char *out = fed(text, step, &leaked);

		CHECK(leaked);
		CHECK(strstr(out, "sends a") == NULL && strstr(out, "More") == NULL);
	}
	for (size_t step = 1; step < 20; step++) {
		CHECK(strstr(fed("It has no side effects", step, &leaked), "effects") == NULL);
		CHECK(leaked);
	}
}

static void holds_back_no_more_than_needed(void)
{
	struct guard_leak *leak = guard_leak_create(arena, &secrets, &known);
	struct buf out;

	buf_init(&out, arena);
	CHECK(guard_leak_feed(leak, "Yes, the client ", 16, &out));
	CHECK_STR(out.data, "Yes, the client ");
	CHECK(guard_leak_feed(leak, "sends a ", 8, &out));
	CHECK_STR(out.data, "Yes, the client ");
	CHECK(guard_leak_feed(leak, "mes", 3, &out));
	CHECK_STR(out.data, "Yes, the client ");
	CHECK(guard_leak_feed(leak, "sage. ", 6, &out));
	CHECK_STR(out.data, "Yes, the client sends a message. ");
	CHECK(guard_leak_feed(leak, "\xd0", 1, &out));
	CHECK_STR(out.data, "Yes, the client sends a message. ");
	CHECK(guard_leak_feed(leak, "\xb4\xd0\xb0", 3, &out));
	CHECK(guard_leak_end(leak, &out));
	CHECK_STR(out.data, "Yes, the client sends a message. да");
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void feeds_in_linear_time(void)
{
	struct guard_leak *leak = guard_leak_create(arena, &secrets, &known);
	double start = seconds();
	struct buf out;

	buf_init(&out, arena);
	for (int i = 0; i < 200000; i++)
		guard_leak_feed(leak, "the client sends a", 18, &out);
	for (int i = 0; i < 1000000; i++)
		guard_leak_feed(leak, "x", 1, &out);
	CHECK(guard_leak_end(leak, &out));
	CHECK_INT((long long)out.len, 200000 * 18 + 1000000);
	CHECK(seconds() - start < 10);
}

int main(void)
{
	RUN(hears_secrets);
	RUN(hears_secrets_with_stray_words);
	RUN(lets_words_through_in_any_pieces);
	RUN(stops_a_leak_in_any_pieces);
	RUN(holds_back_no_more_than_needed);
	RUN(feeds_in_linear_time);
	return check_done();
}
