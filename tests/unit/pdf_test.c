/* The PDF of a report: the same bytes each time, whatever stands in it and how many make one. */
#include "pdf_fixture.h"
#include "report_fixture.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "pdf/catalog.h"
#include "pdf/pdf.h"

static struct arena *lasting;
static struct press *press;

static struct buf pdf_of(const cJSON *document)
{
	const struct pdf_subject subject = { .document = document };
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(pdf_report(press, arena, &subject, &out), OK);
	return out;
}

static cJSON *document_in(enum language language)
{
	struct report_source source = fixture_coding_source();

	source.interview.language = language;
	return report_build(arena, &source, NULL);
}

static bool has_bytes(const struct buf *file, const char *bytes)
{
	return memmem(file->data, file->len, bytes, strlen(bytes)) != NULL;
}

/* The number of pages, as the root of the pages counts them. */
static int pages_of(const struct buf *file)
{
	const char *count = memmem(file->data, file->len, "/Count ", 7);

	for (const char *next = count; next != NULL;) {
		next = memmem(next + 7, file->len - (size_t)(next + 7 - file->data), "/Type /Pages",
		              12);
		if (next != NULL)
			count = memmem(next, file->len - (size_t)(next - file->data), "/Count ", 7);
	}
	return count != NULL ? (int)strtol(count + 7, NULL, 10) : 0;
}

static void the_same_report_is_the_same_file(void)
{
	for (int language = 0; language < LANG_COUNT; language++) {
		const struct buf one = pdf_of(document_in((enum language)language));
		const struct buf other = pdf_of(document_in((enum language)language));

		CHECK(one.len == other.len && memcmp(one.data, other.data, one.len) == 0);
		CHECK(strncmp(one.data, "%PDF-1.", 7) == 0);
		CHECK(strcmp(one.data + one.len - 6, "%%EOF\n") == 0);
		CHECK(has_bytes(&one, arena_printf(arena, "/Lang (%s)",
		                                   language_code((enum language)language))));
		CHECK(has_bytes(&one, "/Author (Viva)"));
		CHECK(has_bytes(&one, "20231114221640"));
		CHECK(has_bytes(&one, "/Outlines "));
	}
}

/* What follows it in the buffer is found by its place, and what is no PDF stays as it is. */
static void the_language_is_an_update_of_the_file(void)
{
	struct buf file;

	buf_init(&file, arena);
	buf_str(&file, "no PDF, /Root 1 0 R /Info 2 0 R /Size 3 startxref\n4");
	catalog_set_language(&file, 0, "uk");
	CHECK(!has_bytes(&file, "/Lang"));
	buf_truncate(&file, 0);
	catalog_set_language(&file, 0, "uk");
	CHECK_INT((long long)file.len, 0);
}

static const char *const hostile[] = {
	"\x01\x02\x1b[31m\x7f\xc2\x80\xc2\x9f tab\there\r\nline\u2028separator\u2029paragraph",
	"\U0001F600 \U0001F468\u200d\U0001F469\u200d\U0001F467 \U0001F1FA\U0001F1E6 \U0001D518",
	"\xf4\x8f\xbf\xbf \xef\xbf\xbe\xef\xbf\xbf \xef\xb7\x90 \uFEFF",
	"e\u0301\u0301\u0301\u0301\u0301 Z\u0338\u0322\u031b\u034d\u0359\u0354\u0331",
	"\u202eabc\u202c \u2067\u05e9\u05dc\u05d5\u05dd\u2069 \u0645\u0631\u062d",
	"\u200f\u200e\u2066",
	"\ufb01 \ufb00 \ufdfd \u32ff \u6f22\u5b57 \u0e44\u0e17\u0e22 \u0939\u093f\u0928",
	"\n\n\n\n",
	"\u00ad\u00ad\u200b\u200b\u200d",
	"%s %n {{participant}} <b>&amp;</b> (\\) ) endobj startxref",
};

static void no_text_is_too_strange(void)
{
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		struct report_source source = fixture_coding_source();
		struct buf file;

		source.owner_name = hostile[i];
		source.role.title = hostile[i];
		fixture_questions[0].answer = hostile[i];
		fixture_submissions[3].code = hostile[i];
		file = pdf_of(report_build(arena, &source, NULL));
		CHECK(pages_of(&file) >= 3);
	}
}

static char *repeated(const char *word, size_t bytes)
{
	struct buf out;

	buf_init(&out, arena);
	while (out.len < bytes)
		buf_str(&out, word);
	return out.data;
}

/* Long texts are cut and long documents end, both with a sentence that says so. */
static void no_text_is_too_long(void)
{
	static const char *const words[] = { "слово ", "безпробілів", "x", "\n", "🙂" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct report_source source = fixture_coding_source();
		struct buf file;

		source.owner_name = repeated(words[i], 5000);
		fixture_questions[0].answer = repeated(words[i], 60000);
		fixture_submissions[3].code = repeated(words[i], 60000);
		file = pdf_of(report_build(arena, &source, NULL));
		CHECK(pages_of(&file) < 60);
	}
}

static void thousands_of_questions_end_at_some_page(void)
{
	struct report_source source = fixture_source();
	const size_t count = 1000;
	struct question *questions = arena_array(arena, count, sizeof(*questions));
	struct evaluation *evaluations = arena_array(arena, count, sizeof(*evaluations));
	struct buf file;

	for (size_t i = 0; i < count; i++) {
		questions[i] = source.questions[i % 3];
		questions[i].position = (int)i + 1;
		evaluations[i] = source.evaluations[i % 3];
	}
	source.questions = questions;
	source.evaluations = evaluations;
	source.count = count;
	file = pdf_of(report_build(arena, &source, NULL));
	CHECK(pages_of(&file) > 200);
	CHECK(pages_of(&file) < 320);
}

/* --- many at once -------------------------------------------------------------------- */

enum { THREADS = 8, EACH = 4 };

static void *make_some(void *text)
{
	struct arena *own = arena_create();
	cJSON *document;
	size_t len = 0;

	for (int i = 0; i < EACH; i++) {
		struct buf out;

		json_bind(own);
		buf_init(&out, own);
		if (json_parse(text, strlen(text), &document) != OK ||
		    pdf_report(press, own, &(struct pdf_subject){ .document = document }, &out) !=
		            OK)
			break;
		len = out.len;
		arena_reset(own);
	}
	arena_destroy(own);
	return (void *)len;
}

static void threads_share_the_fonts(void)
{
	const cJSON *document = document_in(LANG_UK);
	const size_t expected = pdf_of(document).len;
	char *text = json_text(document);
	pthread_t threads[THREADS];
	void *len;

	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, make_some, text);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &len);
		CHECK((size_t)len == expected);
	}
}

#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes(void); /* a header of clang alone declares it */
#endif

/* KiB that this process holds; the sanitizer is asked, because it keeps what was freed. */
static long held(void)
{
#ifdef __SANITIZE_ADDRESS__
	return (long)(__sanitizer_get_current_allocated_bytes() / 1024);
#else
	FILE *file = fopen("/proc/self/statm", "r");
	long size = 0, pages = 0;

	if (file == NULL || fscanf(file, "%ld %ld", &size, &pages) != 2)
		pages = 0;
	if (file != NULL)
		fclose(file);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
#endif
}

static long held_after(int count)
{
	for (int i = 0; i < count; i++) {
		pdf_of(document_in(LANG_RU));
		arena_reset(arena);
		json_bind(arena);
	}
	return held();
}

static void memory_does_not_grow(void)
{
	const long warm = held_after(20);

	CHECK(held_after(60) - warm < 2048);
}

int main(void)
{
	CHECK_INT(i18n_load("build/locale"), OK);
	lasting = arena_create();
	press = pdf_open(lasting);
	RUN(the_same_report_is_the_same_file);
	RUN(the_language_is_an_update_of_the_file);
	RUN(no_text_is_too_strange);
	RUN(no_text_is_too_long);
	RUN(thousands_of_questions_end_at_some_page);
	RUN(threads_share_the_fonts);
	RUN(memory_does_not_grow);
	arena_destroy(lasting);
	return check_done();
}
