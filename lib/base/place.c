#include "base/place.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *real(struct arena *arena, const char *folder)
{
	char path[PATH_MAX];

	return realpath(folder, path) != NULL ? arena_strdup(arena, path) : NULL;
}

static bool has(struct arena *arena, const char *folder, const char *file)
{
	return access(arena_printf(arena, "%s/%s", folder, file), R_OK) == 0;
}

static bool is_system(const char *prefix)
{
	return strcmp(prefix, "/usr") == 0 || strcmp(prefix, "/usr/local") == 0;
}

static bool installed_at(struct arena *arena, const char *prefix, struct place *ret_place)
{
	const char *home = arena_printf(arena, "%s/share/viva", prefix);

	if (!has(arena, home, "schema.sql"))
		return false;
	*ret_place = (struct place){
		.home = home,
		.programs = arena_printf(arena, "%s/lib/viva", prefix),
		.var = is_system(prefix) ? "/var/lib/viva" : arena_printf(arena, "%s/var", prefix),
		.settings = is_system(prefix) ? "/etc/viva/viva.env"
		                              : arena_printf(arena, "%s/etc/viva.env", prefix),
	};
	return true;
}

static bool built_at(struct arena *arena, const char *root, const char *folder,
                     struct place *ret_place)
{
	if (!has(arena, root, "schema.sql"))
		return false;
	*ret_place = (struct place){
		.home = root,
		.programs = has(arena, folder, "judge-box") ? folder
		                                            : arena_printf(arena, "%s/build", root),
		.var = arena_printf(arena, "%s/var", root),
	};
	return true;
}

bool place_of(struct arena *arena, const char *program, struct place *ret_place)
{
	const char *slash = strrchr(program, '/');
	const char *folder = slash == NULL
	                             ? NULL
	                             : real(arena, arena_printf(arena, "%.*s/",
	                                                        (int)(slash - program), program));

	for (int up = 1; folder != NULL && up <= 2; up++) {
		const char *above =
		        real(arena, arena_printf(arena, "%s/%s", folder, up == 1 ? ".." : "../.."));

		if (above != NULL && (installed_at(arena, above, ret_place) ||
		                      built_at(arena, above, folder, ret_place)))
			return true;
	}
	return false;
}

bool place_of_this(struct arena *arena, struct place *ret_place)
{
	char path[PATH_MAX];
	const ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (len <= 0)
		return false;
	path[len] = '\0';
	return place_of(arena, path, ret_place);
}
