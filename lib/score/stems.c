#include "score/stems.h"

#include <string.h>

#include "score/passage.h"

static bool is_plain(unsigned char byte)
{
	return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

static void add_stem(struct buf *stems, const char *stem)
{
	for (; *stem != '\0'; stem++) {
		const unsigned char byte = (unsigned char)*stem;

		if (is_plain(byte))
			buf_char(stems, (char)byte);
		else
			buf_printf(stems, "z%02xz", byte);
	}
	buf_char(stems, ' ');
}

void stems_add(struct buf *stems, const char *text)
{
	struct arena *scratch = arena_create();
	struct vocab *vocab = vocab_create(scratch);
	struct passage passage;

	passage_read(scratch, vocab, text, strlen(text), &passage);
	for (uint32_t i = 0; i < passage.count; i++)
		if (passage.tokens[i].content)
			add_stem(stems, vocab_stem_at(vocab, passage.tokens[i].stem)->bytes);
	arena_destroy(scratch);
}

/* `stem` ends with a space. */
static bool is_wanted(const char *stems, const char *stem)
{
	size_t len;

	for (; *stems != '\0'; stems += len) {
		const bool is_last = strchr(stems, ' ')[1] == '\0';

		len = strcspn(stems, " ") + 1;
		if (strncmp(stems, stem, is_last ? len - 1 : len) == 0)
			return true;
	}
	return false;
}

struct stems_spans stems_find(struct arena *arena, const char *text, const char *stems)
{
	struct arena *scratch = arena_create();
	struct vocab *vocab = vocab_create(scratch);
	struct stems_spans spans = { 0 };
	struct passage passage;

	passage_read(scratch, vocab, text, strlen(text), &passage);
	spans.items = arena_array(arena, passage.count + 1, sizeof(*spans.items));
	for (uint32_t i = 0; i < passage.count; i++) {
		const struct token *token = &passage.tokens[i];
		struct buf stem;

		buf_init(&stem, scratch);
		add_stem(&stem, vocab_stem_at(vocab, token->stem)->bytes);
		if (token->content && is_wanted(stems, stem.data))
			spans.items[spans.count++] = (struct stems_span){ token->start,
				                                          token->end };
	}
	arena_destroy(scratch);
	return spans;
}
