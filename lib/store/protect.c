#include "store/protect.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/log.h"

enum { OF_OTHERS = 007 };

static enum err protect_file(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0 || (status.st_mode & OF_OTHERS) == 0)
		return OK;
	if (chmod(path, status.st_mode & 0777 & ~(mode_t)OF_OTHERS) != 0) {
		log_error("everybody may read or write %s, which has the keys in it, and that "
		          "cannot be changed: %s; chmod 600 it",
		          path, strerror(errno));
		return ERR_FORBIDDEN;
	}
	log_warning("everybody could read or write %s; no longer", path);
	return OK;
}

/* Whoever may write there can put another database in its place. */
static enum err check_folder(const char *folder)
{
	struct stat status;

	if (stat(folder, &status) != 0 || (status.st_mode & S_IWOTH) == 0 ||
	    (status.st_mode & S_ISVTX) != 0)
		return OK;
	log_error("everybody may write to %s, where the database is: chmod 700 it", folder);
	return ERR_FORBIDDEN;
}

enum err store_protect(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct arena *arena = arena_create();
	const char *slash = strrchr(path, '/');
	enum err err = check_folder(
	        slash != NULL ? arena_copy(arena, path, (size_t)(slash - path) + 1) : ".");

	for (size_t i = 0; err == OK && i < sizeof(ends) / sizeof(*ends); i++)
		err = protect_file(arena_printf(arena, "%s%s", path, ends[i]));
	arena_destroy(arena);
	return err;
}
