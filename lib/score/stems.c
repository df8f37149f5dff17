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
