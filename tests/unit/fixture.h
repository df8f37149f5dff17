/* Folders, files, log files and gettext catalogues for tests. */
#ifndef VIVA_TESTS_FIXTURE_H
#define VIVA_TESTS_FIXTURE_H

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "check.h"

#define CATALOGUE_RULE                                               \
	"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && " \
	"n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
#define CATALOGUE_HEADER(rule) \
	"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: " rule "\nLanguage: ru\n"

/* A message and its translation from literals, which may hold NULs. */
#define MESSAGE(id, text)                                  \
	{                                                  \
		id, sizeof(id) - 1, text, sizeof(text) - 1 \
	}

struct message {
	const char *id;
	size_t id_len;
	const char *text;
	size_t text_len;
};

static inline void catalogue_number(struct buf *buf, size_t number, bool swapped)
{
	uint32_t value = (uint32_t)number;

	if (swapped)
		value = __builtin_bswap32(value);
	buf_add(buf, &value, sizeof(value));
}

/* The bytes of a catalogue; messages must be sorted. */
static inline struct buf catalogue_bytes(const struct message *messages, size_t count, bool swapped)
{
	size_t header[] = { 0x950412de, 0, count, 28, 28 + 8 * count, 0, 28 };
	size_t offset = 28 + 16 * count;
	struct buf buf;

	buf_init(&buf, arena);
	for (size_t i = 0; i < 7; i++)
		catalogue_number(&buf, header[i], swapped);
	for (size_t i = 0; i < 2 * count; i++) {
		const struct message *m = &messages[i % count];
		size_t len = i < count ? m->id_len : m->text_len;

		catalogue_number(&buf, len, swapped);
		catalogue_number(&buf, offset, swapped);
		offset += len + 1;
	}
	for (size_t i = 0; i < 2 * count; i++) {
		const struct message *m = &messages[i % count];

		buf_add(&buf, i < count ? m->id : m->text, i < count ? m->id_len : m->text_len);
		buf_char(&buf, '\0');
	}
	return buf;
}

/* Writes a file below `folder`. */
static inline void write_file(const char *folder, const char *name, const void *bytes, size_t len)
{
	FILE *file = fopen(arena_printf(arena, "%s/%s", folder, name), "wbe");

	CHECK(file != NULL);
	if (file == NULL)
		return;
	CHECK(fwrite(bytes, 1, len, file) == len);
	fclose(file);
}

static inline void remove_folder(void *folder)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", (const char *)folder);
	CHECK_INT(system(command), 0);
}

/* A new empty folder that is removed when the case ends. */
static inline const char *make_folder(void)
{
	char *folder = arena_strdup(arena, "/tmp/viva-test-XXXXXX");

	CHECK(mkdtemp(folder) != NULL);
	arena_defer(arena, remove_folder, folder);
	return folder;
}

/* Where the log goes from now on; the caller removes it at the end. */
static inline char *log_folder(void)
{
	static char folder[] = "/tmp/viva-test-XXXXXX";
	static bool made;

	if (!made && mkdtemp(folder) != NULL)
		log_open("test", folder, 0);
	made = true;
	return folder;
}

/* The system log so far. */
static inline const char *log_text(void)
{
	FILE *file = fopen(arena_printf(arena, "%s/system.log", log_folder()), "rbe");
	char *text = arena_alloc(arena, 1 << 20);

	CHECK(file != NULL);
	if (file != NULL) {
		CHECK(fread(text, 1, (1 << 20) - 1, file) > 0);
		fclose(file);
	}
	return text;
}

#endif
