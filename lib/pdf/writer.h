/* What the parts of a report share while it is written; for lib/pdf alone. */
#ifndef VIVA_PDF_WRITER_H
#define VIVA_PDF_WRITER_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "pdf/sheet.h"

struct writer {
	struct sheet *sheet;
	struct arena *arena;
	enum language language;
	bool for_admin;
};

/* The message in the report's language, its {{names}} filled in with strings and numbers of `item`.
 */
const char *writer_words(const struct writer *writer, const char *message, const cJSON *item);

/* The string member as a text of that type; nothing when it is empty or null. */
void writer_text(const struct writer *writer, enum sheet_type type, const cJSON *item,
                 const char *name);

/* Sentences of a message, filled in as in writer_words. */
void writer_say(const struct writer *writer, enum sheet_type type, const char *message,
                const cJSON *item);

/* An item of a list, "• " before it. */
void writer_item(const struct writer *writer, enum sheet_type type, const char *text);

/*
 * A task's description: its headings, paragraphs, items and code without the marks of Markdown,
 * the cells of a table's row on one line. As it stands where it is longer than SHEET_TEXT_MAX.
 */
void markup_write(const struct writer *writer, const char *markdown);

/* The colour of a share of the full mark; grey when there is none. */
uint32_t writer_tone(double ratio);

/* The parts of the document, each in a file of its name. `page` is of report/present.h. */
void head_write(const struct writer *writer, const cJSON *page);
void texts_write(const struct writer *writer, const cJSON *page);
void figures_write(const struct writer *writer, const cJSON *page);
void question_write(const struct writer *writer, const cJSON *shown, const cJSON *question);
void code_write(const struct writer *writer, const cJSON *shown);
void tail_write(const struct writer *writer, const cJSON *page);

#endif
