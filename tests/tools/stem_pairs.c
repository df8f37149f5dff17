/*
 * Says how well words match: reads two words a line, prints for each line the strength with
 * which the scorer takes the one for the other, 0 for not at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "score/match.h"
#include "score/passage.h"
#include "score/vocab.h"

enum { LINE_MAX_BYTES = 1000 };

/* The stem of the only word of `text`; the process ends when it is not just one. */
static uint32_t stem_of(struct arena *arena, struct vocab *vocab, const char *text)
{
	struct passage passage;

	passage_read(arena, vocab, text, strlen(text), &passage);
	if (passage.count != 1) {
		fprintf(stderr, "not one word: '%s'\n", text);
		exit(1);
	}
	return passage.tokens[0].stem;
}

static double strength_of(struct arena *arena, char *line)
{
	struct vocab *vocab = vocab_create(arena);
	char *space = strchr(line, ' ');
	uint32_t one, other;
	bool typo;

	if (space == NULL) {
		fprintf(stderr, "not two words: '%s'\n", line);
		exit(1);
	}
	*space = '\0';
	one = stem_of(arena, vocab, line);
	other = stem_of(arena, vocab, space + 1);
	return (double)match_strength(vocab_stem_at(vocab, one), vocab_stem_at(vocab, other),
	                              &typo);
}

int main(void)
{
	struct arena *arena = arena_create();
	char line[LINE_MAX_BYTES];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		printf("%.3f\n", strength_of(arena, line));
		arena_reset(arena);
	}
	arena_destroy(arena);
	return 0;
}
