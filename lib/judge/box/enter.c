#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge/box/box.h"
#include "judge/box/landlock.h"
#include "judge/box/mutant.h"
#include "judge/box/root.h"
#include "judge/box/sweep.h"

static bool write_to(struct box *box, const char *path, const char *text)
{
	int file = openat(box->proc, path, O_WRONLY | O_CLOEXEC);
	bool ok = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);

	if (!ok)
		box_fault(box, path);
	if (file >= 0)
		close(file);
	return ok;
}

/* A superuser would stay one to the host's files, whatever a user namespace calls him. */
static bool leave_root(struct box *box)
{
	if (geteuid() != 0)
		return true;
	if (setgroups(0, NULL) < 0 || setresgid(box->gid, box->gid, box->gid) < 0 ||
	    setresuid(box->uid, box->uid, box->uid) < 0)
		return box_fault(box, "cannot leave the superuser");
	return true;
}

/* One user, who is not 0 inside either. */
static bool enter_user_namespace(struct box *box)
{
	char map[64];
	uid_t uid;
	gid_t gid;

	if (!leave_root(box))
		return false;
	uid = geteuid();
	gid = getegid();
	/* Else the files below belong to the superuser. */
	prctl(PR_SET_DUMPABLE, 1);
	if (unshare(CLONE_NEWUSER) < 0)
		return box_fault(box, "user namespace");
	snprintf(map, sizeof map, "%u %u 1\n", box->uid, uid);
	if (!write_to(box, "self/uid_map", map) || !write_to(box, "self/setgroups", "deny"))
		return false;
	snprintf(map, sizeof map, "%u %u 1\n", box->gid, gid);
	return write_to(box, "self/gid_map", map);
}

static bool enter_namespaces(struct box *box)
{
	int flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWCGROUP;

	flags |= MUTANT(NO_PID_NS) ? 0 : CLONE_NEWPID;
	flags |= MUTANT(NO_NET_NS) ? 0 : CLONE_NEWNET;
	flags |= MUTANT(NO_IPC_NS) ? 0 : CLONE_NEWIPC;
	if (box->tier == TIER_A2 && !enter_user_namespace(box))
		return false;
	return unshare(flags) == 0 || box_fault(box, "namespaces");
}

/* Only what the init needs from now on to make and clean what is in the box. */
static bool keep_few_capabilities(struct box *box)
{
	static const int needed[] = { CAP_CHOWN,  CAP_DAC_OVERRIDE, CAP_FOWNER,      CAP_KILL,
		                      CAP_SETGID, CAP_SETUID,       CAP_SYS_RESOURCE };
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct held[2], few[2] = { 0 };

	if (MUTANT(KEEP_CAPS))
		return true;
	if (syscall(SYS_capget, &header, held) < 0)
		return box_fault(box, "capget");
	for (int cap = 0; prctl(PR_CAPBSET_READ, cap) >= 0; cap++)
		if (prctl(PR_CAPBSET_READ, cap) == 1 && prctl(PR_CAPBSET_DROP, cap) < 0 &&
		    box->tier <= TIER_A2)
			return box_fault(box, "capability bounding set");
	/* Not to be had without the right to it, nor needed then. */
	if (prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED |
	                                     SECBIT_NO_CAP_AMBIENT_RAISE |
	                                     SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED) < 0 &&
	    box->tier <= TIER_A2)
		return box_fault(box, "securebits");
	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
		few[needed[i] / 32].permitted |= held[needed[i] / 32].permitted &
		                                 1U << needed[i] % 32;
	/* To seal /box. */
	few[0].permitted |= held[0].permitted & 1U << CAP_SYS_ADMIN;
	few[0].effective = few[0].permitted;
	return syscall(SYS_capset, &header, few) == 0 || box_fault(box, "capset");
}

/* A folder of the given owner below `at`, emptied; what lies there may be a former box. */
static int make_folder(int at, const char *name, uid_t uid, gid_t gid)
{
	struct stat info;
	int folder;

	if (mkdirat(at, name, 0700) < 0 && errno != EEXIST)
		return -1;
	folder = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0)
		return -1;
	if (fstat(folder, &info) < 0 || (info.st_uid != geteuid() && info.st_uid != uid)) {
		close(folder);
		errno = EPERM;
		return -1;
	}
	if (fchown(folder, uid, gid) < 0 || fchmod(folder, 0700) < 0) {
		close(folder);
		return -1;
	}
	return folder;
}

static int make_shared_folder(void)
{
	struct stat info;

	if (mkdir("/tmp/viva-judge", 0711) < 0 && errno != EEXIST)
		return -1;
	if (lstat("/tmp/viva-judge", &info) < 0 || !S_ISDIR(info.st_mode) ||
	    info.st_uid != geteuid() || (info.st_mode & 0022) != 0) {
		errno = EPERM;
		return -1;
	}
	return open("/tmp/viva-judge", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Removes a former box as the user whose files they are. */
static bool clear_folders(struct box *box)
{
	bool ok;

	if (box->tier == TIER_B && (setegid(box->gid) < 0 || seteuid(box->uid) < 0))
		return false;
	ok = sweep_folder(box->box_dir) && sweep_folder(box->tmp_dir);
	if (box->tier == TIER_B && (seteuid(0) < 0 || setegid(0) < 0))
		return false;
	return ok;
}

/* Tiers B and C: real folders. */
static bool make_folders(struct box *box)
{
	int at = box->tier == TIER_B ? make_shared_folder()
	                             : open(box->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int own = -1;

	if (at >= 0)
		own = make_folder(at, box->name, box->uid, box->gid);
	if (own >= 0) {
		box->box_dir = make_folder(own, "box", box->uid, box->gid);
		box->tmp_dir = make_folder(own, "tmp", box->uid, box->gid);
	}
	if (box->box_dir < 0 || box->tmp_dir < 0)
		return box_fault(box, "folder of the box");
	close(own);
	close(at);
	/* Nobody of a former box may be left who could interfere. */
	box_sweep(box, NULL, NULL);
	return clear_folders(box) || box_fault(box, "clear the box");
}

static bool make_place(struct box *box)
{
	if (box->tier > TIER_A2)
		return landlock_make(box);
	if (!root_build(box))
		return false;
	box->box_dir = open("/box", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	box->tmp_dir = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return (box->box_dir >= 0 && box->tmp_dir >= 0) || box_fault(box, "/box");
}

/* Has the request loop end as if the judge had gone. */
static void hang_up(int number)
{
	(void)number;
	shutdown(BOX_SOCKET, SHUT_RDWR);
}

/* Without a pid namespace nobody but the init can kill what a compiler forked. */
static int set_death_signal(const struct box *box)
{
	if (box->tier <= TIER_A2)
		return prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGTERM, hang_up);
	return prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/* The init's own life: it ends with its parent, and nobody in the box can look into it. */
static bool become_init(struct box *box)
{
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
		return box_fault(box, "init");
	if (!make_place(box) || !keep_few_capabilities(box))
		return false;
	if (!MUTANT(NEW_PRIVILEGES) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return box_fault(box, "no_new_privs");
	/* A change of user on the way made the kernel forget both. */
	if (prctl(PR_SET_DUMPABLE, 0) < 0 || set_death_signal(box) < 0)
		return box_fault(box, "init");
	return true;
}

pid_t box_enter(struct box *box)
{
	pid_t outer = getpid(), init;

	/* The kernel picks it first when memory is short. */
	write_to(box, "self/oom_score_adj", "1000");
	box->error[0] = '\0';
	if (box->tier <= TIER_A2 ? !enter_namespaces(box) : !make_folders(box))
		return -1;
	/* Changes of user above forget it. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0) {
		box_fault(box, "death signal");
		return -1;
	}
	init = fork();
	if (init < 0)
		box_fault(box, "fork");
	if (init != 0)
		return init;
	become_init(box);
	/* In a pid namespace of its own the parent has no number. */
	if (getpid() != 1 && getppid() != outer)
		_exit(1);
	return 0;
}

int box_leave(struct box *box, pid_t init)
{
	int status = 0;

	while (waitpid(init, &status, 0) < 0 && errno == EINTR)
		;
	if (box->tier > TIER_A2) {
		box_sweep(box, NULL, NULL);
		clear_folders(box);
	}
	return status;
}
