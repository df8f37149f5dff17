#include "judge/attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "judge/frame.h"
#include "judge/output.h"

enum {
	COMPILE_CPU_MS = 10000,
	COMPILE_WALL_MS = 20000,
	COMPILE_MEMORY_MB = 1024,
	COMPILE_FILE_KB = 65536,
	COMPILE_THREADS = 128,
	MESSAGE_MAX = 16 * 1024,
	TEST_FILE_KB = 16384,
	MAX_ENVIRONMENT = 32
};

/* --- preparing the box ------------------------------------------------------------ */

static int open_file(const struct plan *plan, const struct program_file *file)
{
	char path[4096];
	int fd;

	if (file->bytes != NULL)
		return box_memory_file(file->bytes, file->size);
	snprintf(path, sizeof(path), "%s/%s", plan->judge->programs, file->name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		log_error("judge: cannot open %s: %s", path, strerror(errno));
	return fd;
}

static bool put_files(struct attempt *attempt)
{
	const struct program *program = &attempt->plan->program;

	for (size_t i = 0; i < program->file_count; i++) {
		const struct program_file *file = &program->files[i];
		struct box_order order = {
			.command = BOX_FILE,
			.flags = file->executable ? BOX_EXECUTABLE : 0,
			.argv = (const char *const[]){ file->name, NULL },
			.fds = { open_file(attempt->plan, file) },
			.fd_count = 1,
		};
		bool done = order.fds[0] >= 0 && box_do(&attempt->box, &order);

		if (order.fds[0] >= 0)
			close(order.fds[0]);
		if (!done)
			return false;
	}
	return true;
}

const char *const *attempt_environment(const struct plan *plan)
{
	static const char *const common[] = { "PATH=/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8" };
	const char **all = arena_array(plan->arena, MAX_ENVIRONMENT + 1, sizeof(*all));
	const char *const *own = plan->program.env;
	size_t count = sizeof(common) / sizeof(common[0]);

	memcpy(all, common, sizeof(common));
	for (; own != NULL && *own != NULL && count < MAX_ENVIRONMENT; own++)
		all[count++] = *own;
	return all;
}

/* --- compiling -------------------------------------------------------------------- */

static const char *limit_message(const struct box_reply *reply)
{
	switch ((enum box_reason)reply->reason) {
	case BOX_BY_CPU:
		return "The compiler was stopped: it used more than 10 seconds of processor time.";
	case BOX_BY_WALL:
		return "The compiler was stopped: it took longer than 20 seconds.";
	case BOX_BY_MEMORY:
		return "The compiler was stopped: it needed more than 1 GiB of memory.";
	case BOX_BY_JUDGE:
		return "The compiler was stopped: its messages had no end.";
	case BOX_BY_ITSELF:
		break;
	}
	if (WIFSIGNALED(reply->status) && WTERMSIG(reply->status) == SIGXFSZ)
		return "The compiler was stopped: the program becomes larger than 64 MiB.";
	return "The compiler ended without saying why.";
}

static void note_compiled(struct attempt *attempt, const struct round *round)
{
	const struct plan *plan = attempt->plan;
	struct judge_result *result = attempt->result;
	const struct stream *messages = round->output;
	bool is_silent = messages->kept.len == 0,
	     was_stopped = round->reply.reason != BOX_BY_ITSELF;
	const char *text;

	result->compiled = round->reply.status == 0 && !was_stopped;
	text = output_clean(plan->arena, messages->kept.data, messages->kept.len, MESSAGE_MAX);
	if (messages->total > messages->max)
		text = arena_printf(plan->arena, "%s\n(There are more messages.)", text);
	if (!result->compiled && (is_silent || was_stopped || WIFSIGNALED(round->reply.status)))
		text = arena_printf(plan->arena, "%s%s%s", text, is_silent ? "" : "\n",
		                    limit_message(&round->reply));
	result->compile_message = text;
	if (!result->compiled && plan->language->compile_line != NULL)
		result->compile_line = plan->language->compile_line(text);
}

static bool compile(struct attempt *attempt)
{
	const struct plan *plan = attempt->plan;
	const struct box_limits limits = {
		.cpu_ms = COMPILE_CPU_MS,
		.wall_ms = COMPILE_WALL_MS,
		.memory_mb = COMPILE_MEMORY_MB,
		.file_kb = COMPILE_FILE_KB,
		.threads = COMPILE_THREADS,
	};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct stream messages;
	struct round round = {
		.box = &attempt->box,
		.output = &messages,
		.tolerates_output = true,
		.timeout_ms = COMPILE_WALL_MS + ATTEMPT_MARGIN_MS,
	};
	bool done = null >= 0 && stream_open(&messages, plan->arena, MESSAGE_MAX);

	if (done) {
		const struct box_order order = {
			.command = BOX_COMPILE,
			.limits = &limits,
			.argv = plan->program.compile,
			.env = attempt_environment(plan),
			.fds = { null, messages.far, messages.far },
			.fd_count = 3,
		};

		done = box_send(&attempt->box, &order);
		stream_give(&messages);
		done = done && round_watch(&round);
		stream_close(&messages);
	}
	if (null >= 0)
		close(null);
	if (done)
		note_compiled(attempt, &round);
	return done;
}

/* --- running ---------------------------------------------------------------------- */

struct box_limits attempt_limits(const struct plan *plan, int start_ms)
{
	const struct judge_limits *limits = &plan->job->limits;
	const struct program *program = &plan->program;
	int memory_mb = limits->memory_mb + program->resident_mb;

	return (struct box_limits){
		.cpu_ms = limits->cpu_ms + start_ms,
		.wall_ms = limits->wall_ms + start_ms,
		.memory_mb = memory_mb,
		/* A quarter more, so that what is used can be seen to be too much. */
		.address_mb = program->address_mb == 0
		                      ? 0
		                      : memory_mb + memory_mb / 4 + program->address_mb,
		.file_kb = TEST_FILE_KB,
		.threads = program->threads,
	};
}

/* The descriptors and pipes of one test in a process of its own. */
struct stage {
	int null, text, input; /* `text`: what a stdin program reads */
	struct stream output, errors, answer;
};

static bool stage_open(struct stage *stage, const struct plan *plan, size_t number)
{
	const struct judge_case *test = &plan->job->cases[number];
	size_t most = (size_t)plan->job->limits.output_kb * 1024;
	const char *text = plan->job->kind == JUDGE_STDIN && test->stdin_text != NULL
	                           ? test->stdin_text
	                           : "";

	*stage = (struct stage){ .output = { .fd = -1, .far = -1 },
		                 .errors = { .fd = -1, .far = -1 },
		                 .answer = { .fd = -1, .far = -1 } };
	stage->text = box_memory_file(text, strlen(text));
	stage->input = box_memory_file(plan->inputs[number], plan->input_lens[number]);
	return stage->text >= 0 && stage->input >= 0 &&
	       stream_open(&stage->output, plan->arena, most) &&
	       stream_open(&stage->errors, plan->arena, most) &&
	       stream_open(&stage->answer, plan->arena, FRAME_HEADER + FRAME_MAX);
}

static void stage_give(struct stage *stage)
{
	if (stage->text >= 0)
		close(stage->text);
	if (stage->input >= 0)
		close(stage->input);
	stream_give(&stage->output);
	stream_give(&stage->errors);
	stream_give(&stage->answer);
}

static void stage_close(struct stage *stage)
{
	stream_close(&stage->output);
	stream_close(&stage->errors);
	stream_close(&stage->answer);
}

static bool start_zygote(struct attempt *attempt)
{
	const struct plan *plan = attempt->plan;
	/* It never loads the candidate's code; what it needs is not the candidate's. */
	const struct box_limits limits = { .threads = plan->program.threads };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	const struct box_order order = {
		.command = BOX_START,
		.flags = BOX_ZYGOTE,
		.limits = &limits,
		.argv = plan->program.run,
		.env = attempt_environment(plan),
		.fds = { null, null, null },
		.fd_count = 3,
	};

	attempt->has_zygote = null >= 0 && box_do(&attempt->box, &order);
	if (null >= 0)
		close(null);
	return attempt->has_zygote;
}

static bool run_stage(struct attempt *attempt, struct stage *stage, struct evidence *evidence)
{
	const struct plan *plan = attempt->plan;
	bool forks = plan->program.style == RUN_FORK;
	const struct box_order order = {
		.command = forks ? BOX_FORK : BOX_TEST,
		.limits = &evidence->limits,
		.argv = forks ? NULL : plan->program.run,
		.env = forks ? NULL : attempt_environment(plan),
		.fds = { stage->text, stage->output.far, stage->errors.far, stage->input,
		         stage->answer.far },
		.fd_count = 5,
	};
	struct round round = {
		.box = &attempt->box,
		.output = &stage->output,
		.errors = &stage->errors,
		.answer = &stage->answer,
		.timeout_ms = evidence->limits.wall_ms + ATTEMPT_MARGIN_MS +
		              (forks ? ATTEMPT_START_MS : 0),
	};
	bool done = box_send(&attempt->box, &order);

	stage_give(stage);
	done = done && round_watch(&round);
	evidence->reply = round.reply;
	evidence->is_flood = round.is_flood;
	evidence->output = (struct captured){ stage->output.kept.data, stage->output.kept.len };
	evidence->errors = (struct captured){ stage->errors.kept.data, stage->errors.kept.len };
	evidence->answer = (struct captured){ stage->answer.kept.data, stage->answer.kept.len };
	return done;
}

bool attempt_case(struct attempt *attempt, size_t number, struct evidence *evidence)
{
	const struct plan *plan = attempt->plan;
	struct stage stage;
	bool done;

	if (plan->program.style == RUN_SERVE)
		return serve_case(attempt, number, evidence);
	if (plan->program.style == RUN_FORK && !attempt->has_zygote && !start_zygote(attempt))
		return false;
	evidence->start_ms = plan->program.style == RUN_EXEC ? plan->program.start_ms : 0;
	evidence->limits = attempt_limits(plan, evidence->start_ms);
	done = stage_open(&stage, plan, number);
	if (!done)
		stage_give(&stage);
	else
		done = run_stage(attempt, &stage, evidence);
	stage_close(&stage);
	return done;
}

/*
 * The code could not even be read: that is true for every test, and so for the first, which
 * is a public one. Only from there may its message reach the candidate.
 */
static void note_unreadable(struct attempt *attempt, const struct judge_outcome *outcome)
{
	const struct judge_exception *exception = &outcome->exception;
	struct judge_result *result = attempt->result;

	result->compiled = false;
	result->compile_message = arena_printf(attempt->plan->arena, "%s: %s", exception->class,
	                                       exception->message);
	result->compile_line = exception->line;
}

static void give_up(struct attempt *attempt, size_t from)
{
	for (size_t i = from; i < attempt->plan->job->count; i++)
		attempt->result->outcomes[i] = (struct judge_outcome){ .verdict = JUDGE_TIME_LIMIT,
			                                               .stdout_text = "",
			                                               .stderr_text = "" };
}

static bool run_cases(struct attempt *attempt)
{
	const struct plan *plan = attempt->plan;
	int time_limits = 0;

	for (size_t i = 0; i < plan->job->count; i++) {
		struct evidence evidence = {
			.language = plan->language,
			.job = plan->job,
			.test = &plan->job->cases[i],
		};
		struct judge_outcome outcome;

		if (!attempt_case(attempt, i, &evidence))
			return false;
		outcome = outcome_of(plan->arena, &evidence);
		if (outcome.verdict == JUDGE_COMPILE_ERROR) {
			if (i == 0) {
				note_unreadable(attempt, &outcome);
				return true;
			}
			outcome.verdict = JUDGE_RUNTIME_ERROR;
		}
		attempt->result->outcomes[i] = outcome;
		time_limits += outcome.verdict == JUDGE_TIME_LIMIT;
		if (plan->job->time_limits > 0 && time_limits == plan->job->time_limits) {
			give_up(attempt, i + 1);
			return true;
		}
	}
	return true;
}

static bool is_accepted(const struct plan *plan, const struct judge_result *result)
{
	for (size_t i = 0; i < plan->job->count; i++)
		if (result->outcomes[i].verdict != JUDGE_ACCEPTED)
			return false;
	return result->compiled && plan->job->count > 0;
}

bool attempt_run(const struct plan *plan, struct judge_result *result)
{
	const struct box_order seal = { .command = BOX_SEAL };
	struct attempt attempt = { .plan = plan, .result = result };
	bool done;

	if (!box_open(plan->judge, plan->slot, &attempt.box))
		return false;
	result->compiled = true;
	result->compile_message = "";
	result->compile_line = 0;
	done = put_files(&attempt) && (plan->program.compile == NULL || compile(&attempt));
	if (done && result->compiled && plan->job->count > 0)
		done = box_do(&attempt.box, &seal) && run_cases(&attempt);
	if (done && plan->job->growth != NULL && is_accepted(plan, result))
		attempt_grow(&attempt);
	serve_end(&attempt);
	box_close(&attempt.box);
	return done;
}
