#include "judge/box/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "judge/box/mutant.h"

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#define NATIVE 0
#endif

enum {
	NEWEST_CALL = 450,    /* set_mempolicy_home_node: later ones nobody here has judged */
	X32_BIT = 0x40000000, /* on x86_64; no call of another architecture has it */
	OWN_PID = 0x5a17bead  /* in a program's place where filter_load puts the pid */
};

enum {
	SET_OWNER = 8,   /* F_SETOWN: the kernel then signals any process of the same user */
	SET_SIGNAL = 10, /* F_SETSIG */
	SET_OWNER_EX = 15,
	SET_OWNER_IOCTL = 0x8901, /* FIOSETOWN */
	SET_GROUP_IOCTL = 0x8902  /* SIOCSPGRP */
};

static const int denied_always[] = {
	/* other networks and rendezvous */
	SCMP_SYS(socket), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
	SCMP_SYS(connect), SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(shmctl), SCMP_SYS(semget),
	SCMP_SYS(semop), SCMP_SYS(semctl), SCMP_SYS(semtimedop), SCMP_SYS(msgget), SCMP_SYS(msgsnd),
	SCMP_SYS(msgrcv), SCMP_SYS(msgctl), SCMP_SYS(mq_open), SCMP_SYS(mq_unlink),
	SCMP_SYS(mq_notify), SCMP_SYS(mq_timedsend), SCMP_SYS(mq_timedreceive),
	SCMP_SYS(mq_getsetattr), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(keyctl),
	SCMP_SYS(memfd_create), SCMP_SYS(memfd_secret),
	/* other processes */
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(process_madvise), SCMP_SYS(process_mrelease), SCMP_SYS(pidfd_getfd),
	SCMP_SYS(kcmp), SCMP_SYS(setpriority), SCMP_SYS(sched_setaffinity), SCMP_SYS(sched_setattr),
	SCMP_SYS(sched_setparam), SCMP_SYS(sched_setscheduler), SCMP_SYS(ioprio_set),
	SCMP_SYS(migrate_pages), SCMP_SYS(move_pages), SCMP_SYS(setns), SCMP_SYS(unshare),
	/* mounts */
	SCMP_SYS(mount), SCMP_SYS(umount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
	SCMP_SYS(chroot), SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(fsopen),
	SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(mount_setattr),
	SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(quotactl), SCMP_SYS(quotactl_fd),
	SCMP_SYS(name_to_handle_at), SCMP_SYS(open_by_handle_at), SCMP_SYS(fanotify_init),
	SCMP_SYS(fanotify_mark), SCMP_SYS(acct), SCMP_SYS(sysfs), SCMP_SYS(ustat),
	/* kernel surface that no program here needs */
	SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
	SCMP_SYS(io_setup), SCMP_SYS(io_submit), SCMP_SYS(userfaultfd), SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open), SCMP_SYS(personality), SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load), SCMP_SYS(init_module), SCMP_SYS(finit_module),
	SCMP_SYS(create_module), SCMP_SYS(delete_module), SCMP_SYS(query_module), SCMP_SYS(reboot),
	SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(iopl), SCMP_SYS(ioperm),
	SCMP_SYS(modify_ldt), SCMP_SYS(syslog), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
	SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(vhangup), SCMP_SYS(lookup_dcookie),
	SCMP_SYS(nfsservctl), SCMP_SYS(uselib), SCMP_SYS(_sysctl), SCMP_SYS(vm86),
	SCMP_SYS(vm86old), SCMP_SYS(vmsplice)
};

static const int denied_shared[] = { SCMP_SYS(kill),
	                             SCMP_SYS(tkill),
	                             SCMP_SYS(pidfd_send_signal),
	                             SCMP_SYS(rt_sigqueueinfo),
	                             SCMP_SYS(rt_tgsigqueueinfo),
	                             SCMP_SYS(chmod),
	                             SCMP_SYS(fchmodat),
	                             SCMP_SYS(chown),
	                             SCMP_SYS(lchown),
	                             SCMP_SYS(fchownat),
	                             SCMP_SYS(utime),
	                             SCMP_SYS(utimes),
	                             SCMP_SYS(futimesat),
	                             SCMP_SYS(utimensat),
	                             SCMP_SYS(setxattr),
	                             SCMP_SYS(lsetxattr),
	                             SCMP_SYS(removexattr),
	                             SCMP_SYS(lremovexattr),
	                             SCMP_SYS(truncate) };

static const int denied_tests[] = {
	SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(fchmod), SCMP_SYS(fchown), SCMP_SYS(fsetxattr),
	SCMP_SYS(fremovexattr), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink),
	SCMP_SYS(symlinkat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
	/* /usr is one for all boxes: its files must not carry messages */
	SCMP_SYS(flock), SCMP_SYS(inotify_init), SCMP_SYS(inotify_init1),
	SCMP_SYS(inotify_add_watch)
};

static const unsigned forbidden_flags[] = { CLONE_NEWNS,  CLONE_NEWCGROUP, CLONE_NEWUTS,
	                                    CLONE_NEWIPC, CLONE_NEWUSER,   CLONE_NEWPID,
	                                    CLONE_NEWNET, CLONE_PTRACE };

static const unsigned file_locks[] = { F_SETLK,      F_SETLKW,   F_OFD_SETLK,
	                               F_OFD_SETLKW, F_SETLEASE, F_NOTIFY };

static bool deny_all(scmp_filter_ctx context, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), calls[i], 0) < 0)
			return false;
	return true;
}

/* Arguments are 32 bits wide where they matter: what stands above them does not count. */
static bool deny_low(scmp_filter_ctx context, int call, unsigned argument, struct scmp_arg_cmp *low)
{
	low->arg = argument;
	low->op = SCMP_CMP_MASKED_EQ;
	return seccomp_rule_add_array(context, SCMP_ACT_ERRNO(EPERM), call, 1, low) == 0;
}

static bool deny_value(scmp_filter_ctx context, int call, unsigned argument, unsigned value)
{
	struct scmp_arg_cmp low = { .datum_a = 0xffffffff, .datum_b = value };

	return deny_low(context, call, argument, &low);
}

static bool deny_flags(scmp_filter_ctx context, unsigned mask, unsigned flags)
{
	struct scmp_arg_cmp low = { .datum_a = mask, .datum_b = flags };

	return deny_low(context, SCMP_SYS(clone), 0, &low);
}

/* Any other value is refused; so is the right one with something above its 32 bits. */
static bool deny_others(scmp_filter_ctx context, int call, unsigned argument, unsigned value)
{
	struct scmp_arg_cmp other = { argument, SCMP_CMP_NE, value, 0 };

	return seccomp_rule_add_array(context, SCMP_ACT_ERRNO(EPERM), call, 1, &other) == 0;
}

/*
 * Java makes a pair of sockets when it starts. Streams only: the other kind in a pair can
 * still send to a name.
 */
static bool add_pairs(scmp_filter_ctx context)
{
	struct scmp_arg_cmp datagram = { .datum_a = SOCK_DGRAM, .datum_b = SOCK_DGRAM };

	return deny_others(context, SCMP_SYS(socketpair), 0, AF_UNIX) &&
	       deny_low(context, SCMP_SYS(socketpair), 1, &datagram);
}

static bool deny_as(scmp_filter_ctx context, int call, int error)
{
	return seccomp_rule_add(context, SCMP_ACT_ERRNO((unsigned)error), call, 0) == 0;
}

/*
 * Access mode 3 opens a file, and with O_TRUNC empties it, without a right that Landlock
 * would ask for. Here nobody can look into what openat2 is given.
 */
static bool add_open(scmp_filter_ctx context)
{
	struct scmp_arg_cmp mode = { .datum_a = O_ACCMODE, .datum_b = O_ACCMODE };

	if (MUTANT(ODD_OPEN))
		return true;
	return deny_low(context, SCMP_SYS(open), 1, &mode) &&
	       deny_low(context, SCMP_SYS(openat), 2, &mode) &&
	       deny_as(context, SCMP_SYS(openat2), ENOSYS);
}

static bool add_base(scmp_filter_ctx context)
{
	bool ok = deny_all(context, denied_always, sizeof denied_always / sizeof denied_always[0]);

	ok = ok && deny_as(context, SCMP_SYS(clone3), ENOSYS);
	for (size_t i = 0; i < sizeof forbidden_flags / sizeof forbidden_flags[0]; i++)
		ok = ok && deny_flags(context, forbidden_flags[i], forbidden_flags[i]);
	ok = ok && deny_value(context, SCMP_SYS(fcntl), 1, SET_OWNER) &&
	     deny_value(context, SCMP_SYS(fcntl), 1, SET_OWNER_EX) &&
	     deny_value(context, SCMP_SYS(fcntl), 1, SET_SIGNAL) &&
	     deny_value(context, SCMP_SYS(ioctl), 1, SET_OWNER_IOCTL) &&
	     deny_value(context, SCMP_SYS(ioctl), 1, SET_GROUP_IOCTL) &&
	     deny_value(context, SCMP_SYS(ioctl), 1, TIOCSTI) &&
	     deny_value(context, SCMP_SYS(ioctl), 1, TIOCLINUX) &&
	     /* Huge pages would be counted as used when they are not. */
	     deny_value(context, SCMP_SYS(prctl), 0, PR_SET_THP_DISABLE);
	return ok && add_open(context) && add_pairs(context) &&
	       deny_others(context, SCMP_SYS(prlimit64), 0, 0);
}

/*
 * Shared memory without a name stays whole, and uncounted, as long as one page of it is
 * mapped. Whoever asks for it is told that there is no memory.
 */
static bool deny_shared_memory(scmp_filter_ctx context)
{
	const unsigned flags = MAP_SHARED | MAP_ANONYMOUS;
	struct scmp_arg_cmp both = { 3, SCMP_CMP_MASKED_EQ, flags, flags };

	if (MUTANT(SHARED_MEMORY))
		return true;
	return seccomp_rule_add_array(context, SCMP_ACT_ERRNO(ENOMEM), SCMP_SYS(mmap), 1, &both) ==
	       0;
}

static bool add_tests(scmp_filter_ctx context)
{
	bool ok = deny_all(context, denied_shared, sizeof denied_shared / sizeof denied_shared[0]);

	ok = ok && deny_all(context, denied_tests, sizeof denied_tests / sizeof denied_tests[0]);
	for (size_t i = 0; i < sizeof file_locks / sizeof file_locks[0]; i++)
		ok = ok && deny_value(context, SCMP_SYS(fcntl), 1, file_locks[i]);
	return ok && deny_shared_memory(context) && deny_flags(context, CLONE_THREAD, 0);
}

static bool add_kind(scmp_filter_ctx context, enum filter_kind kind)
{
	bool ok = add_base(context);

	switch (kind) {
	case FILTER_BASE:
		return ok;
	case FILTER_SHARED:
		return ok &&
		       deny_all(context, denied_shared,
		                sizeof denied_shared / sizeof denied_shared[0]) &&
		       deny_others(context, SCMP_SYS(tgkill), 2, 0);
	case FILTER_TEST:
		return ok && add_tests(context) &&
		       deny_others(context, SCMP_SYS(tgkill), 0, OWN_PID);
	case FILTER_FORKED:
		return ok && add_tests(context) &&
		       deny_others(context, SCMP_SYS(tgkill), 2, SIGABRT) &&
		       deny_as(context, SCMP_SYS(execve), EPERM) &&
		       deny_as(context, SCMP_SYS(execveat), EPERM);
	}
	return false;
}

/* Foreign architectures die, and calls newer than the lists above do not exist. */
static const struct sock_filter prologue[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE, 0, 3),
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, X32_BIT, 1, 0),
	BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, NEWEST_CALL, 1, 2),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS)
};

enum { PROLOGUE = sizeof prologue / sizeof prologue[0] };

static bool read_program(struct filter *filter, int file)
{
	size_t room = sizeof filter->code - sizeof prologue;
	ssize_t size = pread(file, filter->code + PROLOGUE, room, 0);

	if (size <= 0 || (size_t)size == room || size % (ssize_t)sizeof filter->code[0] != 0) {
		errno = EPROTO;
		return false;
	}
	memcpy(filter->code, prologue, sizeof prologue);
	filter->length = (unsigned short)(PROLOGUE + (size_t)size / sizeof filter->code[0]);
	return true;
}

bool filter_make(struct filter *filter, enum filter_kind kind)
{
	scmp_filter_ctx context = NATIVE == 0 ? NULL : seccomp_init(SCMP_ACT_ALLOW);
	int file = memfd_create("filter", MFD_CLOEXEC);
	bool ok = context != NULL && file >= 0;

	ok = ok && seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
	ok = ok && add_kind(context, kind) && seccomp_export_bpf(context, file) == 0;
	if (!ok)
		errno = ENOTSUP;
	ok = ok && read_program(filter, file);
	if (context != NULL)
		seccomp_release(context);
	if (file >= 0)
		close(file);
	return ok;
}

bool filter_load(struct filter *filter, int pid)
{
	struct sock_fprog program = { filter->length, filter->code };

	for (size_t i = 0; i < filter->length; i++) {
		struct sock_filter *at = filter->code + i;

		if (BPF_CLASS(at->code) == BPF_JMP && at->k == OWN_PID)
			at->k = (unsigned)pid;
	}
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

int filter_export(const struct filter *filter)
{
	int file = memfd_create("filter", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	ssize_t size = (ssize_t)(filter->length * sizeof filter->code[0]);

	if (file < 0)
		return -1;
	if (write(file, filter->code, (size_t)size) != size || lseek(file, 0, SEEK_SET) != 0 ||
	    fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) <
	            0) {
		close(file);
		return -1;
	}
	return file;
}
