/* Writing a text of headed blocks: sentences, lists, names. */
#ifndef VIVA_REPORT_PROSE_H
#define VIVA_REPORT_PROSE_H

#include <stdbool.h>

#include "base/buf.h"
#include "report/digest.h"

struct prose {
	struct buf text;
	const struct digest *digest;
	enum language language;
	bool is_block_empty;
};

/* An empty text in the language of the digest's summary. */
void prose_init(struct prose *prose, const struct digest *digest);

/* Begins a block. */
void prose_heading(struct prose *prose, const char *heading);

/* Adds a sentence to the paragraph, or an item to the list, of the block. */
void prose_sentence(struct prose *prose, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
void prose_item(struct prose *prose, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A number, and a ratio in percent, in the text's language. */
char *prose_number(const struct prose *prose, double value);
char *prose_percent(const struct prose *prose, double ratio);

/* "HTTP, API design"; key points quoted: "first"; "second". */
char *prose_tags(const struct prose *prose, const struct digest_names *tags);
char *prose_points(const struct prose *prose, const struct digest_names *points);

/* The topics of one question. */
char *prose_topics(const struct prose *prose, const cJSON *tags);

#endif
