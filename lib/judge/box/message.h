/* Datagrams of protocol.h, with their descriptors. */
#ifndef VIVA_JUDGE_BOX_MESSAGE_H
#define VIVA_JUDGE_BOX_MESSAGE_H

#include <stdbool.h>

#include "judge/box/protocol.h"

enum { MESSAGE_STRINGS_MAX = 256 };

struct message {
	struct box_request request;
	char *strings[MESSAGE_STRINGS_MAX + 3]; /* argv, NULL, environment, NULL, a spare one */
	char **argv, **env;
	int fds[BOX_FDS_MAX], fd_count;
};

/*
 * The next request. 1: it is there, 0: the other side has gone, -1: it makes no sense.
 * Strings live until the next call; descriptors are the caller's, see message_close.
 */
int message_receive(struct message *message);

/* Closes the message's descriptors. */
void message_close(struct message *message);

/* False if the other side has gone. */
bool message_reply(struct box_reply *reply);

/* Sends a datagram with descriptors. False with errno. */
bool message_send_fds(int socket, const void *bytes, unsigned size, const int *fds, int count);

#endif
