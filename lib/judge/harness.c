#include "judge/harness.h"

#include <assert.h>
#include <string.h>
#include <threads.h>

/* A name for the assembler and C, the file. */
#define FILES(FILE)                        \
	FILE(zygote_py, "zygote.py")       \
	FILE(batch_js, "batch.js")         \
	FILE(frame_js, "frame.js")         \
	FILE(stdin_js, "stdin.js")         \
	FILE(viva_h, "viva.h")             \
	FILE(glue_c_h, "glue_c.h")         \
	FILE(glue_cpp_hpp, "glue_cpp.hpp") \
	FILE(glue_java, "GlueViva.java")   \
	FILE(glue_go, "glue.go")           \
	FILE(glue_rs, "glue.rs")

/* The bytes of a file of lib/judge/harness, between two symbols of this object. */
#define EMBED(symbol, file)                                                  \
	__asm__(".pushsection .rodata\n" #symbol ":\n"                       \
	        ".incbin \"lib/judge/harness/" file "\"\n" #symbol "_end:\n" \
	        ".byte 0\n"                                                  \
	        ".popsection\n");                                            \
	extern const char symbol[] __attribute__((visibility("hidden")));    \
	extern const char symbol##_end[] __attribute__((visibility("hidden")));
#define ENTRY(symbol, file) { file, symbol, symbol##_end },

FILES(EMBED)

static const struct {
	const char *name, *start, *end;
} embedded[] = { FILES(ENTRY) };

enum { COUNT = sizeof(embedded) / sizeof(embedded[0]) };

static struct harness files[COUNT];

/* A difference of two symbols is no constant to C. */
static void measure(void)
{
	for (size_t i = 0; i < COUNT; i++)
		files[i] = (struct harness){ embedded[i].name, embedded[i].start,
			                     (size_t)(embedded[i].end - embedded[i].start) };
}

const struct harness *harness_file(const char *name)
{
	static once_flag once = ONCE_FLAG_INIT;
	const struct harness *found = NULL;

	call_once(&once, measure);
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(files[i].name, name) == 0)
			found = &files[i];
	assert(found != NULL);
	return found;
}
