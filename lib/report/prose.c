#include "report/prose.h"

#include "report/phrase.h"
#include "report/terms.h"

#include "base/format.h"

enum { MAX_TOPICS = 3 };

void prose_init(struct prose *prose, const struct digest *digest)
{
	*prose = (struct prose){ .digest = digest, .language = digest->language };
	buf_init(&prose->text, digest->arena);
}

void prose_heading(struct prose *prose, const char *heading)
{
	if (prose->text.len > 0)
		buf_str(&prose->text, "\n\n");
	buf_str(&prose->text, heading);
	prose->is_block_empty = true;
}

static void start(struct prose *prose, const char *line, const char *between)
{
	buf_str(&prose->text, prose->is_block_empty ? line : between);
	prose->is_block_empty = false;
}

void prose_sentence(struct prose *prose, const char *format, ...)
{
	va_list args;

	start(prose, "\n", " ");
	va_start(args, format);
	buf_str(&prose->text, arena_vprintf(prose->digest->arena, format, args));
	va_end(args);
}

void prose_item(struct prose *prose, const char *format, ...)
{
	va_list args;

	start(prose, "\n- ", "\n- ");
	va_start(args, format);
	buf_str(&prose->text, arena_vprintf(prose->digest->arena, format, args));
	va_end(args);
}

char *prose_number(const struct prose *prose, double value)
{
	return format_number(prose->digest->arena, prose->language, value);
}

char *prose_percent(const struct prose *prose, double ratio)
{
	return format_percent(prose->digest->arena, prose->language, ratio);
}

char *prose_tags(const struct prose *prose, const struct digest_names *tags)
{
	const char *words[DIGEST_MAX_NAMES];

	for (size_t i = 0; i < tags->count; i++)
		words[i] = terms_tag(prose->language, tags->items[i]);
	return phrase_joined(prose->digest->arena, words, tags->count, ", ");
}

char *prose_points(const struct prose *prose, const struct digest_names *points)
{
	const char *words[DIGEST_MAX_NAMES];

	for (size_t i = 0; i < points->count; i++)
		words[i] = phrase_quoted(prose->digest->arena, prose->language, points->items[i]);
	return phrase_joined(prose->digest->arena, words, points->count, "; ");
}

char *prose_topics(const struct prose *prose, const cJSON *tags)
{
	const char *words[MAX_TOPICS];
	const cJSON *tag;
	size_t count = 0;

	cJSON_ArrayForEach(tag, tags) if (count < MAX_TOPICS)
	        words[count++] = terms_tag(prose->language, tag->valuestring);
	return phrase_joined(prose->digest->arena, words, count, ", ");
}
