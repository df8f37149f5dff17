#include "judge/convert.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "judge/output.h"
#include "judge/round.h"

enum { ERRORS_MAX = 4096, TRIES = 2, MARGIN_MS = 2000, WAIT_STEP_MS = 20 };

struct conversion {
	const struct judge *judge;
	struct arena *arena;
	const struct judge_tool *tool;
	const struct buf *input;
};

/* The input, standard input and the two pipes of one run; -1 where there is none. */
struct stage {
	int input, null;
	struct stream output, errors;
};

static bool stage_open(struct stage *stage, const struct conversion *conversion)
{
	const size_t most = (size_t)conversion->tool->limits.output_kb * 1024;

	*stage = (struct stage){
		.input = box_memory_file(conversion->input->data, conversion->input->len),
		.null = open("/dev/null", O_RDONLY | O_CLOEXEC),
		.output = { .fd = -1, .far = -1 },
		.errors = { .fd = -1, .far = -1 },
	};
	return stage->input >= 0 && stage->null >= 0 &&
	       stream_open(&stage->output, conversion->arena, most) &&
	       stream_open(&stage->errors, conversion->arena, ERRORS_MAX);
}

static void stage_close(struct stage *stage)
{
	if (stage->input >= 0)
		close(stage->input);
	if (stage->null >= 0)
		close(stage->null);
	stream_close(&stage->output);
	stream_close(&stage->errors);
}

static bool put_input(struct box_client *box, const struct stage *stage)
{
	const struct box_order order = {
		.command = BOX_FILE,
		.argv = (const char *const[]){ "input", NULL },
		.fds = { stage->input },
		.fd_count = 1,
	};

	return box_do(box, &order);
}

static bool run_tool(struct box_client *box, const struct judge_tool *tool, struct stage *stage,
                     struct round *round)
{
	static const char *const environment[] = { "PATH=/usr/bin:/bin", "HOME=/tmp",
		                                   "LANG=C.UTF-8", NULL };
	const struct box_order seal = { .command = BOX_SEAL };
	const struct box_limits limits = {
		.cpu_ms = tool->limits.cpu_ms,
		.wall_ms = tool->limits.wall_ms,
		.memory_mb = tool->limits.memory_mb,
		.address_mb = tool->address_mb,
		.file_kb = 1024,
		.threads = tool->threads,
	};
	const struct box_order order = {
		.command = BOX_TEST,
		.limits = &limits,
		.argv = tool->argv,
		.env = environment,
		.fds = { stage->null, stage->output.far, stage->errors.far },
		.fd_count = 3,
	};
	bool done = put_input(box, stage) && box_do(box, &seal) && box_send(box, &order);

	*round = (struct round){
		.box = box,
		.output = &stage->output,
		.errors = &stage->errors,
		.tolerates_output = true,
		.timeout_ms = tool->limits.wall_ms + MARGIN_MS,
	};
	stream_give(&stage->output);
	stream_give(&stage->errors);
	return done && round_watch(round);
}

static enum judge_stop stop_of(const struct round *round)
{
	if (round->is_flood)
		return JUDGE_STOP_OUTPUT;
	switch ((enum box_reason)round->reply.reason) {
	case BOX_BY_CPU:
	case BOX_BY_WALL:
		return JUDGE_STOP_TIME;
	case BOX_BY_MEMORY:
		return JUDGE_STOP_MEMORY;
	case BOX_BY_JUDGE:
		return JUDGE_STOP_OUTPUT;
	case BOX_BY_ITSELF:
		break;
	}
	return JUDGE_STOP_NONE;
}

static struct judge_converted outcome(struct arena *arena, const struct stage *stage,
                                      const struct round *round)
{
	const struct stream *output = &stage->output, *errors = &stage->errors;
	const int status = round->reply.status;
	const enum judge_stop stop = stop_of(round);

	return (struct judge_converted){
		.stop = stop,
		.status = stop == JUDGE_STOP_NONE && WIFEXITED(status) ? WEXITSTATUS(status) : -1,
		.text = output_clean(arena, output->kept.data, output->kept.len, output->max),
		.is_cut = output->total > output->max,
		.errors = output_clean(arena, errors->kept.data, errors->kept.len, ERRORS_MAX),
		.wall_ms = (int)(round->reply.wall_us / 1000),
		.memory_kb = round->reply.memory_kb,
	};
}

/* False, logged, when the box broke. */
static bool try(const struct conversion *conversion, int slot,
                struct judge_converted *ret_converted)
{
	struct box_client box;
	struct stage stage;
	struct round round;
	bool done;

	if (!box_open(conversion->judge, slot, &box))
		return false;
	done = stage_open(&stage, conversion) && run_tool(&box, conversion->tool, &stage, &round);
	if (done)
		*ret_converted = outcome(conversion->arena, &stage, &round);
	stage_close(&stage);
	box_close(&box);
	return done;
}

bool judge_has_tool(const struct judge *judge, const struct judge_tool *tool)
{
	return judge->tier != NULL && access(tool->path, X_OK) == 0;
}

static enum err enter(const struct judge *judge, struct arena *arena, int wait_ms, int *ret_slot)
{
	const struct timespec pause = { .tv_nsec = WAIT_STEP_MS * 1000000L };
	const int64_t end = clock_monotonic_us() + wait_ms * 1000LL;
	enum err err;

	while ((err = judge_enter_tools(judge, arena, ret_slot)) == ERR_BUSY &&
	       clock_monotonic_us() < end)
		nanosleep(&pause, NULL);
	return err;
}

enum err judge_convert(const struct judge *judge, struct arena *arena,
                       const struct judge_tool *tool, const struct buf *input,
                       struct judge_converted *ret_converted)
{
	const struct conversion conversion = { judge, arena, tool, input };
	bool done = false;
	int slot;
	enum err err;

	if (!judge_has_tool(judge, tool))
		return ERR_UPSTREAM;
	err = enter(judge, arena, tool->wait_ms, &slot);
	if (err != OK)
		return err;
	for (int i = 0; i < TRIES && !done; i++)
		done = try(&conversion, slot, ret_converted);
	judge_leave(judge, slot);
	if (!done)
		log_error("judge: %s could not be run", tool->path);
	return done ? OK : ERR_INTERNAL;
}
