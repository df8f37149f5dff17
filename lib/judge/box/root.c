#include "judge/box/root.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "judge/box/mutant.h"

/* Replaced in the box's mount namespace by its root; any folder would do that all may see. */
static const char place[] = "/tmp";

static const char box_size[] = "size=128m,nr_inodes=8k,mode=755";
static const char tmp_size[] = "size=64m,nr_inodes=2k,mode=777";

const char *const root_devices[] = { "/dev/null", "/dev/urandom", "/dev/random", NULL };

static const char *const system_folders[] = { "/usr",   "/bin",   "/sbin",  "/lib",
	                                      "/lib32", "/lib64", "/libx32" };

static bool each_java(bool (*each)(const char *path, void *data), void *data)
{
	DIR *entries = opendir("/etc");
	bool ok = true;

	if (entries == NULL)
		return true;
	for (struct dirent *entry = readdir(entries); ok && entry != NULL;
	     entry = readdir(entries)) {
		char path[300];

		if (strncmp(entry->d_name, "java", 4) != 0 || entry->d_type == DT_LNK)
			continue;
		snprintf(path, sizeof path, "/etc/%s", entry->d_name);
		ok = each(path, data);
	}
	closedir(entries);
	return ok;
}

bool root_each_shown(bool (*each)(const char *path, void *data), void *data)
{
	static const char *const files[] = { "/etc/alternatives", "/etc/ld.so.cache" };
	struct stat info;

	for (size_t i = 0; i < sizeof system_folders / sizeof system_folders[0]; i++)
		if (lstat(system_folders[i], &info) == 0 && S_ISDIR(info.st_mode) &&
		    !each(system_folders[i], data))
			return false;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		if (stat(files[i], &info) == 0 && !each(files[i], data))
			return false;
	return each_java(each, data);
}

/* As in open_tree and mount_setattr of Linux 5.12; before it nothing below can be covered. */
static bool set_read_only(const char *path)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID |
		                                     MOUNT_ATTR_NODEV };

	if (MUTANT(WRITABLE))
		return true;
	return syscall(SYS_mount_setattr, AT_FDCWD, path, AT_RECURSIVE, &attributes,
	               sizeof attributes) == 0;
}

static bool bind(const char *source, const char *target, bool is_folder)
{
	int file;

	if (is_folder) {
		if (mkdir(target, 0755) < 0 && errno != EEXIST)
			return false;
	} else {
		file = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
		if (file < 0)
			return false;
		close(file);
	}
	return mount(source, target, NULL, MS_BIND | MS_REC, NULL) == 0;
}

static bool show(const char *path, void *data)
{
	const char *target = path + 1; /* in the new root, where this process is */
	struct stat info;

	if (stat(path, &info) == 0 && bind(path, target, S_ISDIR(info.st_mode)) &&
	    set_read_only(target))
		return true;
	return box_fault(data, path);
}

/* The links of a merged /usr. */
static bool make_links(struct box *box)
{
	char target[256];

	for (size_t i = 0; i < sizeof system_folders / sizeof system_folders[0]; i++) {
		ssize_t length = readlink(system_folders[i], target, sizeof target - 1);

		if (length < 0)
			continue;
		target[length] = '\0';
		if (symlink(target, system_folders[i] + 1) < 0)
			return box_fault(box, system_folders[i]);
	}
	return true;
}

static bool show_devices(struct box *box)
{
	for (size_t i = 0; root_devices[i] != NULL; i++) {
		struct stat info;

		if (stat(root_devices[i], &info) < 0 || !S_ISCHR(info.st_mode))
			continue;
		if (!bind(root_devices[i], root_devices[i] + 1, false))
			return box_fault(box, root_devices[i]);
	}
	return true;
}

static bool mount_own(struct box *box)
{
	if (mount("box", "box", "tmpfs", MS_NOSUID | MS_NODEV, box_size) < 0)
		return box_fault(box, "mount /box");
	if (chown("box", box->uid, box->gid) < 0)
		return box_fault(box, "chown /box");
	if (mount("tmp", "tmp", "tmpfs", MS_NOSUID | MS_NODEV, tmp_size) < 0)
		return box_fault(box, "mount /tmp");
	if (mount("proc", "proc", "tmpfs", MS_NOSUID | MS_NODEV, "size=4k,nr_inodes=4,mode=755") <
	            0 ||
	    mkdir("proc/self", 0755) < 0)
		return box_fault(box, "mount /proc");
	return true;
}

/* Covers the folder that nobody in a box shall see, if it is there at all. */
static bool hide(struct box *box)
{
	struct stat info;

	if (box->hidden == NULL || MUTANT(SHOWN) || stat(box->hidden + 1, &info) < 0)
		return true;
	if (mount("none", box->hidden + 1, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV,
	          "size=4k,nr_inodes=2,mode=555") < 0)
		return box_fault(box, "hide the folder");
	return true;
}

/* Makes the working folder the root and lets go of the old one. */
static bool enter(struct box *box)
{
	if (!MUTANT(WRITABLE) &&
	    mount(NULL, ".", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) <
	            0)
		return box_fault(box, "read-only root");
	if (syscall(SYS_pivot_root, ".", ".") < 0)
		return box_fault(box, "pivot_root");
	if (umount2(".", MNT_DETACH) < 0)
		return box_fault(box, "detach the host's root");
	return chdir("/") == 0 || box_fault(box, "chdir /");
}

static bool make_folders(struct box *box)
{
	static const char *const folders[] = { "etc", "dev", "box", "tmp", "proc" };

	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		if (mkdir(folders[i], 0755) < 0)
			return box_fault(box, folders[i]);
	return true;
}

bool root_build(struct box *box)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return box_fault(box, "private mounts");
	if (MUTANT(HOST_ROOT))
		return (mkdir("/box", 0755) == 0 || errno == EEXIST) && chdir("/") == 0 &&
		       mount_own(box);
	if (mount("root", place, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=200,mode=755") <
	    0)
		return box_fault(box, "mount tmpfs");
	if (chdir(place) < 0)
		return box_fault(box, place);
	return make_folders(box) && root_each_shown(show, box) && make_links(box) &&
	       show_devices(box) && mount_own(box) && hide(box) && enter(box);
}

static bool set_proc(unsigned long flags)
{
	return mount(NULL, "/proc", NULL, MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV | flags,
	             NULL) == 0;
}

bool root_name_program(struct box *box, const char *path)
{
	static char last[512], target[4096];
	char whole[600];

	if (strncmp(path, last, sizeof last) == 0)
		return true;
	snprintf(whole, sizeof whole, "%s%s", path[0] == '/' ? "" : "/box/", path);
	if (realpath(whole, target) == NULL)
		snprintf(target, sizeof target, "%s", whole);
	if (!set_proc(0))
		return box_fault(box, "write /proc");
	unlink("/proc/self/exe");
	if (symlink(target, "/proc/self/exe") < 0 || !set_proc(MS_RDONLY))
		return box_fault(box, "/proc/self/exe");
	snprintf(last, sizeof last, "%s", path);
	return true;
}

bool root_seal(struct box *box)
{
	if (!MUTANT(NO_SEAL) &&
	    mount(NULL, "/box", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV,
	          NULL) < 0)
		return box_fault(box, "read-only /box");
	return true;
}
