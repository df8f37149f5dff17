#include "judge/box_client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "judge/stream.h"

enum {
	CLOSE_MS = 2000,  /* that judge-box gets to end by itself */
	ANSWER_MS = 10000 /* in which it must do what takes no program's time */
};

/* Starts argv with these descriptors, /dev/null for -1, and nothing else of ours. */
static bool start(const char *const *argv, int out, int socket, pid_t *ret_pid)
{
	static char *const no_environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawn_file_actions_init(&actions);
	if (socket >= 0)
		posix_spawn_file_actions_adddup2(&actions, socket, BOX_SOCKET);
	if (out >= 0)
		posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	else
		posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&actions,
	                                         socket >= 0 ? BOX_SOCKET + 1 : BOX_SOCKET);
	error = posix_spawn(ret_pid, argv[0], &actions, &attributes, (char *const *)argv,
	                    no_environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	if (error != 0)
		log_error("judge: cannot start %s: %s", argv[0], strerror(error));
	return error == 0;
}

/* Waits until it is dead; false after so many milliseconds. */
static bool wait_for_end(int pidfd, int timeout_ms)
{
	struct pollfd end = { .fd = pidfd, .events = POLLIN };
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;

	for (;;) {
		int64_t left = (deadline - clock_monotonic_us() + 999) / 1000;
		int ready = poll(&end, 1, (int)(left > 0 ? left : 0));

		if (ready > 0)
			return true;
		if (ready == 0 || errno != EINTR)
			return false;
	}
}

/* Its status as from wait(2); it is killed if it does not end in time. */
static int reap(pid_t pid, int pidfd, int timeout_ms)
{
	int status = 0;

	if (!wait_for_end(pidfd, timeout_ms))
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	close(pidfd);
	return status;
}

static int open_pidfd(pid_t pid)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);

	if (pidfd >= 0)
		return pidfd;
	log_error("judge: no pidfd: %s", strerror(errno));
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	return -1;
}

bool box_open(const struct judge *judge, int slot, struct box_client *ret_box)
{
	char path[4096], number[16];
	const char *argv[] = {
		path, "run", judge->tier, judge->folder, number, judge->hidden, NULL
	};
	struct box_client box = { .socket = -1 };
	bool started;
	int ends[2];

	snprintf(path, sizeof(path), "%s/judge-box", judge->programs);
	snprintf(number, sizeof(number), "%d", slot);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		log_error("judge: no socket: %s", strerror(errno));
		return false;
	}
	started = start(argv, -1, ends[1], &box.pid);
	close(ends[1]);
	box.pidfd = started ? open_pidfd(box.pid) : -1;
	if (box.pidfd < 0) {
		close(ends[0]);
		return false;
	}
	box.socket = ends[0];
	*ret_box = box;
	return true;
}

void box_close(struct box_client *box)
{
	close(box->socket);
	reap(box->pid, box->pidfd, CLOSE_MS);
}

/* Appends the strings with their NULs; -1 when they do not fit. */
static int32_t append_strings(const char *const *strings, char *message, size_t *len)
{
	int32_t count = 0;

	for (; strings != NULL && strings[count] != NULL; count++) {
		size_t size = strlen(strings[count]) + 1;

		if (size > BOX_MESSAGE_MAX - *len)
			return -1;
		memcpy(message + *len, strings[count], size);
		*len += size;
	}
	return count;
}

static bool send_message(int socket, const void *bytes, size_t len, const struct box_order *order)
{
	struct iovec part = { .iov_base = (void *)bytes, .iov_len = len };
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(order->fds))];
	} control = { 0 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	size_t size = (size_t)order->fd_count * sizeof(int);

	if (size > 0) {
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(size);
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(&control.header), order->fds, size);
	}
	for (;;) {
		if (sendmsg(socket, &message, MSG_NOSIGNAL) >= 0)
			return true;
		if (errno != EINTR) {
			log_error("judge: judge-box does not listen: %s", strerror(errno));
			return false;
		}
	}
}

bool box_send(const struct box_client *box, const struct box_order *order)
{
	char message[BOX_MESSAGE_MAX];
	struct box_request request = {
		.version = BOX_VERSION,
		.command = order->command,
		.flags = order->flags,
	};
	size_t len = sizeof(request);

	if (order->limits != NULL)
		request.limits = *order->limits;
	request.argc = append_strings(order->argv, message, &len);
	request.envc = append_strings(order->env, message, &len);
	if (request.argc < 0 || request.envc < 0) {
		log_error("judge: a command line does not fit into a message");
		return false;
	}
	memcpy(message, &request, sizeof(request));
	return send_message(box->socket, message, len, order);
}

enum box_news box_receive(struct box_client *box, struct box_reply *ret_reply)
{
	struct box_reply reply;
	ssize_t got;

	do
		got = recv(box->socket, &reply, sizeof(reply), MSG_DONTWAIT);
	while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return BOX_SILENT;
	if (got != (ssize_t)sizeof(reply) || reply.version != BOX_VERSION) {
		log_error("judge: judge-box broke off (%zd bytes)", got);
		return BOX_BROKEN;
	}
	if (reply.kind == BOX_FAILED) {
		reply.error[sizeof(reply.error) - 1] = '\0';
		log_error("judge: judge-box: %s", reply.error);
		return BOX_BROKEN;
	}
	*ret_reply = reply;
	return BOX_REPLIED;
}

bool box_await(struct box_client *box, int timeout_ms, struct box_reply *ret_reply)
{
	struct pollfd ready[] = { { .fd = box->socket, .events = POLLIN },
		                  { .fd = box->pidfd, .events = POLLIN } };
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;

	for (;;) {
		int64_t left = (deadline - clock_monotonic_us() + 999) / 1000;
		int count = poll(ready, 2, (int)(left > 0 ? left : 0));
		enum box_news news;

		if (count < 0 && errno == EINTR)
			continue;
		news = box_receive(box, ret_reply);
		if (news != BOX_SILENT)
			return news == BOX_REPLIED;
		if (count <= 0 || (ready[1].revents & POLLIN)) {
			log_error("judge: judge-box %s", count <= 0 ? "is silent" : "died");
			return false;
		}
	}
}

bool box_do(struct box_client *box, const struct box_order *order)
{
	struct box_reply reply;

	if (!box_send(box, order) || !box_await(box, ANSWER_MS, &reply))
		return false;
	if (reply.kind != BOX_DONE)
		log_error("judge: judge-box answers %d to command %d", reply.kind, order->command);
	return reply.kind == BOX_DONE;
}

int box_memory_file(const void *bytes, size_t len)
{
	int fd = memfd_create("viva", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	size_t written = 0;

	while (fd >= 0 && written < len) {
		ssize_t put = write(fd, (const char *)bytes + written, len - written);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			break;
		written += (size_t)put;
	}
	if (fd < 0 || written < len || lseek(fd, 0, SEEK_SET) != 0 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
		log_error("judge: no file in memory: %s", strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

bool box_run_program(const char *const *argv, int timeout_ms, struct buf *output)
{
	struct stream stream;
	int64_t deadline = clock_monotonic_us() + (int64_t)timeout_ms * 1000;
	int pidfd = -1, status;
	pid_t pid;

	if (!stream_open(&stream, output->arena, BOX_MESSAGE_MAX))
		return false;
	if (start(argv, stream.far, -1, &pid))
		pidfd = open_pidfd(pid);
	stream_give(&stream);
	while (pidfd >= 0 && stream.fd >= 0) {
		struct pollfd ready = { .fd = stream.fd, .events = POLLIN };
		int64_t left = (deadline - clock_monotonic_us() + 999) / 1000;

		if (left <= 0 || (poll(&ready, 1, (int)left) < 0 && errno != EINTR))
			break;
		stream_take(&stream);
	}
	stream_close(&stream);
	if (pidfd < 0)
		return false;
	status = reap(pid, pidfd, (int)((deadline - clock_monotonic_us()) / 1000));
	if (status == 0)
		buf_add(output, stream.kept.data, stream.kept.len);
	else
		log_error("judge: %s ended with status %x", argv[0], (unsigned)status);
	return status == 0;
}
