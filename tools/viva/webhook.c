/* viva webhook: sends what is due, for plain CGI and at once; tries the other side. */
#include "notify/webhook.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "sending.h"
#include "viva.h"

enum { MOST_FAILURES = 3, SHOWN = 200 };

static struct webhook *open_webhook(struct arena *arena)
{
	struct webhook *webhook = webhook_open(arena);

	if (webhook == NULL)
		fputs("viva: no webhook; set VIVA_WEBHOOK_URL and VIVA_WEBHOOK_SECRET\n", stderr);
	return webhook;
}

enum err send_events(struct store *store, const struct webhook *webhook,
                     struct event_counts *counts)
{
	struct arena *arena = arena_create();
	int failures = 0;
	enum err err = OK;

	while ((err == OK || err == ERR_UPSTREAM) && failures < MOST_FAILURES) {
		json_bind(arena);
		err = webhook_send(store, arena, webhook);
		failures = err == ERR_UPSTREAM ? failures + 1 : 0;
		counts->sent += err == OK;
		counts->failed += err == ERR_UPSTREAM;
		arena_reset(arena);
	}
	json_bind(NULL);
	arena_destroy(arena);
	return err;
}

int webhook_send_due(struct arena *arena, int argc, char **argv)
{
	struct webhook *webhook = open_webhook(arena);
	struct store *store = webhook != NULL ? open_store(arena) : NULL;
	struct event_counts counts = { 0 };
	int waiting;
	enum err err;

	(void)argc;
	(void)argv;
	if (store == NULL)
		return 1;
	err = send_events(store, webhook, &counts);
	if (err == ERR_BUSY)
		fputs("viva: another process is sending, or the database is busy\n", stderr);
	if (webhook_waiting(store, &waiting) != OK)
		return 1;
	printf("delivered            %d\n", counts.sent);
	printf("not taken            %d\n", counts.failed);
	printf("waiting              %d\n", waiting);
	return err == ERR_NOT_FOUND && counts.failed == 0 ? 0 : 1;
}

/* The beginning of what came back; nothing that a terminal could obey. */
static void show(struct arena *arena, const char *answer)
{
	char *text = text_one_line(arena, answer);

	for (char *c = text; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	if (text[0] != '\0')
		printf("it says              %s\n", text_shortened(arena, text, SHOWN));
}

int webhook_test(struct arena *arena, int argc, char **argv)
{
	struct webhook *webhook = open_webhook(arena);
	struct webhook_delivery delivery;
	struct webhook_reply reply;

	(void)argc;
	(void)argv;
	if (webhook == NULL)
		return 1;
	delivery = webhook_test_event(arena);
	webhook_try(arena, webhook, &delivery, &reply);
	printf("sent to              %s\n", webhook_origin(webhook));
	printf("webhook-id           %s\n", delivery.id);
	if (reply.status > 0)
		printf("answer               HTTP %d after %" PRId64 " ms\n", reply.status,
		       reply.latency_ms);
	show(arena, reply.text);
	if (!reply.is_taken)
		fprintf(stderr, "viva: not taken: %s\n", reply.error);
	return reply.is_taken ? 0 : 1;
}
