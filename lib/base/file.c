#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

enum err file_read(struct arena *arena, const char *path, size_t max, char **ret_text,
                   size_t *ret_len)
{
	FILE *file = fopen(path, "rbe");
	char *text;
	size_t len;

	if (file == NULL) {
		log_error("cannot open %s: %s", path, strerror(errno));
		return ERR_NOT_FOUND;
	}
	text = arena_alloc(arena, max + 2);
	len = fread(text, 1, max + 1, file);
	fclose(file);
	if (len > max) {
		log_error("%s is larger than %zu bytes", path, max);
		return ERR_TOO_LARGE;
	}
	text[len] = '\0';
	*ret_text = text;
	*ret_len = len;
	return OK;
}

void file_give(const char *path, const char *like)
{
	struct stat model;

	if (geteuid() == 0 && stat(like, &model) == 0 && model.st_uid != 0 &&
	    lchown(path, model.st_uid, model.st_gid) != 0)
		log_warning("%s: %s", path, strerror(errno));
}
