#include "judge/box/landlock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "judge/box/mutant.h"
#include "judge/box/root.h"

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

/* The kernel's numbers, beyond what the oldest headers in use know. */
enum { VERSION_FLAG = 1, RULE_PATH_BENEATH = 1 };

enum {
	RIGHT_EXECUTE = 1 << 0,
	RIGHT_WRITE_FILE = 1 << 1,
	RIGHT_READ_FILE = 1 << 2,
	RIGHT_READ_DIR = 1 << 3,
	RIGHTS_OF_FILES = RIGHT_EXECUTE | RIGHT_WRITE_FILE | RIGHT_READ_FILE,
	RIGHTS_OF_FIRST = (1 << 13) - 1, /* all that there were in the first version */
	RIGHT_REFER = 1 << 13,           /* version 2 */
	RIGHT_TRUNCATE = 1 << 14,        /* version 3 */
	RIGHT_DEVICE = 1 << 15,          /* version 5 */
	RIGHTS_OF_NET = 3,               /* version 4 */
	SCOPES = 3                       /* version 6: abstract sockets, signals */
};

struct attributes {
	uint64_t files, net, scopes;
};

struct beneath {
	uint64_t rights;
	int32_t parent;
} __attribute__((packed));

struct rules {
	int set, version;
	const char *hidden;
};

static int make_set(int version)
{
	struct attributes attributes = { .files = RIGHTS_OF_FIRST };
	size_t size = sizeof attributes.files;

	attributes.files |= version >= 2 ? RIGHT_REFER : 0;
	attributes.files |= version >= 3 ? RIGHT_TRUNCATE : 0;
	attributes.files |= version >= 5 ? RIGHT_DEVICE : 0;
	if (version >= 4) {
		attributes.net = RIGHTS_OF_NET;
		size += sizeof attributes.net;
	}
	if (version >= 6) {
		attributes.scopes = SCOPES;
		size += sizeof attributes.scopes;
	}
	return (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
}

/* True as well when there is nothing at that path. */
static bool allow(const struct rules *rules, const char *path, uint64_t rights)
{
	struct beneath rule = { rights, open(path, O_PATH | O_CLOEXEC) };
	struct stat info;
	bool ok;

	if (rule.parent < 0)
		return errno == ENOENT || errno == EACCES || errno == ELOOP;
	if (fstat(rule.parent, &info) == 0 && !S_ISDIR(info.st_mode))
		rule.rights &= RIGHTS_OF_FILES;
	ok = syscall(SYS_landlock_add_rule, rules->set, RULE_PATH_BENEATH, &rule, 0) == 0;
	close(rule.parent);
	return ok;
}

/* True if `path` is `folder` or lies in it. */
static bool lies_in(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Lets read everything in a folder but what is on the way to the hidden one. */
static bool allow_around(const struct rules *rules, const char *folder)
{
	char way[512], path[512];
	bool ok = true;

	snprintf(way, sizeof way, "%s", folder);
	while (ok && lies_in(rules->hidden, way) && strcmp(rules->hidden, way) != 0) {
		DIR *entries = opendir(way);
		char next[512] = "";

		if (entries == NULL)
			return false;
		for (struct dirent *entry = readdir(entries); ok && entry != NULL;
		     entry = readdir(entries)) {
			if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
				continue;
			if (snprintf(path, sizeof path, "%s/%s", way, entry->d_name) >=
			    (int)sizeof path)
				continue;
			if (lies_in(rules->hidden, path))
				memcpy(next, path, sizeof next);
			else if (entry->d_type != DT_LNK)
				ok = allow(rules, path,
				           RIGHT_EXECUTE | RIGHT_READ_FILE | RIGHT_READ_DIR);
		}
		closedir(entries);
		if (next[0] == '\0')
			break;
		memcpy(way, next, sizeof way);
	}
	return ok;
}

static bool allow_shown(const char *path, void *data)
{
	const struct rules *rules = data;

	if (!MUTANT(SHOWN) && rules->hidden != NULL && lies_in(rules->hidden, path))
		return allow_around(rules, path);
	return allow(rules, path, RIGHT_EXECUTE | RIGHT_READ_FILE | RIGHT_READ_DIR);
}

static bool allow_devices(const struct rules *rules)
{
	for (size_t i = 0; root_devices[i] != NULL; i++)
		if (!allow(rules, root_devices[i], RIGHT_READ_FILE | RIGHT_WRITE_FILE))
			return false;
	return true;
}

/* Everything a compiler needs in its own folders; not devices, pipes and sockets. */
static uint64_t rights_to_write(int version)
{
	uint64_t all = RIGHTS_OF_FIRST & ~(uint64_t)(1 << 6 | 1 << 9 | 1 << 10 | 1 << 11);

	all |= version >= 2 ? RIGHT_REFER : 0;
	return all | (version >= 3 ? RIGHT_TRUNCATE : 0);
}

bool landlock_make(struct box *box)
{
	int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION_FLAG);

	if (version < 1)
		return box_fault(box, "Landlock");
	for (int i = 0; i < 2; i++) {
		bool is_writable = i == 0 || MUTANT(WRITABLE) || MUTANT(NO_SEAL);
		struct rules rules = { make_set(version), version, box->hidden };
		uint64_t own = is_writable ? rights_to_write(version)
		                           : RIGHT_EXECUTE | RIGHT_READ_FILE | RIGHT_READ_DIR;

		if (rules.set < 0 || !root_each_shown(allow_shown, &rules) ||
		    !allow_devices(&rules) || !allow(&rules, box->box_path, own) ||
		    !allow(&rules, box->tmp_path, own))
			return box_fault(box, "Landlock rules");
		box->landlock[i] = rules.set;
	}
	return true;
}

bool landlock_bind(int rules)
{
	bool ok = syscall(SYS_landlock_restrict_self, rules, 0) == 0;

	close(rules);
	return ok;
}
