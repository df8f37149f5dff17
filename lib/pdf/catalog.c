#include "pdf/catalog.h"

#include <stdlib.h>
#include <string.h>

/* The last place of `word` in the file from `start` on; NULL: none. */
static const char *find_last(const struct buf *file, size_t start, const char *word)
{
	const size_t len = strlen(word);

	for (size_t at = file->len; at >= start + len; at--)
		if (memcmp(file->data + at - len, word, len) == 0)
			return file->data + at - len;
	return NULL;
}

/* The number after the last `word`; 0: there is none. */
static long number_after(const struct buf *file, size_t start, const char *word)
{
	const char *at = find_last(file, start, word);

	return at != NULL ? strtol(at + strlen(word), NULL, 10) : 0;
}

/* An object's text between "<<" and ">>" of its dictionary, without them; NULL: none. */
static char *dictionary(struct buf *file, size_t start, long object)
{
	const char *head = arena_printf(file->arena, "\n%ld 0 obj\n<<", object);
	const char *at = find_last(file, start, head), *end;

	if (at == NULL)
		return NULL;
	at += strlen(head);
	end = strstr(at, "\nendobj");
	while (end != NULL && end > at && end[-1] != '>')
		end--;
	return end != NULL && end > at + 1 ? arena_copy(file->arena, at, (size_t)(end - at) - 2)
	                                   : NULL;
}

void catalog_set_language(struct buf *file, size_t start, const char *language)
{
	const long root = number_after(file, start, "/Root "),
	           info = number_after(file, start, "/Info ");
	const long size = number_after(file, start, "/Size ");
	const long before = number_after(file, start, "startxref\n");
	const char *catalog = root > 0 ? dictionary(file, start, root) : NULL;
	size_t object, table;

	if (catalog == NULL || info == 0 || size == 0 || before == 0)
		return;
	object = file->len - start;
	buf_printf(file,
	           "%ld 0 obj\n<<%s   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true "
	           ">>\n>>\nendobj\n",
	           root, catalog, language);
	table = file->len - start;
	buf_printf(file, "xref\n%ld 1\n%010zu 00000 n \n", root, object);
	buf_printf(file,
	           "trailer\n<< /Size %ld\n   /Root %ld 0 R\n   /Info %ld 0 R\n   /Prev "
	           "%ld\n>>\nstartxref\n%zu\n%%%%EOF\n",
	           size, root, info, before, table);
}
