/* RUN_SERVE: one process that takes the tests one after the other. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "judge/attempt.h"
#include "judge/frame.h"

struct server {
	struct feed feed;
	struct stream output, errors, answer;
	bool is_fresh; /* it has run no test yet */
};

void serve_end(struct attempt *attempt)
{
	struct server *server = attempt->server;

	if (server == NULL)
		return;
	feed_close(&server->feed);
	stream_close(&server->output);
	stream_close(&server->errors);
	stream_close(&server->answer);
	attempt->server = NULL;
}

static bool open_pipes(struct server *server, const struct plan *plan)
{
	size_t most = (size_t)plan->job->limits.output_kb * 1024;

	return feed_open(&server->feed) && stream_open(&server->output, plan->arena, most) &&
	       stream_open(&server->errors, plan->arena, most) &&
	       stream_open(&server->answer, plan->arena, FRAME_HEADER + FRAME_MAX);
}

static void give_pipes(struct server *server)
{
	close(server->feed.far);
	server->feed.far = -1;
	stream_give(&server->output);
	stream_give(&server->errors);
	stream_give(&server->answer);
}

static bool start(struct attempt *attempt)
{
	const struct plan *plan = attempt->plan;
	struct server *server = arena_alloc(plan->arena, sizeof(*server));
	struct box_limits limits = attempt_limits(plan, 0);
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	bool done;

	server->feed.fd = server->feed.far = -1;
	server->output.fd = server->output.far = -1;
	server->errors.fd = server->errors.far = -1;
	server->answer.fd = server->answer.far = -1;
	server->is_fresh = true;
	attempt->server = server;
	/* Its times are measured from test to test, so none bounds the whole. */
	limits.cpu_ms = limits.wall_ms = 0;
	done = null >= 0 && open_pipes(server, plan);
	if (done) {
		const struct box_order order = {
			.command = BOX_START,
			.limits = &limits,
			.argv = plan->program.run,
			.env = attempt_environment(plan),
			.fds = { null, server->output.far, server->errors.far, server->feed.far,
			         server->answer.far },
			.fd_count = 5,
		};

		done = box_do(&attempt->box, &order);
		give_pipes(server);
	}
	if (null >= 0)
		close(null);
	return done;
}

/*
 * True if it can take the next test: alive and silent. What it printed after its answer
 * belongs to no test; an answer that no one asked for ends it.
 */
static bool is_ready(struct attempt *attempt)
{
	struct server *server = attempt->server;
	struct box_reply reply;

	if (server == NULL)
		return false;
	stream_take(&server->output);
	stream_take(&server->errors);
	stream_begin(&server->output);
	stream_begin(&server->errors);
	stream_begin(&server->answer);
	stream_take(&server->answer);
	return server->answer.total == 0 && server->answer.fd >= 0 &&
	       box_receive(&attempt->box, &reply) == BOX_SILENT;
}

static void fill(struct evidence *evidence, const struct round *round)
{
	evidence->reply = round->reply;
	evidence->is_flood = round->is_flood;
	evidence->output = (struct captured){ round->output->kept.data, round->output->kept.len };
	evidence->errors = (struct captured){ round->errors->kept.data, round->errors->kept.len };
	evidence->answer = (struct captured){ round->answer->kept.data, round->answer->kept.len };
}

static bool ask(struct attempt *attempt, size_t number, struct evidence *evidence)
{
	const struct plan *plan = attempt->plan;
	struct server *server = attempt->server;
	size_t len = plan->input_lens[number];
	char *frame = arena_raw(plan->arena, FRAME_HEADER + len);
	const struct box_order measure = { .command = BOX_MEASURE, .limits = &evidence->limits };
	struct round round = {
		.box = &attempt->box,
		.output = &server->output,
		.errors = &server->errors,
		.answer = &server->answer,
		.feed = &server->feed,
		.stops_at_answer = true,
		.timeout_ms = evidence->limits.wall_ms + ATTEMPT_MARGIN_MS,
	};

	frame_header(len, (unsigned char *)frame);
	if (len > 0)
		memcpy(frame + FRAME_HEADER, plan->inputs[number], len);
	server->feed.bytes = frame;
	server->feed.len = FRAME_HEADER + len;
	server->feed.sent = 0;
	server->is_fresh = false;
	if (!box_send(&attempt->box, &measure) || !round_watch(&round))
		return false;
	fill(evidence, &round);
	return true;
}

static bool may_be_inherited(const struct box_reply *reply)
{
	return reply->reason == BOX_BY_ITSELF || reply->reason == BOX_BY_MEMORY;
}

bool serve_case(struct attempt *attempt, size_t number, struct evidence *evidence)
{
	for (;;) {
		bool was_fresh;

		if (!is_ready(attempt)) {
			serve_end(attempt);
			if (!start(attempt))
				return false;
		}
		was_fresh = attempt->server->is_fresh;
		evidence->start_ms = was_fresh ? attempt->plan->program.start_ms : 0;
		evidence->limits = attempt_limits(attempt->plan, evidence->start_ms);
		if (!ask(attempt, number, evidence))
			return false;
		if (!evidence->reply.alive)
			serve_end(attempt);
		/* It may have died of an earlier test: only a fresh one counts against this one. */
		if (was_fresh || evidence->reply.alive || !may_be_inherited(&evidence->reply))
			return true;
	}
}
