/*
 * The input as both .mo catalogues: what is taken gives texts in every plural form, what is not
 * leaves the catalogues that were there.
 */
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "target.h"

#include "base/arena.h"
#include "base/i18n.h"
#include "base/text.h"

static void put(const char *path, const uint8_t *data, size_t size)
{
	FILE *file = fopen(path, "wbe");

	must(file != NULL);
	must(fwrite(data, 1, size, file) == size);
	fclose(file);
}

static void must_be_text(const char *text)
{
	must(text != NULL && text_valid(text, strlen(text)));
}

static void look_up(enum language language, const char *message)
{
	static const long long numbers[] = { 0, 1, 2, 5, 11, 21, 101, -1, LLONG_MIN, LLONG_MAX };

	must_be_text(i18n(language, message));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		must_be_text(i18n_plural(language, message, "many", numbers[i]));
}

FUZZ_TARGET("catalogue")
{
	struct arena *arena = arena_create();
	char folder[] = "/dev/shm/viva-fuzz-XXXXXX"; /* in memory */
	const char *ru, *uk;

	must(mkdtemp(folder) != NULL);
	ru = arena_printf(arena, "%s/ru.mo", folder);
	uk = arena_printf(arena, "%s/uk.mo", folder);
	put(ru, data, size);
	put(uk, data, size);
	if (i18n_load(folder) == OK)
		must(size >= 28);
	look_up(LANG_RU, "a");
	look_up(LANG_UK, "one");
	look_up(LANG_RU, "");
	unlink(ru);
	unlink(uk);
	rmdir(folder);
	arena_destroy(arena);
	return 0;
}
