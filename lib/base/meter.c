#include "base/meter.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "base/shared.h"

const int64_t meter_bounds_us[METER_BOUNDS] = { 1000,    2500,    5000,     10000,   25000,
	                                        50000,   100000,  250000,   500000,  1000000,
	                                        2500000, 5000000, 10000000, 30000000 };

/* "VivaMet1": another layout has another number. */
static const uint64_t MAGIC = UINT64_C(0x566976614d657431);

enum { PROGRAMS = 8, ROUTES = 512, PROCESSES = 256, PROGRAM_LEN = 16, ROUTE_LEN = 72 };

struct histogram {
	_Atomic int64_t buckets[METER_BUCKETS];
	_Atomic int64_t sum_us;
};

/* Places are found by a hash of what they are for, and taken by whoever writes that first. */
struct program {
	_Atomic uint64_t key; /* 0: free */
	atomic_bool is_named;
	char name[PROGRAM_LEN];
	_Atomic int64_t starts;
	struct histogram times;
};

struct route {
	_Atomic uint64_t key;
	atomic_bool is_named;
	char program[PROGRAM_LEN], method[8], path[ROUTE_LEN];
	_Atomic int64_t answers[METER_CLASSES];
};

/* The key has number and start of the process: a dead one's place is free. */
struct process {
	_Atomic uint64_t key;
	_Atomic int64_t in_flight;
	char program[PROGRAM_LEN];
};

struct table {
	_Atomic uint64_t magic;
	_Atomic int64_t counters[METER_COUNTERS];
	struct histogram times[METER_TIMES];
	struct program programs[PROGRAMS];
	struct route routes[ROUTES];
	struct process processes[PROCESSES];
};

enum { PAGE = 4096, FILE_BYTES = (sizeof(struct table) + PAGE - 1) / PAGE * PAGE };

/* What counts before meter_open, and in a process that cannot map anything. */
static struct table own;

static struct {
	struct table *table;
	struct shared *shared;
	char program[PROGRAM_LEN];
	uint64_t key;
	_Atomic(struct process *) process; /* NULL: not listed */
} meter = { .table = &own };

/* --- the file ------------------------------------------------------------------------------ */

static bool is_text(const char *text, size_t room)
{
	const char *end = memchr(text, '\0', room);

	for (; end != NULL && text < end; text++)
		if ((unsigned char)*text < ' ' || (unsigned char)*text > '~')
			return false;
	return end != NULL;
}

static bool are_counts(const _Atomic int64_t *counts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (atomic_load_explicit(&counts[i], memory_order_relaxed) < 0)
			return false;
	return true;
}

static bool is_histogram(const struct histogram *histogram)
{
	return are_counts(histogram->buckets, METER_BUCKETS) && are_counts(&histogram->sum_us, 1);
}

/* Names are text, and no counter is below zero. */
static bool is_sound(const void *memory)
{
	const struct table *table = memory;
	bool is = are_counts(table->counters, METER_COUNTERS);

	for (int i = 0; is && i < METER_TIMES; i++)
		is = is_histogram(&table->times[i]);
	for (int i = 0; is && i < PROGRAMS; i++)
		is = is_text(table->programs[i].name, PROGRAM_LEN) &&
		     are_counts(&table->programs[i].starts, 1) &&
		     is_histogram(&table->programs[i].times);
	for (int i = 0; is && i < ROUTES; i++)
		is = is_text(table->routes[i].program, PROGRAM_LEN) &&
		     is_text(table->routes[i].method, sizeof(table->routes[i].method)) &&
		     is_text(table->routes[i].path, ROUTE_LEN) &&
		     are_counts(table->routes[i].answers, METER_CLASSES);
	for (int i = 0; is && i < PROCESSES; i++)
		is = is_text(table->processes[i].program, PROGRAM_LEN);
	return is;
}

/* --- places --------------------------------------------------------------------------------- */

/* FNV-1a over texts and their ends; never 0. */
static uint64_t key_of(const char *const *texts)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *texts != NULL; texts++) {
		const char *text = *texts;

		do
			hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
		while (*text++ != '\0');
	}
	return hash != 0 ? hash : 1;
}

/* True if the place has that key, now if need be. */
static bool take(_Atomic uint64_t *place, uint64_t key)
{
	uint64_t found = atomic_load_explicit(place, memory_order_relaxed);

	return found == key ||
	       (found == 0 && (atomic_compare_exchange_strong(place, &found, key) || found == key));
}

static void set_text(char *to, size_t room, const char *text)
{
	const size_t len = strnlen(text, room - 1);

	memcpy(to, text, len);
	to[len] = '\0';
}

/* NULL: all places are taken. Who dies before a name is written leaves it to the next one. */
static struct program *find_program(struct table *table, const char *name)
{
	const uint64_t key = key_of((const char *const[]){ name, NULL });

	for (int i = 0; i < PROGRAMS; i++) {
		struct program *program = &table->programs[i];

		if (!take(&program->key, key))
			continue;
		if (!atomic_load(&program->is_named))
			set_text(program->name, sizeof(program->name), name);
		atomic_store(&program->is_named, true);
		return program;
	}
	return NULL;
}

static struct route *find_route(struct table *table, const struct meter_answer *answer)
{
	const char *const texts[] = { meter.program, answer->method, answer->route, NULL };
	const uint64_t key = key_of(texts);

	for (uint64_t i = 0; i < ROUTES; i++) {
		struct route *route = &table->routes[(key + i) % ROUTES];

		if (!take(&route->key, key))
			continue;
		if (!atomic_load(&route->is_named)) {
			set_text(route->program, sizeof(route->program), meter.program);
			set_text(route->method, sizeof(route->method), answer->method);
			set_text(route->path, sizeof(route->path), answer->route);
		}
		atomic_store(&route->is_named, true);
		return route;
	}
	return NULL;
}

/* --- processes ---------------------------------------------------------------------------------
 */

enum { START_BITS = 42 };

static uint64_t process_key(int pid)
{
	const int64_t started = process_started(pid);

	return started < 0 ? 0
	                   : (uint64_t)pid << START_BITS |
	                             ((uint64_t)started & ((UINT64_C(1) << START_BITS) - 1));
}

static bool is_alive(uint64_t key)
{
	return key != 0 && process_key((int)(key >> START_BITS)) == key;
}

/* Lists this process in a place that is free or a dead one's. */
static void enlist(struct table *table)
{
	const uint64_t key = meter.key;

	if (key == 0)
		return;
	for (int i = 0; i < PROCESSES; i++) {
		struct process *process = &table->processes[i];
		uint64_t found = atomic_load(&process->key);

		if (is_alive(found) || !atomic_compare_exchange_strong(&process->key, &found, key))
			continue;
		atomic_store(&process->in_flight, 0);
		set_text(process->program, sizeof(process->program), meter.program);
		atomic_store(&meter.process, process);
		return;
	}
}

static void count_start(struct table *table)
{
	struct program *program = find_program(table, meter.program);

	if (program != NULL)
		atomic_fetch_add(&program->starts, 1);
}

void meter_open(const char *path, const char *program, bool stays)
{
	const struct shared_file file = { .path = path,
		                          .bytes = FILE_BYTES,
		                          .magic = MAGIC,
		                          .replaces = true,
		                          .is_sound = is_sound };

	meter_close();
	meter.shared = shared_open(&file);
	meter.table = meter.shared != NULL ? shared_memory(meter.shared) : &own;
	meter.key = stays ? process_key(getpid()) : 0;
	set_text(meter.program, sizeof(meter.program), program);
	enlist(meter.table);
	if (stays)
		count_start(meter.table);
}

void meter_leave(void)
{
	struct process *process = atomic_exchange(&meter.process, NULL);

	if (process != NULL)
		atomic_store(&process->key, 0);
}

void meter_close(void)
{
	meter_leave();
	meter.table = &own;
	shared_close(meter.shared);
	meter.shared = NULL;
}

void meter_mend(void)
{
	struct process *process = atomic_load(&meter.process);

	shared_mend_all();
	if (process == NULL || atomic_load(&process->key) == meter.key)
		return;
	atomic_store(&meter.process, NULL); /* another file: it knows nothing of us */
	enlist(meter.table);
}

/* --- counting ------------------------------------------------------------------------------------
 */

static void add(_Atomic int64_t *counter, int64_t count)
{
	atomic_fetch_add_explicit(counter, count, memory_order_relaxed);
}

static void observe(struct histogram *histogram, int64_t microseconds)
{
	int bucket = 0;

	if (microseconds < 0)
		microseconds = 0;
	while (bucket < METER_BOUNDS && microseconds > meter_bounds_us[bucket])
		bucket++;
	add(&histogram->buckets[bucket], 1);
	add(&histogram->sum_us, microseconds);
}

void meter_add(enum meter_counter counter, int64_t count)
{
	add(&meter.table->counters[counter], count);
}

void meter_time(enum meter_time time, int64_t microseconds)
{
	observe(&meter.table->times[time], microseconds);
}

void meter_begin(void)
{
	struct process *process = atomic_load(&meter.process);

	if (process != NULL)
		add(&process->in_flight, 1);
}

void meter_end(const struct meter_answer *answer)
{
	struct process *process = atomic_load(&meter.process);
	struct program *program = find_program(meter.table, meter.program);
	struct route *route = find_route(meter.table, answer);

	if (process != NULL)
		add(&process->in_flight, -1);
	if (program != NULL)
		observe(&program->times, answer->microseconds);
	if (route != NULL && answer->status >= 100 && answer->status < 600)
		add(&route->answers[answer->status / 100 - 1], 1);
}

/* --- reading
 * --------------------------------------------------------------------------------------- */

static int64_t count_of(const _Atomic int64_t *counter)
{
	const int64_t count = atomic_load(counter);

	return count > 0 ? count : 0;
}

static void read_histogram(const struct histogram *from, struct meter_histogram *to)
{
	for (int i = 0; i < METER_BUCKETS; i++)
		to->buckets[i] = count_of(&from->buckets[i]);
	to->sum_us = count_of(&from->sum_us);
}

static const char *name_of(struct arena *arena, const char *name, size_t room)
{
	return arena_copy(arena, name, strnlen(name, room));
}

static void read_programs(struct arena *arena, const struct table *table,
                          struct meter_reading *reading)
{
	reading->programs = arena_array(arena, PROGRAMS, sizeof(*reading->programs));
	for (int i = 0; i < PROGRAMS; i++) {
		const struct program *from = &table->programs[i];
		struct meter_program *to = &reading->programs[reading->program_count];

		if (atomic_load(&from->key) == 0 || !atomic_load(&from->is_named))
			continue;
		to->name = name_of(arena, from->name, sizeof(from->name));
		to->starts = count_of(&from->starts);
		read_histogram(&from->times, &to->times);
		reading->program_count++;
	}
}

static void read_routes(struct arena *arena, const struct table *table,
                        struct meter_reading *reading)
{
	reading->routes = arena_array(arena, ROUTES, sizeof(*reading->routes));
	for (int i = 0; i < ROUTES; i++) {
		const struct route *from = &table->routes[i];
		struct meter_route *to = &reading->routes[reading->route_count];

		if (atomic_load(&from->key) == 0 || !atomic_load(&from->is_named))
			continue;
		to->program = name_of(arena, from->program, sizeof(from->program));
		to->method = name_of(arena, from->method, sizeof(from->method));
		to->route = name_of(arena, from->path, sizeof(from->path));
		for (int j = 0; j < METER_CLASSES; j++)
			to->answers[j] = count_of(&from->answers[j]);
		reading->route_count++;
	}
}

static void read_processes(struct arena *arena, const struct table *table,
                           struct meter_reading *reading)
{
	reading->processes = arena_array(arena, PROCESSES, sizeof(*reading->processes));
	for (int i = 0; i < PROCESSES; i++) {
		const struct process *from = &table->processes[i];
		struct meter_process *to = &reading->processes[reading->process_count];
		const uint64_t key = atomic_load(&from->key);

		if (!is_alive(key))
			continue;
		to->pid = (int)(key >> START_BITS);
		to->program = name_of(arena, from->program, sizeof(from->program));
		for (size_t j = 0; j < reading->program_count; j++)
			if (strcmp(reading->programs[j].name, to->program) == 0)
				reading->programs[j].in_flight += count_of(&from->in_flight);
		reading->process_count++;
	}
}

void meter_read(struct arena *arena, struct meter_reading *ret_reading)
{
	struct table *table = meter.table;

	*ret_reading = (struct meter_reading){ 0 };
	if (!is_sound(table)) { /* somebody wrote into it: every process sees that it is lost */
		atomic_store(&table->magic, ~MAGIC);
		meter_mend();
		return;
	}
	for (int i = 0; i < METER_COUNTERS; i++)
		ret_reading->counters[i] = count_of(&table->counters[i]);
	for (int i = 0; i < METER_TIMES; i++)
		read_histogram(&table->times[i], &ret_reading->times[i]);
	read_programs(arena, table, ret_reading);
	read_routes(arena, table, ret_reading);
	read_processes(arena, table, ret_reading);
}
