#include "judge/box/message.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(BOX_FDS_MAX * sizeof(int))];
};

static void take_fds(struct message *message, struct msghdr *header)
{
	for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part != NULL;
	     part = CMSG_NXTHDR(header, part)) {
		size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
			continue;
		memcpy(message->fds, CMSG_DATA(part), count * sizeof(int));
		message->fd_count = (int)count;
	}
}

static bool take_strings(struct message *message, char *at, const char *end)
{
	const struct box_request *request = &message->request;
	int count = 0;

	if (request->argc < 0 || request->envc < 0 || request->argc > MESSAGE_STRINGS_MAX ||
	    request->envc > MESSAGE_STRINGS_MAX - request->argc)
		return false;
	message->argv = message->strings;
	message->env = message->strings + request->argc + 1;
	for (int i = 0; i < request->argc + request->envc; i++) {
		char *next = memchr(at, '\0', (size_t)(end - at));

		if (next == NULL)
			return false;
		if (i == request->argc)
			message->strings[count++] = NULL;
		message->strings[count++] = at;
		at = next + 1;
	}
	if (request->envc == 0)
		message->strings[count++] = NULL;
	message->strings[count] = NULL;
	return true;
}

int message_receive(struct message *message)
{
	static char buffer[BOX_MESSAGE_MAX];
	union control control;
	struct iovec part = { buffer, sizeof buffer };
	struct msghdr header = { .msg_iov = &part,
		                 .msg_iovlen = 1,
		                 .msg_control = &control,
		                 .msg_controllen = sizeof control };
	ssize_t size = recvmsg(BOX_SOCKET, &header, MSG_CMSG_CLOEXEC);

	message->fd_count = 0;
	if (size <= 0)
		return size < 0 && errno == EINTR ? -1 : 0;
	take_fds(message, &header);
	if ((header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ||
	    (size_t)size < sizeof message->request)
		return -1;
	memcpy(&message->request, buffer, sizeof message->request);
	if (message->request.version != BOX_VERSION ||
	    !take_strings(message, buffer + sizeof message->request, buffer + size))
		return -1;
	return 1;
}

void message_close(struct message *message)
{
	for (int i = 0; i < message->fd_count; i++)
		close(message->fds[i]);
	message->fd_count = 0;
}

bool message_reply(struct box_reply *reply)
{
	reply->version = BOX_VERSION;
	return send(BOX_SOCKET, reply, sizeof *reply, MSG_NOSIGNAL) == (ssize_t)sizeof *reply;
}

bool message_send_fds(int socket, const void *bytes, unsigned size, const int *fds, int count)
{
	union control control = { 0 };
	struct iovec part = { (void *)bytes, size };
	struct msghdr header = { .msg_iov = &part,
		                 .msg_iovlen = 1,
		                 .msg_control = &control,
		                 .msg_controllen = CMSG_SPACE((unsigned)count * sizeof(int)) };
	struct cmsghdr *rights = CMSG_FIRSTHDR(&header);

	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN((unsigned)count * sizeof(int));
	memcpy(CMSG_DATA(rights), fds, (unsigned)count * sizeof(int));
	return sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size;
}
