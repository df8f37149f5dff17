#include "profile/cv.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"

/* In how many of the first bytes a PDF says that it is one; letters that a CV has at least. */
enum { HEADER_WITHIN = 1024, LETTERS_MIN = 20, WAIT_MS = 1000 };

/* Exit status of pdftotext. */
enum { STATUS_OPEN = 1, STATUS_PERMISSION = 3 };

/* As much as it may use: a CV of ten pages takes a tenth of a second and 15 MB. */
static const struct judge_tool reader = {
	.path = "/usr/bin/pdftotext",
	.argv = (const char *const[]){ "/usr/bin/pdftotext", "-enc", "UTF-8", "-nopgbrk", "-l",
	                               "40", "/box/input", "-", NULL },
	.threads = 4,
	.wait_ms = WAIT_MS,
	.address_mb = 1024,
	.limits = { .cpu_ms = 3000, .wall_ms = 3500, .memory_mb = 256, .output_kb = CV_TEXT_KB },
};

static const struct {
	int status;
	const char *text;
} faults[] = {
#define CV_FAULT_ROW(id, status, text) [id] = { status, text },
	CV_FAULTS(CV_FAULT_ROW)
#undef CV_FAULT_ROW
};

const char *cv_fault_text(enum cv_fault fault, enum language language)
{
	return fault == CV_FINE ? "" : i18n(language, faults[fault].text);
}

int cv_fault_status(enum cv_fault fault)
{
	return faults[fault].status;
}

enum cv_fault cv_check(const char *bytes, size_t len)
{
	static const char header[] = "%PDF-";

	if (len == 0)
		return CV_EMPTY;
	if (len > CV_MAX_BYTES)
		return CV_TOO_LARGE;
	if (memmem(bytes, len < HEADER_WITHIN ? len : HEADER_WITHIN, header, strlen(header)) ==
	    NULL)
		return CV_NOT_PDF;
	return CV_FINE;
}

/* --- the text ------------------------------------------------------------------ */

static const char *ligature(uint32_t c)
{
	static const char *const letters[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };

	return c >= 0xFB00 && c <= 0xFB06 ? letters[c - 0xFB00] : NULL;
}

static bool is_invisible(uint32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0x7F && c < 0xA0);
}

static bool is_private(uint32_t c)
{
	return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 || c == 0xFFFD;
}

static void add_character(struct buf *out, uint32_t c)
{
	char bytes[4];

	if (ligature(c) != NULL)
		buf_str(out, ligature(c));
	else if (c == '\n')
		buf_char(out, '\n');
	else if (c < 0x20 || text_is_space(c))
		buf_char(out, ' ');
	else if (is_private(c))
		buf_str(out, "•");
	else if (c == 0x2010 || c == 0x2011)
		buf_char(out, '-');
	else if (!is_invisible(c))
		buf_add(out, bytes, text_encode(c, bytes));
}

static bool is_lower_letter(const char *text)
{
	const uint32_t c = text_next(&text, text + strnlen(text, 4));

	return text_is_letter(c) && text_lower(c) == c;
}

/* True if a word goes on behind the hyphen at `at` and the line's end: "develop-\nment". */
static bool is_broken_word(const char *text, const char *at)
{
	return at[0] == '-' && at[1] == '\n' && at > text &&
	       ((unsigned char)at[-1] >= 0x80 || (at[-1] >= 'a' && at[-1] <= 'z')) &&
	       is_lower_letter(at + 2);
}

char *cv_clean(struct arena *arena, const char *text)
{
	const char *end = text + strlen(text);
	struct buf even, whole;

	buf_init(&even, arena);
	while (text < end)
		add_character(&even, text_next(&text, end));
	buf_init(&whole, arena);
	for (const char *at = even.data; *at != '\0'; at++)
		if (is_broken_word(even.data, at))
			at++;
		else
			buf_char(&whole, *at);
	return whole.data;
}

static bool has_text(const char *text)
{
	const char *end = text + strlen(text);
	size_t letters = 0;

	while (text < end && letters < LETTERS_MIN)
		letters += text_is_letter(text_next(&text, end));
	return letters == LETTERS_MIN;
}

static enum cv_fault fault_of(const struct judge_converted *converted)
{
	const char *errors = converted->errors;

	if (converted->stop != JUDGE_STOP_NONE || strstr(errors, "Out of memory") != NULL)
		return CV_TOO_HEAVY;
	if (strstr(errors, "ncorrect password") != NULL ||
	    strstr(errors, "nsupported security") != NULL ||
	    strstr(errors, "not allowed") != NULL || converted->status == STATUS_PERMISSION)
		return CV_ENCRYPTED;
	if (has_text(converted->text))
		return CV_FINE;
	return converted->status == 0 || strstr(errors, "Invalid page count 0") != NULL
	               ? CV_NO_TEXT
	               : CV_DAMAGED;
}

static enum cv_fault fault_of_judge(const struct judge *judge, enum err err)
{
	if (err == ERR_BUSY)
		return CV_BUSY;
	if (err != ERR_UPSTREAM)
		return CV_BROKEN;
	return judge_tier(judge) == NULL ? CV_NO_SANDBOX : CV_NO_READER;
}

enum cv_fault cv_text(const struct judge *judge, struct arena *arena, const struct buf *pdf,
                      const char **ret_text)
{
	enum cv_fault fault = cv_check(pdf->data, pdf->len);
	struct judge_converted converted;
	enum err err;

	if (fault != CV_FINE)
		return fault;
	err = judge_convert(judge, arena, &reader, pdf, &converted);
	if (err != OK)
		return fault_of_judge(judge, err);
	log_info("CV: pdftotext ended with %d after %d ms and %lld KiB, limit %d", converted.status,
	         converted.wall_ms, (long long)converted.memory_kb, (int)converted.stop);
	fault = fault_of(&converted);
	if (fault == CV_FINE)
		*ret_text = cv_clean(arena, converted.text);
	return fault;
}
