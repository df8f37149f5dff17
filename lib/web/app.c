#include "web/app.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "base/config.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/log.h"
#include "base/meter.h"
#include "store/protect.h"
#include "web/assets.h"
#include "web/dispatch.h"
#include "web/token.h"

/* Memory that the threads keep: all together, one of few, one of many. */
enum { KEPT_KIB = 4096, MOST_KIB = 256, LEAST_KIB = 32 };

/* Blocks from this size on go back to the system as soon as they are freed. */
enum { MMAP_FROM = 32 * 1024 };

/*
 * Heaps that threads share. One for each few threads, as is usual, keeps the most of what was
 * ever needed at once in each of them; requests live in arenas and seldom meet in a heap.
 */
enum { HEAPS = 2 };

/* Connections that stay open, and what each keeps of the database. */
enum { IDLE_CONNECTIONS = 8, CACHE_KIB = 512 };

enum { MAX_THREADS = 512, KEY_BYTES = 32, LOOK_EVERY_S = 1, WAKE_EVERY_MS = 50 };

/* What is running may take that long to its end; with a model as long as that may take and this. */
enum { GRACE_S = 30, GRACE_AFTER_MODEL_S = 10 };

enum { LISTENING = 0 }; /* the descriptor of the socket, as FastCGI has it */

struct app {
	const struct route_table *const *tables;
	const struct mustache *templates;
	struct arena *lasting;
	const char *database; /* its path; the configuration's own functions are for one thread */
	struct background_work work;
	struct background *background; /* NULL: none */
	int threads;
	atomic_long events;      /* begins and ends of requests so far */
	atomic_bool is_ending;   /* no connection is taken any more */
	struct store_pool *pool; /* connections to it */
};

/* A thread with everything a request needs; the store is opened by the first one. */
struct worker {
	struct app *app;
	pthread_t thread;
	atomic_bool is_waiting, is_done;
	struct arena *arena, *lasting;
	struct store *store;
	const char *csrf_key, *jwt_key;
};

/* Threads keep memory from one request to the next: many threads little each. */
static size_t kept_bytes(const struct app *app)
{
	const int share = KEPT_KIB / app->threads;

	return (size_t)(share < LEAST_KIB ? LEAST_KIB : share > MOST_KIB ? MOST_KIB : share) * 1024;
}

/* Keys of this installation: random when the first program of all asks for them. */
static enum err read_keys(struct worker *worker)
{
	enum err err = setting_init(worker->store, worker->lasting, "csrf_key",
	                            token_random(worker->arena, KEY_BYTES), &worker->csrf_key);

	if (err == OK)
		err = setting_init(worker->store, worker->lasting, "jwt_key",
		                   token_random(worker->arena, KEY_BYTES), &worker->jwt_key);
	return err;
}

static enum err open_store(struct worker *worker)
{
	enum err err;

	if (worker->store != NULL)
		return OK;
	err = store_open_pooled(worker->app->pool, &worker->store);
	if (err != OK)
		return err;
	err = read_keys(worker);
	if (err != OK) {
		store_close(worker->store);
		worker->store = NULL;
	}
	return err;
}

static void serve(struct worker *worker, FCGX_Request *fastcgi)
{
	struct request request = {
		.arena = worker->arena,
		.templates = worker->app->templates,
		.context = worker->app->work.context,
		.background = worker->app->background,
		.gateway.fastcgi = fastcgi,
		.csrf_key = "",
		.jwt_key = "",
	};

	atomic_fetch_add(&worker->app->events, 1);
	json_bind(worker->arena);
	if (open_store(worker) == OK) {
		request.store = worker->store;
		request.csrf_key = worker->csrf_key;
		request.jwt_key = worker->jwt_key;
	}
	dispatch(worker->app->tables, &request);
	gateway_finish(&request.gateway);
	if (worker->store != NULL)
		store_rest(worker->store);
	atomic_fetch_add(&worker->app->events, 1);
}

static void worker_init(struct worker *worker, struct app *app)
{
	worker->app = app;
	worker->arena = arena_create();
	arena_set_kept(worker->arena, kept_bytes(app));
	worker->lasting = arena_create();
}

static void worker_finish(struct worker *worker)
{
	store_close(worker->store);
	arena_destroy(worker->arena);
	arena_destroy(worker->lasting);
}

static void set_wakeable(struct worker *worker, bool is_wakeable)
{
	sigset_t waking;

	sigemptyset(&waking);
	sigaddset(&waking, SIGUSR2);
	atomic_store(&worker->is_waiting, is_wakeable);
	pthread_sigmask(is_wakeable ? SIG_UNBLOCK : SIG_BLOCK, &waking, NULL);
}

/* True if another accept() may do better: after a visitor who left, or for want of descriptors. */
static bool may_pass(int error)
{
	const struct timespec pause = { .tv_nsec = WAKE_EVERY_MS * 1000000L };

	if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM)
		return nanosleep(&pause, NULL) == 0 || errno == EINTR;
	return error == EINTR || error == ECONNABORTED;
}

/* The next connection, -1 when the program is to end. */
static int accept_connection(struct worker *worker)
{
	int connection = -1;
	int error = 0;

	set_wakeable(worker, true);
	while (connection < 0 && !atomic_load(&worker->app->is_ending) &&
	       (error == 0 || may_pass(error))) {
		connection = accept4(LISTENING, NULL, NULL, SOCK_CLOEXEC);
		error = connection < 0 ? errno : 0;
	}
	set_wakeable(worker, false);
	return connection;
}

/*
 * Waits for a request; false when the program is to end. libfcgi is given the connection: in
 * its own accept the signal that wakes a thread would also reach one that has just been given a
 * visitor, and make it drop him.
 */
static bool next_request(struct worker *worker, FCGX_Request *fastcgi)
{
	int accepted = -1;

	while (accepted < 0) {
		const bool is_kept = fastcgi->ipcFd >= 0;

		if (atomic_load(&worker->app->is_ending))
			return false;
		if (!is_kept) {
			fastcgi->ipcFd = accept_connection(worker);
			if (fastcgi->ipcFd < 0)
				return false;
			fastcgi->keepConnection = 1; /* or it would be closed as one that was */
		} else {
			set_wakeable(worker, true);
		}
		accepted = FCGX_Accept_r(fastcgi);
		if (is_kept)
			set_wakeable(worker, false);
	}
	return true;
}

static void *work(void *argument)
{
	struct worker *worker = argument;
	FCGX_Request fastcgi;

	FCGX_InitRequest(&fastcgi, -1, 0); /* it is given connections, it accepts none */
	while (next_request(worker, &fastcgi)) {
		serve(worker, &fastcgi);
		arena_reset(worker->arena);
	}
	FCGX_Free(&fastcgi, 1);
	worker_finish(worker);
	atomic_store(&worker->is_done, true);
	return NULL;
}

static void wake(int signal_number)
{
	(void)signal_number; /* only interrupts accept() */
}

static void block_signals(sigset_t *ret_ending)
{
	struct sigaction waking = { .sa_handler = wake };

	sigaction(SIGUSR2, &waking, NULL);
	sigemptyset(ret_ending);
	sigaddset(ret_ending, SIGTERM);
	sigaddset(ret_ending, SIGINT);
	sigaddset(ret_ending, SIGUSR1); /* what multiwatch passes on */
	pthread_sigmask(SIG_BLOCK, ret_ending, NULL);
}

/* Lets running requests finish and wakes the threads that wait for one. */
static bool join_workers(struct worker *workers, int count, int grace_s)
{
	const struct timespec pause = { .tv_nsec = WAKE_EVERY_MS * 1000000L };
	int running = count;

	atomic_store(&workers[0].app->is_ending, true);
	for (int tries = 0; running > 0 && tries < grace_s * 1000 / WAKE_EVERY_MS; tries++) {
		running = 0;
		for (int i = 0; i < count; i++) {
			if (atomic_load(&workers[i].is_done))
				continue;
			running++;
			if (atomic_load(&workers[i].is_waiting))
				pthread_kill(workers[i].thread, SIGUSR2);
		}
		if (running > 0)
			nanosleep(&pause, NULL);
	}
	for (int i = 0; running == 0 && i < count; i++)
		pthread_join(workers[i].thread, NULL);
	return running == 0;
}

static int start_workers(struct worker *workers, struct app *app)
{
	int started = 0;
	pthread_attr_t attributes;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 512 * 1024);
	for (; started < app->threads; started++) {
		worker_init(&workers[started], app);
		if (pthread_create(&workers[started].thread, &attributes, work,
		                   &workers[started]) != 0)
			break;
	}
	return started;
}

/* Each thread may hold a visitor, the database's files and a connection of its own at once. */
static void raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
		return;
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		log_warning("the limit of open files could not be raised");
}

/*
 * Until a signal of `ending`. Now and then what requests freed goes back to the system: the
 * heap of many threads is too finely mixed to shrink by itself. Shared files that something
 * happened to are found or made again.
 */
static void wait_for_end(struct app *app, const sigset_t *ending)
{
	const struct timespec pause = { .tv_sec = LOOK_EVERY_S };
	long seen = 0;

	while (sigtimedwait(ending, NULL, &pause) < 0) {
		const long events = atomic_load(&app->events);

		if (events != seen)
			malloc_trim(0);
		seen = events;
		meter_mend();
	}
}

/* A step that a model takes is not cut short: it ends by the limits of its own. */
static int grace_s(void)
{
	const int longest = config()->llm_step_s > config()->llm_report_s ? config()->llm_step_s
	                                                                  : config()->llm_report_s;

	if (config()->llm_url[0] == '\0' || longest + GRACE_AFTER_MODEL_S < GRACE_S)
		return GRACE_S;
	return longest + GRACE_AFTER_MODEL_S;
}

static int run_fastcgi(struct app *app)
{
	static struct worker workers[MAX_THREADS];
	const int grace = grace_s();
	int count = app->threads;
	sigset_t ending;

	block_signals(&ending);
	if (app->work.threads > 0) {
		app->background = background_start(app->lasting, app->database, &app->work);
		if (app->background == NULL)
			return 1;
	}
	if (start_workers(workers, app) < count) {
		log_error("cannot start %d threads", count);
		return 1;
	}
	log_info("serving with %d threads", count);
	wait_for_end(app, &ending);
	if (!join_workers(workers, count, grace))
		log_warning("a request was still running after %d s", grace);
	if (app->background != NULL && !background_stop(app->background, grace * 1000)) {
		log_warning("a piece of work was still running after %d s", grace);
		_exit(0); /* it still uses what is given back after this */
	}
	log_info("stopped");
	return 0;
}

static int run_cgi(struct app *app)
{
	struct worker worker = { 0 };

	worker_init(&worker, app);
	serve(&worker, NULL);
	worker_finish(&worker);
	return 0;
}

static bool load(struct app *app, const char *name)
{
	struct mustache *templates;

	if (config_load() != OK)
		return false;
	log_open(name, config_log_folder(), config()->tz_offset_min);
	if (!token_init() || i18n_load(config_made_path("locale")) != OK)
		return false;
	/* A plain CGI program renders one page: it does not try all the others. */
	if ((FCGX_IsCGI() ? mustache_open : mustache_load)(
	            app->lasting, config_home_path("templates"), &templates) != OK)
		return false;
	assets_load();
	app->templates = templates;
	app->database = config_var_path("viva.db");
	return true;
}

/* As long as this process lives nobody puts another database in the place of ours. */
static bool join_programs(struct app *app)
{
	enum { RESTORE_MS = 30000 };
	struct lock *lock;
	const enum err err = lock_share(app->lasting, config_var_path("locks"), LOCK_PROGRAMS,
	                                RESTORE_MS, &lock);

	if (err == ERR_BUSY)
		log_error("the database is being restored");
	return err != ERR_BUSY; /* without a folder there is nothing to be replaced */
}

static bool start(struct app *app, const char *name, const struct app_extra *extra)
{
	bool is_started;

	if (!load(app, name) || !join_programs(app) || store_protect(app->database) != OK)
		return false;
	app->work = extra->work;
	app->threads = extra->threads != NULL ? *extra->threads : config()->threads;
	app->pool = store_pool_create(app->lasting, app->database, IDLE_CONNECTIONS, CACHE_KIB);
	if (extra->start == NULL)
		return true;
	json_bind(app->lasting);
	is_started = extra->start(app->lasting, &app->work);
	json_bind(NULL);
	return is_started;
}

int app_run(const char *name, const struct route_table *const *tables,
            const struct app_extra *extra)
{
	struct app app = { .tables = tables, .lasting = arena_create() };
	int status;

	if (!start(&app, name, extra)) {
		fprintf(stderr, "viva: %s could not start; see the system log\n", name);
		arena_destroy(app.lasting);
		return 1;
	}
	mallopt(M_ARENA_MAX, HEAPS);
	mallopt(M_MMAP_THRESHOLD, MMAP_FROM); /* a large block goes back when it is freed */
	signal(SIGPIPE, SIG_IGN);             /* a visitor who leaves is an outcome, not an end */
	signal(SIGXFSZ, SIG_IGN);             /* as is a file that may grow no more */
	raise_file_limit();
	FCGX_Init();
	meter_open(config_var_path("metrics"), name, !FCGX_IsCGI());
	status = FCGX_IsCGI() ? run_cgi(&app) : run_fastcgi(&app);
	meter_leave();
	arena_destroy(app.lasting);
	return status;
}
