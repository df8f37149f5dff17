/* What each word of a text means to an examiner that could be given orders. */
#ifndef VIVA_EXAMINER_GUARD_SENSE_H
#define VIVA_EXAMINER_GUARD_SENSE_H

#include "examiner/guard_text.h"

/* A text with what each of its words means (examiner/guard_words.h). */
struct guard_sense {
	const char *bytes;
	struct guard_text text;
	unsigned *meanings; /* of words.words[i] */
};

/* The rows of guard_words_rows by how their first word begins; lives in `arena`. */
struct guard_index;
struct guard_index *guard_sense_index(struct arena *arena);

/* Reads `text`; everything lives in `arena`, but for the text itself. */
void guard_sense_read(struct arena *arena, const struct guard_index *index, const char *text,
                      enum guard_reading reading, struct guard_sense *ret_sense);

/*
 * Adds to a reading what makes an order none, as the text as written has it: "не" is no
 * Latin "he".
 */
void guard_sense_carry(const struct guard_sense *written, struct guard_sense *other);

/* The meanings of word `at`, 0 when it is not of that sentence. */
unsigned guard_sense_at(const struct guard_sense *sense, size_t at, size_t sentence);

#endif
