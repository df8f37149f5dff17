#include "judge/box/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge/box/message.h"
#include "judge/box/paths.h"
#include "judge/box/spawn.h"
#include "judge/box/watch.h"

enum { FORK_MS = 10000 }; /* that a zygote has for a child, its own start included */

/* What the box is doing for the judge. */
enum doing {
	IDLE,
	COMPILING,
	TESTING,  /* one process of its own, or a zygote's child */
	FORKING,  /* waits for the zygote to name its child */
	MEASURING /* the server */
};

struct state {
	struct box *box;
	enum doing doing;
	struct watch test, lasting; /* a test or compiler; the server or zygote */
	bool was_started;           /* there is or was a server or zygote */
	int zygote;                 /* socket to it, or -1 */
	int go;                     /* pipe on which its child waits, or -1 */
	struct box_limits limits;   /* of that child */
	int forked;                 /* tests given to the zygote so far */
};

static void say(struct box_reply *reply)
{
	/* If nobody listens any more the loop will find out. */
	message_reply(reply);
}

static void done(void)
{
	struct box_reply reply = { .kind = BOX_DONE };

	say(&reply);
}

void serve_refusal(const char *error)
{
	struct box_reply reply = { .kind = BOX_FAILED };

	snprintf(reply.error, sizeof reply.error, "%s", error);
	message_reply(&reply);
}

static void failed(struct state *state, const char *error)
{
	state->doing = IDLE;
	serve_refusal(error);
}

static int64_t cpu_of(const struct rusage *used)
{
	return (int64_t)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) * 1000000 +
	       used->ru_utime.tv_usec + used->ru_stime.tv_usec;
}

static void end_process(const struct watch *watch)
{
	if (watch->pid > 0)
		syscall(SYS_pidfd_send_signal, watch->pidfd, SIGKILL, NULL, 0);
}

static struct watch *measured(struct state *state)
{
	bool is_lasting = state->doing == MEASURING || state->doing == FORKING;

	return is_lasting ? &state->lasting : &state->test;
}

/* Stops what is measured; BOX_ENDED follows when it is dead. */
static void stop_measured(struct state *state, enum box_reason reason)
{
	struct watch *watch = measured(state);

	watch->reason = reason;
	watch->is_limited = false;
	end_process(watch);
}

/* A zygote's child belongs to this process only once the one between them has gone. */
static void wait_for(pid_t pid, int *status, struct rusage *used)
{
	for (int i = 0; i < 5000; i++) {
		if (wait4(pid, status, 0, used) == pid)
			return;
		if (errno == ECHILD)
			usleep(200);
	}
}

static void leave_zygote(struct state *state)
{
	if (state->zygote >= 0)
		close(state->zygote);
	if (state->go >= 0)
		close(state->go);
	state->zygote = state->go = -1;
}

/* The process that `watch` watches is dead: says what came of it. */
static void tell_end(struct state *state, struct watch *watch)
{
	struct box_reply reply = { .kind = BOX_ENDED, .reason = (int32_t)watch->reason };
	struct rusage used = { 0 };
	bool is_alone = state->lasting.pid == 0 && state->box->tier <= TIER_A2;
	int64_t before = watch == &state->lasting ? watch->cpu_start : 0;

	reply.wall_us = state->doing == IDLE ? 0 : watch_wall_us(watch);
	wait_for(watch->pid, &reply.status, &used);
	reply.cpu_us = cpu_of(&used) - before;
	reply.memory_kb = used.ru_maxrss;
	if (watch->peak_kb > reply.memory_kb)
		reply.memory_kb = watch->peak_kb;
	if (state->doing == COMPILING || is_alone)
		box_sweep(state->box, &reply.cpu_us, &reply.memory_kb);
	if (state->doing == COMPILING && state->box->tier == TIER_C)
		box_let_execute(state->box);
	/* The backstop's work. */
	if (watch->reason == BOX_BY_ITSELF && WIFSIGNALED(reply.status) &&
	    (WTERMSIG(reply.status) == SIGXCPU || WTERMSIG(reply.status) == SIGKILL) &&
	    watch->limits.cpu_ms > 0 && reply.cpu_us > (int64_t)watch->limits.cpu_ms * 1000)
		reply.reason = BOX_BY_CPU;
	watch_close(watch);
	if (watch == &state->lasting)
		leave_zygote(state);
	/* Its program never ran: that is our fault, not its. */
	if (WIFEXITED(reply.status) && WEXITSTATUS(reply.status) == 127 && *spawn_fault() != '\0') {
		reply.kind = BOX_FAILED;
		snprintf(reply.error, sizeof reply.error, "%s", spawn_fault());
	}
	state->doing = IDLE;
	say(&reply);
}

/* Kills it without telling. */
static void end_watched(struct watch *watch)
{
	struct rusage used;
	int status;

	if (watch->pid > 0) {
		end_process(watch);
		wait_for(watch->pid, &status, &used);
		watch_close(watch);
	}
}

static void end_lasting(struct state *state)
{
	end_watched(&state->lasting);
	leave_zygote(state);
}

/* Spawns and watches; false after telling the judge what broke. */
static bool begin(struct state *state, struct watch *watch, const struct spawn *program)
{
	pid_t pid = spawn(state->box, program);

	if (pid < 0) {
		failed(state, state->box->error);
		return false;
	}
	if (!watch_open(watch, pid, state->box->proc)) {
		box_fault(state->box, "watch");
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		failed(state, state->box->error);
		return false;
	}
	return true;
}

static void run_program(struct state *state, const struct message *message)
{
	bool is_compile = message->request.command == BOX_COMPILE;
	struct spawn program = { .phase = is_compile ? PHASE_COMPILE : PHASE_TEST,
		                 .argv = message->argv,
		                 .env = message->env,
		                 .fd_count = message->fd_count,
		                 .limits = &message->request.limits };

	memcpy(program.fds, message->fds, (size_t)message->fd_count * sizeof(int));
	if (is_compile && state->box->is_sealed) {
		failed(state, "/box is sealed");
		return;
	}
	if (is_compile)
		end_lasting(state);
	if (!is_compile && !box_empty_tmp(state->box)) {
		failed(state, state->box->error);
		return;
	}
	if (!begin(state, &state->test, &program))
		return;
	state->test.is_tree = is_compile;
	watch_start(&state->test, &message->request.limits);
	state->doing = is_compile ? COMPILING : TESTING;
}

static bool add_zygote_files(struct state *state, struct spawn *program)
{
	int pair[2], filter;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
	state->zygote = pair[0];
	filter = filter_export(&state->box->filters[PHASE_FORKED]);
	program->fds[3] = pair[1];
	program->fds[4] = filter;
	program->fd_count = 5;
	return filter >= 0;
}

static void start_lasting(struct state *state, const struct message *message)
{
	bool is_zygote = (message->request.flags & BOX_ZYGOTE) != 0, ok;
	struct spawn program = { .phase = is_zygote ? PHASE_ZYGOTE : PHASE_TEST,
		                 .argv = message->argv,
		                 .env = message->env,
		                 .fd_count = message->fd_count,
		                 .limits = &message->request.limits,
		                 .is_lasting = true };

	memcpy(program.fds, message->fds, (size_t)program.fd_count * sizeof(int));
	end_lasting(state);
	if (is_zygote && program.fd_count != 3) {
		failed(state, "a zygote takes three descriptors");
		return;
	}
	if (is_zygote &&
	    (!spawn_filter(state->box, PHASE_FORKED) || !add_zygote_files(state, &program))) {
		failed(state, "cannot prepare a zygote");
		return;
	}
	ok = begin(state, &state->lasting, &program);
	for (int i = 3; is_zygote && i < program.fd_count; i++)
		close(program.fds[i]);
	if (!ok)
		return;
	state->was_started = true;
	done();
}

static void measure(struct state *state, const struct message *message)
{
	/* If it has died, its BOX_ENDED is on the way. */
	if (state->lasting.pid == 0) {
		if (!state->was_started)
			failed(state, "no server");
		return;
	}
	if (!box_empty_tmp(state->box)) {
		failed(state, state->box->error);
		return;
	}
	watch_start(&state->lasting, &message->request.limits);
	state->doing = MEASURING;
	done();
}

static void stop(struct state *state)
{
	struct watch *watch = &state->lasting;
	struct box_reply reply = { .kind = BOX_ENDED, .alive = 1 };

	/* Killed or dead just now: BOX_ENDED follows or went already. */
	if (state->doing != MEASURING || !watch->is_limited)
		return;
	reply.cpu_us = watch_cpu_us(watch);
	reply.wall_us = watch_wall_us(watch);
	watch_memory_kb(watch);
	reply.memory_kb = watch->peak_kb;
	watch_stop(watch);
	state->doing = IDLE;
	say(&reply);
}

static void ask_zygote(struct state *state, const struct message *message)
{
	struct box_fork order = { .test = state->forked };
	int fds[BOX_FDS_MAX], go[2];

	if (state->lasting.pid == 0 || state->zygote < 0) {
		if (!state->was_started)
			failed(state, "no zygote");
		return;
	}
	if (message->fd_count != BOX_FDS_MAX - 1 || !box_empty_tmp(state->box) ||
	    pipe2(go, O_CLOEXEC) < 0) {
		failed(state, "cannot prepare a child");
		return;
	}
	memcpy(fds, message->fds, (BOX_FDS_MAX - 1) * sizeof(int));
	fds[BOX_FDS_MAX - 1] = go[0];
	state->go = go[1];
	state->limits = message->request.limits;
	if (message_send_fds(state->zygote, &order, sizeof order, fds, BOX_FDS_MAX)) {
		state->forked++;
		state->doing = FORKING;
		/* Until the child is there the zygote is what the wall clock runs for. */
		watch_start(&state->lasting, &(struct box_limits){ .wall_ms = FORK_MS });
	} else {
		failed(state, "the zygote does not listen");
	}
	close(go[0]);
}

/* The zygote has named its child. */
static void adopt(struct state *state)
{
	int32_t pid = -1;
	ssize_t size = recv(state->zygote, &pid, sizeof pid, MSG_DONTWAIT);

	if (state->doing != FORKING)
		return;
	watch_stop(&state->lasting);
	if (size != sizeof pid || pid <= 1 || pid == state->lasting.pid ||
	    !watch_open(&state->test, pid, state->box->proc)) {
		end_process(&state->lasting);
		failed(state, "the zygote could not fork");
	} else {
		watch_start(&state->test, &state->limits);
		state->test.cpu_start = 0;
		state->doing = TESTING;
		/* Never unbound. */
		if (!spawn_limit(state->box, pid, &state->limits) || write(state->go, "", 1) != 1) {
			end_watched(&state->test);
			failed(state, "cannot limit the zygote's child");
		}
	}
	close(state->go);
	state->go = -1;
}

static void dispatch(struct state *state, const struct message *message)
{
	struct box *box = state->box;
	int command = message->request.command;
	bool ok = true;

	if (command == BOX_KILL) {
		if (state->doing != IDLE)
			stop_measured(state, BOX_BY_JUDGE);
		return;
	}
	if (command == BOX_STOP) {
		stop(state);
		return;
	}
	if (state->doing != IDLE || message->fd_count > SPAWN_FDS_MAX) {
		serve_refusal(state->doing != IDLE ? "busy" : "too many descriptors");
		return;
	}
	if (message->request.argc == 0 &&
	    (command == BOX_COMPILE || command == BOX_TEST || command == BOX_START)) {
		failed(state, "no program");
		return;
	}
	switch (command) {
	case BOX_FILE:
		ok = message->fd_count == 1 && message->request.argc == 1 &&
		     box_file(box, message->argv[0], message->fds[0],
		              (message->request.flags & BOX_EXECUTABLE) != 0);
		break;
	case BOX_SEAL:
		ok = box_seal(box);
		break;
	case BOX_COMPILE:
	case BOX_TEST:
		run_program(state, message);
		return;
	case BOX_START:
		start_lasting(state, message);
		return;
	case BOX_MEASURE:
		measure(state, message);
		return;
	case BOX_FORK:
		ask_zygote(state, message);
		return;
	default:
		ok = box_refuse(box, "no such request");
	}
	if (ok)
		done();
	else
		failed(state, box->error);
}

/* One request; false once the judge has gone. */
static bool hear(struct state *state)
{
	static struct message message;
	int result = message_receive(&message);

	if (result < 0)
		serve_refusal("request that makes no sense");
	else if (result > 0 && !paths_translate(state->box, message.strings,
	                                        message.request.argc + message.request.envc + 1))
		serve_refusal("too long a command line");
	else if (result > 0)
		dispatch(state, &message);
	message_close(&message);
	return result != 0;
}

static int look(struct state *state)
{
	struct watch *watch = measured(state);
	int wait_ms = -1;

	if (state->doing != IDLE && watch->is_limited && watch_look(watch, &wait_ms)) {
		stop_measured(state, watch->reason);
		wait_ms = -1;
	}
	return wait_ms;
}

void serve(struct box *box)
{
	struct state state = { .box = box,
		               .zygote = -1,
		               .go = -1,
		               .test = { .pidfd = -1, .statm = -1 },
		               .lasting = { .pidfd = -1, .statm = -1 } };

	for (;;) {
		bool is_busy = state.test.pid != 0;
		struct pollfd files[] = { { .fd = BOX_SOCKET, .events = POLLIN },
			                  { .fd = state.test.pidfd, .events = POLLIN },
			                  /* Its end is told after that of its child. */
			                  { .fd = is_busy ? -1 : state.lasting.pidfd,
			                    .events = POLLIN },
			                  { .fd = state.zygote, .events = POLLIN } };

		if (poll(files, 4, look(&state)) < 0 && errno != EINTR)
			return;
		if (files[1].revents != 0)
			tell_end(&state, &state.test);
		else if (files[2].revents != 0)
			tell_end(&state, &state.lasting);
		else if ((files[3].revents & POLLIN) != 0)
			adopt(&state);
		else if (files[0].revents != 0 && !hear(&state))
			return;
	}
}
