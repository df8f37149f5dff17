#include "web/assets.h"

#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/file.h"
#include "base/log.h"

static char version[65] = "0";
static const char *folder = "";

void assets_load(void)
{
	const char *path = config_made_path("static/VERSION");
	FILE *file = fopen(path, "re");

	folder = config_made_path("static");
	if (file == NULL) {
		log_warning("no %s: pages will have no style", path);
		return;
	}
	if (fscanf(file, "%64[0-9a-f]", version) != 1)
		strcpy(version, "0");
	fclose(file);
}

enum err assets_read(struct arena *arena, const char *name, size_t max, char **ret_text)
{
	size_t len;
	const enum err err = file_read(arena, arena_printf(arena, "%s/%s", folder, name), max,
	                               ret_text, &len);

	return err == OK ? OK : ERR_INTERNAL;
}

const char *assets_version(void)
{
	return version;
}
