#include "judge/box/box.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge/box/mutant.h"
#include "judge/box/root.h"
#include "judge/box/sweep.h"

const char *const box_namespaces[6] = { "mnt", "pid", "net", "ipc", "uts", "cgroup" };

static const char *const names[TIER_COUNT] = { "A1", "A2", "B", "C" };

const char *tier_name(enum tier tier)
{
	return names[tier];
}

enum tier tier_by_name(const char *name, size_t length)
{
	int tier = 0;

	while (tier < TIER_COUNT &&
	       (strlen(names[tier]) != length || strncmp(names[tier], name, length) != 0))
		tier++;
	return (enum tier)tier;
}

bool box_fault(struct box *box, const char *what)
{
	snprintf(box->error, sizeof box->error, "%s: %s", what, strerror(errno));
	return false;
}

bool box_refuse(struct box *box, const char *why)
{
	snprintf(box->error, sizeof box->error, "%s", why);
	return false;
}

static bool is_own_folder(struct box *box)
{
	struct stat info;

	if (lstat(box->folder, &info) < 0)
		return box_fault(box, box->folder);
	if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & 07777) != 0700)
		return box_refuse(box, "the judge's folder must be its user's own, with mode 0700");
	return true;
}

static void note_namespaces(struct box *box)
{
	for (int i = 0; i < 6; i++) {
		char path[32];
		struct stat info;

		snprintf(path, sizeof path, "self/ns/%s", box_namespaces[i]);
		box->namespaces[i] = fstatat(box->proc, path, &info, 0) == 0 ? info.st_ino : 0;
	}
}

/*
 * Takes a user that no other box on this machine has, whatever judge it belongs to: else
 * they could kill each other's programs and use up each other's processes. An abstract
 * socket marks it, which goes with the last process that holds it.
 */
static void take_user(struct box *box)
{
	for (int round = 0; round < BOX_ROUNDS; round++) {
		uid_t uid = (uid_t)(BOX_FIRST_UID + round * BOX_SLOTS + box->slot);
		struct sockaddr_un name = { .sun_family = AF_UNIX };
		int length = snprintf(name.sun_path + 1, sizeof name.sun_path - 1,
		                      "viva-judge-user-%u", uid);
		int mark = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

		if (mark >= 0 && bind(mark, (struct sockaddr *)&name,
		                      (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
		                                  (size_t)length)) == 0) {
			box->uid = uid;
			box->gid = uid;
			return;
		}
		if (mark >= 0)
			close(mark);
	}
}

/* In B a folder that other users can get to; its name says whose it is. */
static bool name_folders(struct box *box)
{
	const char *folder = box->tier == TIER_B ? "/tmp/viva-judge" : box->folder;
	unsigned number = box->tier == TIER_B ? box->uid - BOX_FIRST_UID : (unsigned)box->slot;
	int size = (int)sizeof box->box_path, length;

	snprintf(box->name, sizeof box->name, "box-%u", number);
	if (box->tier <= TIER_A2) {
		snprintf(box->box_path, sizeof box->box_path, "/box");
		snprintf(box->tmp_path, sizeof box->tmp_path, "/tmp");
		return true;
	}
	length = snprintf(box->box_path, sizeof box->box_path, "%s/%s/box", folder, box->name);
	snprintf(box->tmp_path, sizeof box->tmp_path, "%s/%s/tmp", folder, box->name);
	return length < size || box_refuse(box, "the name of the judge's folder is too long");
}

bool box_describe(struct box *box, enum tier tier, const char *folder, int slot, const char *hidden)
{
	bool is_root = geteuid() == 0;

	*box = (struct box){ .tier = tier, .slot = slot, .folder = folder, .hidden = hidden };
	box->landlock[0] = box->landlock[1] = box->box_dir = box->tmp_dir = -1;
	box->uid = tier == TIER_C ? geteuid() : (uid_t)(BOX_FIRST_UID + slot);
	box->gid = tier == TIER_C ? getegid() : (gid_t)(BOX_FIRST_UID + slot);
	box->proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (box->proc < 0 || faccessat(box->proc, "self/statm", R_OK, 0) < 0)
		return box_fault(box, "/proc");
	note_namespaces(box);
	if (tier == TIER_C && is_root)
		return box_refuse(box, "the superuser cannot be bound in tier C");
	if ((tier == TIER_A1 || tier == TIER_B) && !is_root)
		return box_refuse(box, "needs the superuser");
	if (is_root)
		take_user(box);
	return name_folders(box) && is_own_folder(box);
}

bool box_file(struct box *box, const char *name, int source, bool is_executable)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                              "0123456789._-";
	size_t length = strlen(name);
	char buffer[65536];
	off_t at = 0;
	ssize_t size;
	bool ok;
	int file;

	if (box->is_sealed)
		return box_refuse(box, "/box is sealed");
	if (length == 0 || length > 100 || name[0] == '.' || strspn(name, letters) != length)
		return box_refuse(box, "name of a file");
	unlinkat(box->box_dir, name, 0);
	file = openat(box->box_dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	              0600);
	if (file < 0)
		return box_fault(box, name);
	while ((size = pread(source, buffer, sizeof buffer, at)) > 0 &&
	       write(file, buffer, (size_t)size) == size)
		at += size;
	ok = size == 0 && fchown(file, box->uid, box->gid) == 0 &&
	     fchmod(file, is_executable ? 0755 : 0644) == 0;
	if (!ok)
		box_fault(box, name);
	close(file);
	return ok;
}

/* One of the files that a compiler made, unless it is something else or known elsewhere. */
static void let_execute(int folder, const char *name)
{
	int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat info;

	if (file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_nlink == 1)
		fchmod(file, 0700);
	if (file >= 0)
		close(file);
}

void box_let_execute(struct box *box)
{
	int folder = openat(box->box_dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = folder < 0 ? NULL : fdopendir(folder);

	if (entries == NULL)
		return;
	for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries))
		let_execute(folder, entry->d_name);
	closedir(entries);
}

bool box_seal(struct box *box)
{
	box->is_sealed = true;
	return box->tier > TIER_A2 || root_seal(box);
}

bool box_empty_tmp(struct box *box)
{
	struct statfs info;

	if (MUTANT(OLD_TMP))
		return true;
	if (box->tier > TIER_A2)
		return sweep_folder(box->tmp_dir) || box_fault(box, "empty /tmp");
	/* Most programs write nothing; the folder itself is the one file it has. */
	if (fstatfs(box->tmp_dir, &info) == 0 && info.f_files - info.f_ffree <= 1)
		return true;
	if (!sweep_folder(box->tmp_dir))
		return box_fault(box, "empty /tmp");
	return true;
}

struct reaped {
	int64_t cpu_us, memory_kb;
};

static bool reap(struct reaped *reaped, int flags)
{
	struct rusage used;
	pid_t pid;

	while ((pid = wait4(-1, NULL, flags, &used)) > 0) {
		reaped->cpu_us += (int64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
		                  used.ru_utime.tv_usec + used.ru_stime.tv_usec;
		if (used.ru_maxrss > reaped->memory_kb)
			reaped->memory_kb = used.ru_maxrss;
	}
	return pid < 0 && errno == ECHILD;
}

/* Without a pid namespace it takes turns until nobody is left. */
static void sweep_in_turns(struct box *box, struct reaped *reaped)
{
	for (int i = 0; i < 4000; i++) {
		bool is_clean = true;

		if (box->tier == TIER_B)
			is_clean = sweep_user(box->uid, box->proc) == 0;
		else
			sweep_children(box->proc);
		if (reap(reaped, WNOHANG) && is_clean)
			return;
		usleep(200);
	}
}

void box_sweep(struct box *box, int64_t *cpu_us, int64_t *memory_kb)
{
	struct reaped reaped = { 0 };

	if (MUTANT(NO_SWEEP))
		return;
	if (box->tier <= TIER_A2 && !MUTANT(NO_PID_NS)) {
		kill(-1, SIGKILL);
		reap(&reaped, 0);
	} else {
		sweep_in_turns(box, &reaped);
	}
	if (cpu_us != NULL)
		*cpu_us += reaped.cpu_us;
	if (memory_kb != NULL && reaped.memory_kb > *memory_kb)
		*memory_kb = reaped.memory_kb;
}
