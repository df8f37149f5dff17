#include "web/assets.h"

#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/log.h"

static char version[65] = "0";

void assets_load(void)
{
	const char *path = config_home_path("build/static/VERSION");
	FILE *file = fopen(path, "re");

	if (file == NULL) {
		log_warning("no %s: pages will have no style", path);
		return;
	}
	if (fscanf(file, "%64[0-9a-f]", version) != 1)
		strcpy(version, "0");
	fclose(file);
}

const char *assets_version(void)
{
	return version;
}
