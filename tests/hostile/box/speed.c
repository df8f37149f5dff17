/*
 * Measures what a box costs: speed JUDGE-BOX FOLDER PROGRAM [TIER [RUNS]], PROGRAM a static
 * one that ends at once. Prints medians in microseconds.
 */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "judge/box/protocol.h"

enum { RUNS_MAX = 1000 };

struct setup {
	char *box, *folder, *tier;
	int program, null, runs;
};

static char *no_environment[] = { NULL };

static int64_t now_us(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

static void print_median(const char *what, int64_t *times, int count)
{
	qsort(times, (size_t)count, sizeof times[0], compare);
	printf("%-28s %6lld us (%lld..%lld)\n", what, (long long)times[count / 2],
	       (long long)times[0], (long long)times[count - 1]);
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* Sends a request with one string and descriptors. */
static void ask(int socket, const struct box_request *request, const char *text, const int *fds,
                int count)
{
	char bytes[512];
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(BOX_FDS_MAX * sizeof(int))];
	} control = { 0 };
	struct iovec part = { bytes, sizeof *request + (text == NULL ? 0 : strlen(text) + 1) };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

	memcpy(bytes, request, sizeof *request);
	if (text != NULL)
		memcpy(bytes + sizeof *request, text, strlen(text) + 1);
	if (count > 0) {
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE((unsigned)count * sizeof(int));
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN((unsigned)count * sizeof(int));
		memcpy(CMSG_DATA(&control.header), fds, (unsigned)count * sizeof(int));
	}
	if (sendmsg(socket, &message, MSG_NOSIGNAL) < 0)
		fail("sendmsg");
}

static void expect(int socket, int kind)
{
	struct box_reply reply;

	if (recv(socket, &reply, sizeof reply, 0) != (ssize_t)sizeof reply)
		fail("recv");
	if (reply.kind != kind || reply.reason != BOX_BY_ITSELF || reply.status != 0) {
		fprintf(stderr, "reply %d %d %x %s\n", reply.kind, reply.reason,
		        (unsigned)reply.status, reply.error);
		exit(1);
	}
}

static pid_t start_box(const struct setup *setup, int *ret_socket)
{
	char *argv[] = { setup->box, "run", setup->tier, setup->folder, "7", NULL };
	posix_spawn_file_actions_t actions;
	int ends[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		fail("socketpair");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], BOX_SOCKET);
	if (posix_spawn(&pid, setup->box, &actions, NULL, argv, no_environment) != 0)
		fail(setup->box);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	*ret_socket = ends[0];
	return pid;
}

static void put_program(const struct setup *setup, int socket)
{
	struct box_request request = {
		.version = BOX_VERSION, .command = BOX_FILE, .flags = BOX_EXECUTABLE, .argc = 1
	};

	ask(socket, &request, "program", &setup->program, 1);
	expect(socket, BOX_DONE);
	request.command = BOX_SEAL;
	request.argc = 0;
	ask(socket, &request, NULL, NULL, 0);
	expect(socket, BOX_DONE);
}

static void run_test(const struct setup *setup, int socket)
{
	struct box_request request = { .version = BOX_VERSION, .command = BOX_TEST, .argc = 1 };
	int fds[5] = { setup->null, setup->null, setup->null, setup->null, setup->null };

	request.limits = (struct box_limits){ 1000, 2000, 64, 256, 0, 1024, 1 };
	ask(socket, &request, "/box/program", fds, 5);
	expect(socket, BOX_ENDED);
}

static void measure_bare(const struct setup *setup, char *program, int64_t *times)
{
	char *argv[] = { program, NULL };

	for (int i = 0; i < setup->runs; i++) {
		int64_t start = now_us();
		pid_t pid;

		if (posix_spawn(&pid, program, NULL, NULL, argv, no_environment) != 0)
			fail(program);
		waitpid(pid, NULL, 0);
		times[i] = now_us() - start;
	}
	print_median("bare", times, setup->runs);
}

static void measure_boxes(const struct setup *setup, int64_t *times)
{
	int64_t ends[RUNS_MAX];

	for (int i = 0; i < setup->runs; i++) {
		int64_t start = now_us(), end;
		int socket;
		pid_t pid = start_box(setup, &socket);

		put_program(setup, socket);
		run_test(setup, socket);
		end = now_us();
		times[i] = end - start;
		close(socket);
		waitpid(pid, NULL, 0);
		ends[i] = now_us() - end;
	}
	print_median("box and one test", times, setup->runs);
	print_median("end of the box", ends, setup->runs);
}

static void measure_tests(const struct setup *setup, int64_t *times)
{
	int socket;
	pid_t pid = start_box(setup, &socket);

	put_program(setup, socket);
	for (int i = 0; i < setup->runs; i++) {
		int64_t start = now_us();

		run_test(setup, socket);
		times[i] = now_us() - start;
	}
	close(socket);
	waitpid(pid, NULL, 0);
	print_median("test in an open box", times, setup->runs);
}

int main(int argc, char **argv)
{
	static int64_t times[RUNS_MAX];
	struct setup setup = { .tier = "A1", .runs = 200 };

	if (argc < 4 || argc > 6)
		return 2;
	setup.box = argv[1];
	setup.folder = argv[2];
	setup.program = open(argv[3], O_RDONLY | O_CLOEXEC);
	setup.null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (argc > 4)
		setup.tier = argv[4];
	if (argc > 5)
		setup.runs = atoi(argv[5]);
	if (setup.program < 0 || setup.runs < 1 || setup.runs > RUNS_MAX)
		return 2;
	measure_bare(&setup, argv[3], times);
	measure_boxes(&setup, times);
	measure_tests(&setup, times);
	return 0;
}
