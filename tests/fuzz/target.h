/*
 * What a fuzz target is made of: one function that takes any bytes and aborts when a promise is
 * broken. clang links each with libFuzzer (`make fuzz`); compiled with FUZZ_CORPUS it joins the
 * others in the unit test fuzz_corpus_test, which feeds it the files of tests/fuzz/corpus.
 */
#ifndef VIVA_TESTS_FUZZ_TARGET_H
#define VIVA_TESTS_FUZZ_TARGET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int fuzz_function(const uint8_t *data, size_t size);

/* In fuzz_corpus_test: makes the target known before main. */
void fuzz_enter(const char *name, fuzz_function *target);

#ifdef FUZZ_CORPUS
#define FUZZ_TARGET(name)                                    \
	static fuzz_function target;                         \
	__attribute__((constructor)) static void enter(void) \
	{                                                    \
		fuzz_enter(name, target);                    \
	}                                                    \
	static int target(const uint8_t *data, size_t size)
#else
fuzz_function LLVMFuzzerTestOneInput;
#define FUZZ_TARGET(name) int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
#endif

/* A promise. */
static inline void must(bool holds)
{
	if (!holds)
		abort();
}

#endif
