/*
 * Datagrams between the judge and judge-box, which is what stands beside a stranger's program:
 * as the box reads a request (first byte even), as the judge reads a reply (odd).
 */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "target.h"

#include "judge/box/message.c" /* of another program, see the Makefile */
#include "judge/box_client.h"

static void check_strings(char *const *strings, int count)
{
	for (int i = 0; i < count; i++)
		must(strings[i] != NULL && strlen(strings[i]) < BOX_MESSAGE_MAX);
	must(strings[count] == NULL);
}

static void read_request(void)
{
	struct message message;

	if (message_receive(&message) == 1) {
		must(message.fd_count >= 0 && message.fd_count <= BOX_FDS_MAX);
		check_strings(message.argv, message.request.argc);
		check_strings(message.env, message.request.envc);
	}
	message_close(&message);
}

static void read_reply(int socket)
{
	struct box_client box = { .socket = socket };
	struct box_reply reply;

	if (box_receive(&box, &reply) == BOX_REPLIED)
		must(reply.version == BOX_VERSION && reply.kind != BOX_FAILED);
}

/* Out of the way of the descriptor that the box reads from. */
static int move_up(int fd)
{
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, 100);

	must(moved >= 100);
	close(fd);
	return moved;
}

/* The bytes as one datagram, with some descriptors. */
static void send_bytes(int socket, const uint8_t *data, size_t size, int fd_count)
{
	enum { MOST = BOX_FDS_MAX + 1 };
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(MOST * sizeof(int))];
	} control = { 0 };
	struct iovec part = { (void *)(uintptr_t)data, size };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

	if (fd_count > 0) {
		const size_t len = (size_t)fd_count * sizeof(int);

		header.msg_control = &control;
		header.msg_controllen = CMSG_SPACE(len);
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(len);
		for (int i = 0; i < fd_count; i++)
			memcpy(CMSG_DATA(&control.header) + (size_t)i * sizeof(int), &socket,
			       sizeof(int));
	}
	must(sendmsg(socket, &header, MSG_DONTWAIT) == (ssize_t)size);
}

FUZZ_TARGET("box")
{
	int ends[2], kept;

	if (size < 2 || size > BOX_MESSAGE_MAX)
		return 0;
	kept = fcntl(BOX_SOCKET, F_DUPFD_CLOEXEC, 100);
	must(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
	ends[0] = move_up(ends[0]);
	ends[1] = move_up(ends[1]);
	send_bytes(ends[0], data + 1, size - 1, data[0] / 2 % 8);
	if (data[0] % 2 == 1) {
		read_reply(ends[1]);
	} else {
		must(dup2(ends[1], BOX_SOCKET) == BOX_SOCKET);
		read_request();
		close(BOX_SOCKET);
	}
	close(ends[0]);
	close(ends[1]);
	if (kept >= 0) {
		must(dup2(kept, BOX_SOCKET) == BOX_SOCKET);
		close(kept);
	}
	return 0;
}
