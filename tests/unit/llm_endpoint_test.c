#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "llm/client.h"
#include "llm/endpoint.h"

#define URL "http://h/v1"

/* Of the file's layout: a head, then places with key, pause, circuit, probe, length. */
enum { PLACE = 64, OPEN_AT = 16, FILE_SIZE = 4096 };

static char path[] = "/tmp/viva-endpoint-XXXXXX";

static void start_afresh(void)
{
	unlink(path);
}

static void overwrite(off_t at, const void *bytes, size_t len)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	CHECK(file >= 0 && pwrite(file, bytes, len, at) == (ssize_t)len);
	close(file);
}

/* Where the only endpoint of the file has its place. */
static off_t only_place(void)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	off_t at = PLACE;
	uint64_t key = 0;

	while (at < FILE_SIZE && pread(file, &key, sizeof(key), at) == sizeof(key) && key == 0)
		at += PLACE;
	close(file);
	CHECK(at < FILE_SIZE);
	return at;
}

/* The circuit's time is over. */
static void let_time_pass(void)
{
	const int64_t past = 1;

	overwrite(only_place() + OPEN_AT, &past, sizeof(past));
}

static void a_pause_is_for_all_of_one_address(void)
{
	struct endpoint *one, *same, *other;
	int64_t wait_ms = 0;

	start_afresh();
	one = endpoint_open(path, URL);
	same = endpoint_open(path, URL);
	other = endpoint_open(path, "http://other/v1");
	CHECK(endpoint_enter(same, &wait_ms));
	endpoint_pause(one, 5000);
	endpoint_pause(one, 100);
	CHECK(!endpoint_enter(same, &wait_ms));
	CHECK(wait_ms > 4000 && wait_ms <= 5000);
	CHECK(endpoint_paused_ms(same) > 4000);
	CHECK(endpoint_enter(other, &wait_ms));
	endpoint_close(one);
	endpoint_close(same);
	endpoint_close(other);
}

static void a_pause_ends_and_has_a_limit(void)
{
	struct endpoint *endpoint = endpoint_open(NULL, URL);
	int64_t wait_ms = 0;

	endpoint_pause(endpoint, 30);
	CHECK(!endpoint_is_ready(endpoint, &wait_ms));
	usleep(40000);
	CHECK(endpoint_is_ready(endpoint, &wait_ms));
	endpoint_pause(endpoint, INT64_MAX);
	CHECK(endpoint_paused_ms(endpoint) <= 600000);
	endpoint_close(endpoint);
}

static void failures_in_a_row_open_the_circuit(void)
{
	struct endpoint *endpoint = endpoint_open(NULL, URL);
	int64_t wait_ms = 0;

	endpoint_failed(endpoint, 2);
	CHECK(endpoint_enter(endpoint, &wait_ms));
	endpoint_worked(endpoint);
	endpoint_failed(endpoint, 2);
	CHECK(endpoint_enter(endpoint, &wait_ms));
	endpoint_failed(endpoint, 1);
	CHECK(!endpoint_enter(endpoint, &wait_ms));
	CHECK(wait_ms > ENDPOINT_OPEN_MS - 1000 && wait_ms <= ENDPOINT_OPEN_MS);
	/* What was under way when it opened makes it no longer. */
	endpoint_failed(endpoint, 2);
	CHECK(!endpoint_is_ready(endpoint, &wait_ms));
	CHECK(wait_ms <= ENDPOINT_OPEN_MS);
	CHECK_INT(endpoint_paused_ms(endpoint), 0);
	endpoint_worked(endpoint);
	CHECK(endpoint_enter(endpoint, &wait_ms));
	endpoint_close(endpoint);
}

static void one_caller_is_the_probe(void)
{
	struct endpoint *one, *other;
	int64_t wait_ms = 0;

	start_afresh();
	one = endpoint_open(path, URL);
	other = endpoint_open(path, URL);
	endpoint_failed(one, 3);
	let_time_pass();
	CHECK(endpoint_is_ready(other, &wait_ms));
	CHECK(endpoint_enter(one, &wait_ms));
	CHECK(!endpoint_enter(other, &wait_ms));
	CHECK(wait_ms > 0);
	endpoint_cancelled(one);
	CHECK(endpoint_enter(other, &wait_ms));
	endpoint_failed(other, 1);
	CHECK(!endpoint_enter(one, &wait_ms));
	CHECK(wait_ms > 2 * ENDPOINT_OPEN_MS - 1000 && wait_ms <= 2 * ENDPOINT_OPEN_MS);
	for (int i = 0; i < 8; i++) {
		let_time_pass();
		endpoint_failed(other, 2);
	}
	CHECK(!endpoint_enter(one, &wait_ms));
	CHECK(wait_ms > ENDPOINT_OPEN_MAX_MS - 1000 && wait_ms <= ENDPOINT_OPEN_MAX_MS);
	endpoint_close(one);
	endpoint_close(other);
}

static void a_file_full_of_noise_blocks_nobody(void)
{
	struct endpoint *endpoint;
	unsigned char noise[PLACE - 8];
	int64_t wait_ms = 0;

	for (int byte = 0; byte < 256; byte += 51) {
		start_afresh();
		endpoint_close(endpoint_open(path, URL));
		memset(noise, byte, sizeof(noise));
		overwrite(only_place() + 8, noise, sizeof(noise));
		endpoint = endpoint_open(path, URL);
		CHECK(endpoint_enter(endpoint, &wait_ms));
		endpoint_failed(endpoint, 3);
		CHECK(!endpoint_enter(endpoint, &wait_ms));
		CHECK(wait_ms > 0 && wait_ms <= ENDPOINT_OPEN_MAX_MS);
		endpoint_worked(endpoint);
		endpoint_pause(endpoint, 1000);
		CHECK(endpoint_paused_ms(endpoint) > 0 && endpoint_paused_ms(endpoint) <= 1000);
		endpoint_close(endpoint);
	}
}

static void a_torn_file_is_made_whole(void)
{
	struct endpoint *endpoint, *same;
	struct stat facts;

	start_afresh();
	endpoint_close(endpoint_open(path, URL));
	CHECK(truncate(path, 100) == 0);
	endpoint = endpoint_open(path, URL);
	same = endpoint_open(path, URL);
	endpoint_pause(endpoint, 1000);
	CHECK(endpoint_paused_ms(same) > 0);
	CHECK(stat(path, &facts) == 0 && facts.st_size == FILE_SIZE);
	endpoint_close(endpoint);
	endpoint_close(same);
}

static void a_file_cut_off_while_it_is_mapped_kills_nobody(void)
{
	struct endpoint *endpoint;
	int64_t wait_ms = 0;

	start_afresh();
	endpoint = endpoint_open(path, URL);
	CHECK(truncate(path, 0) == 0);
	CHECK(endpoint_enter(endpoint, &wait_ms));
	endpoint_failed(endpoint, 3);
	CHECK(!endpoint_enter(endpoint, &wait_ms));
	endpoint_close(endpoint);
}

static void a_foreign_file_is_left_alone(void)
{
	static const char foreign[] = "SQLite format 3, or whatever else somebody keeps here";
	char found[sizeof(foreign)] = "";
	struct endpoint *endpoint;
	int64_t wait_ms = 0;
	int file;

	start_afresh();
	overwrite(0, foreign, sizeof(foreign));
	endpoint = endpoint_open(path, URL);
	CHECK(endpoint != NULL && endpoint_enter(endpoint, &wait_ms));
	endpoint_pause(endpoint, 1000);
	CHECK(endpoint_paused_ms(endpoint) > 0);
	endpoint_close(endpoint);
	file = open(path, O_RDONLY | O_CLOEXEC);
	CHECK(read(file, found, sizeof(found)) == (ssize_t)sizeof(foreign));
	CHECK_STR(found, foreign);
	close(file);
	endpoint = endpoint_open("/nonexistent/folder/state", URL);
	CHECK(endpoint != NULL && endpoint_enter(endpoint, &wait_ms));
	endpoint_close(endpoint);
}

/* More addresses than places share some, and none is lost. */
static void many_addresses_find_a_place(void)
{
	int64_t wait_ms = 0;

	start_afresh();
	for (int i = 0; i < 100; i++) {
		struct endpoint *endpoint = endpoint_open(path,
		                                          arena_printf(arena, "http://h%d/v1", i));

		CHECK(endpoint != NULL && endpoint_enter(endpoint, &wait_ms));
		endpoint_close(endpoint);
	}
}

enum { CALLERS = 6 };

struct line {
	struct llm_client *client;
	_Atomic int inside, most, order;
};

struct caller {
	struct line *line;
	pthread_t thread;
	int came_as;
};

static void *stand_in_line(void *object)
{
	struct caller *caller = object;
	struct llm_wait wait = { .until_us = clock_monotonic_us() + 5000000, .cancel_fd = -1 };
	int inside;

	if (client_enter(caller->line->client, &wait) != WAIT_OVER)
		return NULL;
	caller->came_as = ++caller->line->order;
	inside = ++caller->line->inside;
	if (inside > caller->line->most)
		caller->line->most = inside;
	usleep(20000);
	caller->line->inside--;
	client_leave(caller->line->client);
	return NULL;
}

static struct llm_client *narrow_client(int parallel)
{
	const struct llm_settings settings = { .base_url = URL,
		                               .api_key = "",
		                               .parallel = parallel };

	return llm_client_create(&settings);
}

static void calls_wait_in_a_fair_line(void)
{
	struct line line = { .client = narrow_client(1) };
	struct caller callers[CALLERS] = { 0 };
	struct llm_wait wait = { .until_us = INT64_MAX, .cancel_fd = -1 };

	CHECK(client_enter(line.client, &wait) == WAIT_OVER);
	for (int i = 0; i < CALLERS; i++) {
		callers[i].line = &line;
		CHECK(pthread_create(&callers[i].thread, NULL, stand_in_line, &callers[i]) == 0);
		usleep(20000);
	}
	CHECK_INT(line.inside, 0);
	client_leave(line.client);
	for (int i = 0; i < CALLERS; i++) {
		pthread_join(callers[i].thread, NULL);
		CHECK_INT(callers[i].came_as, i + 1);
	}
	CHECK_INT(line.most, 1);
	llm_client_destroy(line.client);
}

static void who_waits_in_line_can_leave(void)
{
	struct llm_client *client = narrow_client(1);
	struct llm_wait wait = { .until_us = INT64_MAX, .cancel_fd = -1 };
	struct llm_wait brief = { .until_us = clock_monotonic_us() + 60000, .cancel_fd = -1 };
	int ends[2];
	struct llm_wait leaving = { .until_us = INT64_MAX };
	int64_t start_us;

	CHECK(pipe(ends) == 0 && write(ends[1], "x", 1) == 1);
	leaving.cancel_fd = ends[0];
	CHECK(client_enter(client, &wait) == WAIT_OVER);
	start_us = clock_monotonic_us();
	CHECK(client_enter(client, &leaving) == WAIT_CANCELLED);
	CHECK(clock_monotonic_us() - start_us < 200000);
	CHECK(client_enter(client, &brief) == WAIT_DEADLINE);
	client_leave(client);
	/* Nobody who left holds a turn. */
	CHECK(client_enter(client, &wait) == WAIT_OVER);
	client_leave(client);
	close(ends[0]);
	close(ends[1]);
	llm_client_destroy(client);
}

static void the_key_is_blotted_out(void)
{
	const struct llm_settings settings = { .base_url = URL, .api_key = "sk-secret-1" };
	const struct llm_settings two_lines = { .base_url = URL, .api_key = "sk\r\nX-Evil: 1" };
	struct llm_client *client = llm_client_create(&settings);

	CHECK_STR(client_redacted(client, arena, "key sk-secret-1 or sk-secret-1 is bad"),
	          "key *** or *** is bad");
	CHECK_STR(client_redacted(client, arena, "nothing"), "nothing");
	llm_client_destroy(client);
	CHECK(llm_client_create(&two_lines) == NULL);
}

static void openness_knows_patience(void)
{
	struct llm_client *client = narrow_client(0);

	CHECK(llm_is_open_for_calls(client, 0));
	endpoint_pause(client->endpoint, 2000);
	CHECK(!llm_is_open_for_calls(client, 1000));
	CHECK(llm_is_open_for_calls(client, 3000));
	endpoint_failed(client->endpoint, 3);
	CHECK(!llm_is_open_for_calls(client, 60000));
	llm_client_destroy(client);
}

int main(void)
{
	int file = mkstemp(path);

	if (file < 0)
		return 1;
	close(file);
	RUN(a_pause_is_for_all_of_one_address);
	RUN(a_pause_ends_and_has_a_limit);
	RUN(failures_in_a_row_open_the_circuit);
	RUN(one_caller_is_the_probe);
	RUN(a_file_full_of_noise_blocks_nobody);
	RUN(a_torn_file_is_made_whole);
	RUN(a_file_cut_off_while_it_is_mapped_kills_nobody);
	RUN(a_foreign_file_is_left_alone);
	RUN(many_addresses_find_a_place);
	RUN(calls_wait_in_a_fair_line);
	RUN(who_waits_in_line_can_leave);
	RUN(the_key_is_blotted_out);
	RUN(openness_knows_patience);
	unlink(path);
	return check_done();
}
