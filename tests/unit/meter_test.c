/* The file that all programs count in: what survives, and what kills nobody. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/meter.h"
#include "base/process.h"
#include "base/shared.h"
#include "check.h"

static char folder[] = "/tmp/viva-meter-XXXXXX";
static char path[sizeof(folder) + 16];

static void start_afresh(void)
{
	meter_close();
	unlink(path);
	meter_open(path, "account", true);
}

static void answer(const char *route, int status, int64_t microseconds)
{
	meter_begin();
	meter_end(&(struct meter_answer){ "GET", route, status, microseconds });
}

static struct meter_reading reading(void)
{
	struct meter_reading now;

	meter_read(arena, &now);
	return now;
}

static int64_t answers(const char *program, const char *route, int class)
{
	const struct meter_reading now = reading();
	int64_t count = 0;

	for (size_t i = 0; i < now.route_count; i++)
		if (strcmp(now.routes[i].program, program) == 0 &&
		    strcmp(now.routes[i].route, route) == 0)
			count += now.routes[i].answers[class - 1];
	return count;
}

/* Has a child do it; its exit status, or 128 and the signal. */
static int in_child(void (*work)(void))
{
	const pid_t child = fork();
	int status = -1;

	if (child == 0) {
		work();
		_exit(0);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* --- counting ---------------------------------------------------------------------- */

static void requests_are_counted_by_route_and_class(void)
{
	struct meter_reading now;

	start_afresh();
	answer("/profile", 200, 900);
	answer("/profile", 304, 1000);
	answer("/profile", 299, 2000);
	answer("/interviews/*", 503, 40000000);
	answer("/profile", 0, -5); /* a clock that went back, an answer that never was */
	CHECK_INT(answers("account", "/profile", 2), 2);
	CHECK_INT(answers("account", "/profile", 3), 1);
	CHECK_INT(answers("account", "/interviews/*", 5), 1);
	now = reading();
	CHECK_INT((long long)now.program_count, 1);
	CHECK_STR(now.programs[0].name, "account");
	CHECK_INT(now.programs[0].starts, 1);
	CHECK_INT(now.programs[0].in_flight, 0);
	CHECK_INT(now.programs[0].times.buckets[0], 3); /* a bound belongs to its bucket */
	CHECK_INT(now.programs[0].times.buckets[1], 1);
	CHECK_INT(now.programs[0].times.buckets[METER_BUCKETS - 1], 1);
	CHECK_INT(now.programs[0].times.sum_us, 900 + 1000 + 2000 + 40000000);
	meter_begin();
	CHECK_INT(reading().programs[0].in_flight, 1);
}

static void more_routes_than_places_break_nothing(void)
{
	start_afresh();
	for (int i = 0; i < 2000; i++)
		answer(arena_printf(arena, "/%d/%0*d", i, i % 100, 0), 200, 1);
	CHECK(reading().route_count > 400);
	CHECK_INT(reading().programs[0].times.buckets[0], 2000);
}

static void *count_a_lot(void *unused)
{
	(void)unused;
	for (int i = 0; i < 20000; i++)
		answer("/busy", 200, 10);
	return NULL;
}

static void threads_and_processes_add_up(void)
{
	pthread_t threads[3];
	pid_t child;

	start_afresh();
	child = fork();
	if (child == 0) {
		count_a_lot(NULL);
		kill(getpid(), SIGKILL); /* what it counted stays */
	}
	for (int i = 0; i < 3; i++)
		CHECK(pthread_create(&threads[i], NULL, count_a_lot, NULL) == 0);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK_INT(answers("account", "/busy", 2), 80000);
}

static void counters_outlive_the_process(void)
{
	start_afresh();
	answer("/profile", 200, 10);
	meter_add(METER_BUSY_WAITS, 3);
	meter_time(METER_TRANSACTION, 700);
	meter_close();
	meter_open(path, "report", true);
	answer("/profile", 200, 10);
	CHECK_INT(answers("account", "/profile", 2), 1);
	CHECK_INT(answers("report", "/profile", 2), 1);
	CHECK_INT(reading().counters[METER_BUSY_WAITS], 3);
	CHECK_INT(reading().times[METER_TRANSACTION].buckets[0], 1);
	CHECK_INT((long long)reading().process_count, 1);
	CHECK_STR(reading().processes[0].program, "report");
	CHECK_INT(reading().processes[0].pid, getpid());
}

static void die_at_work(void)
{
	meter_open(path, "code", true);
	meter_begin();
	kill(getpid(), SIGKILL);
}

static void the_dead_are_not_listed(void)
{
	start_afresh();
	meter_close();
	for (int i = 0; i < 3; i++)
		CHECK_INT(in_child(die_at_work), 128 + SIGKILL);
	meter_open(path, "account", true);
	CHECK_INT((long long)reading().process_count, 1);
	CHECK_INT(reading().programs[1].starts, 3);
	CHECK_INT(reading().programs[1].in_flight, 0);
}

/* --- what happens to the file ------------------------------------------------------------ */

static void a_file_cut_off_kills_nobody(void)
{
	for (off_t left = 0; left <= 8192; left += 4096) {
		start_afresh();
		CHECK(truncate(path, left) == 0);
		answer("/profile", 200, 10);
		CHECK(reading().program_count >= 1);
		meter_mend();
		answer("/profile", 200, 10);
		answer("/profile", 200, 10);
		meter_close();
		meter_open(path, "account", true);
		CHECK(answers("account", "/profile", 2) >= 2);
		CHECK_INT((long long)reading().process_count, 1);
	}
}

static void a_deleted_file_is_made_again(void)
{
	start_afresh();
	CHECK(unlink(path) == 0);
	answer("/profile", 200, 10);
	meter_mend();
	answer("/profile", 200, 10);
	CHECK_INT((long long)reading().process_count, 1);
	meter_close();
	meter_open(path, "account", true);
	CHECK_INT(answers("account", "/profile", 2), 1);
}

static void overwrite(off_t at, unsigned char byte, size_t len)
{
	unsigned char *noise = arena_raw(arena, len);
	const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	memset(noise, byte, len);
	CHECK(file >= 0 && pwrite(file, noise, len, at) == (ssize_t)len);
	close(file);
}

static void noise_and_foreign_files_are_replaced(void)
{
	static const struct {
		off_t at;
		size_t len;
	} places[] = { { 0, 8 }, { 8, 4096 }, { 0, 1 << 20 }, { 4096, 65536 } };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		start_afresh();
		answer("/profile", 200, 10);
		meter_close();
		overwrite(places[i].at, 0xEE, places[i].len);
		meter_open(path, "account", true);
		CHECK_INT(answers("account", "/profile", 2), 0);
		answer("/profile", 200, 10);
		meter_close();
		meter_open(path, "account", true);
		CHECK_INT(answers("account", "/profile", 2), 1);
	}
}

static void a_file_spoilt_while_it_is_mapped_is_replaced(void)
{
	for (int i = 0; i < 20; i += 3) {
		start_afresh();
		overwrite(i * 4096, 0xEE, 8192);
		answer("/profile", 200, 10);
		CHECK_INT((long long)reading().route_count, 0);
		answer("/profile", 200, 10);
		CHECK_INT(answers("account", "/profile", 2), 1);
		CHECK_INT((long long)reading().process_count, 1);
	}
}

static void without_a_file_the_process_counts_for_itself(void)
{
	meter_close();
	unlink(path);
	CHECK(mkdir(path, 0700) == 0);
	meter_open(path, "account", true);
	answer("/profile", 200, 10);
	meter_mend();
	CHECK_INT(answers("account", "/profile", 2), 1);
	CHECK(rmdir(path) == 0);
	meter_mend(); /* now there is room for it */
	answer("/profile", 200, 10);
	meter_close();
	meter_open(path, "account", true);
	CHECK_INT(answers("account", "/profile", 2), 1);
}

static void read_behind_the_end(void)
{
	const int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	volatile const char *page;

	CHECK(file >= 0 && ftruncate(file, 4096) == 0);
	page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
	CHECK(page != MAP_FAILED && ftruncate(file, 0) == 0);
	_exit(page[0]);
}

/* The guard is for our files only: a fault of another kind ends the process as ever. */
static void other_bus_errors_stay_fatal(void)
{
	start_afresh();
	meter_close();
	CHECK(in_child(read_behind_the_end) != 0);
}

static void newer_programs_files_are_left_alone(void)
{
	enum { BYTES = 4096 };
	const struct shared_file old = {
		.path = path, .bytes = BYTES, .magic = 1, .replaces = true
	};
	const struct shared_file new = {
		.path = path, .bytes = BYTES, .magic = 2, .replaces = true
	};
	struct shared *older, *newer;

	meter_close();
	unlink(path);
	older = shared_open(&old);
	newer = shared_open(&new);
	((char *)shared_memory(newer))[100] = 'n';
	for (int i = 0; i < 3; i++)
		shared_mend_all(); /* both run during an upgrade */
	CHECK_INT(((char *)shared_memory(newer))[100], 'n');
	CHECK_INT((long long)*(uint64_t *)shared_memory(older), 1);
	CHECK_INT((long long)*(uint64_t *)shared_memory(newer), 2);
	shared_close(newer);
	newer = shared_open(&new);
	CHECK_INT(((char *)shared_memory(newer))[100], 'n');
	shared_close(older);
	shared_close(newer);
}

static void a_process_tells_of_itself(void)
{
	struct process_facts facts;

	CHECK(process_read(getpid(), &facts));
	CHECK(facts.resident_bytes > 100000 && facts.descriptors >= 3);
	CHECK(facts.started_at > INT64_C(1500000000000));
	CHECK_INT(process_started(0), -1);
	CHECK(!process_read(-1, &facts));
}

int main(void)
{
	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/metrics", folder);
	RUN(requests_are_counted_by_route_and_class);
	RUN(more_routes_than_places_break_nothing);
	RUN(threads_and_processes_add_up);
	RUN(counters_outlive_the_process);
	RUN(the_dead_are_not_listed);
	RUN(a_file_cut_off_kills_nobody);
	RUN(a_deleted_file_is_made_again);
	RUN(noise_and_foreign_files_are_replaced);
	RUN(a_file_spoilt_while_it_is_mapped_is_replaced);
	RUN(without_a_file_the_process_counts_for_itself);
	RUN(other_bus_errors_stay_fatal);
	RUN(newer_programs_files_are_left_alone);
	RUN(a_process_tells_of_itself);
	meter_close();
	unlink(path);
	rmdir(folder);
	return check_done();
}
