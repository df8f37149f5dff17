/* Counting requests: windows, many subjects, damaged files, threads at once. */
#include "web/rate.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

enum { MINUTE_MS = 60 * 1000 };

static const int64_t NOW = 1800000000000;
static char path[64];

static void fresh_path(void)
{
	static int count;

	snprintf(path, sizeof(path), "/tmp/viva-rate-%d-%d", (int)getpid(), ++count);
	unlink(path);
}

static enum err count_at(uint64_t id, int64_t now, struct rate *rate)
{
	const struct rate_subject subject = { .id = id, .limit = 3 };

	return rate_count(arena, path, &subject, now, rate);
}

static void a_window_has_so_many_requests(void)
{
	struct rate rate;

	fresh_path();
	for (int i = 2; i >= 0; i--) {
		CHECK_INT(count_at(7, NOW, &rate), OK);
		CHECK_INT(rate.remaining, i);
		CHECK_INT(rate.limit, 3);
		CHECK_INT(rate.reset_s, 60);
	}
	CHECK_INT(count_at(7, NOW + 20000, &rate), ERR_LIMITED);
	CHECK_INT(rate.remaining, 0);
	CHECK_INT(rate.reset_s, 40);
	CHECK_INT(count_at(9, NOW, &rate), OK);
	CHECK_INT(count_at(7, NOW + MINUTE_MS - 1, &rate), ERR_LIMITED);
	CHECK_INT(count_at(7, NOW + MINUTE_MS, &rate), OK);
	CHECK_INT(rate.remaining, 2);
	unlink(path);
}

static void a_clock_set_back_locks_nobody_out(void)
{
	struct rate rate;

	fresh_path();
	for (int i = 0; i < 4; i++)
		count_at(7, NOW, &rate);
	CHECK_INT(count_at(7, NOW - 10 * MINUTE_MS, &rate), OK);
	CHECK_INT(rate.reset_s, 60);
	unlink(path);
}

static void very_many_subjects_leave_the_file_small(void)
{
	struct stat status;
	struct rate rate;

	fresh_path();
	for (uint64_t id = 1; id <= 50000; id += 7)
		CHECK_INT(count_at(id * UINT64_C(0x9E3779B97F4A7C15), NOW, &rate), OK);
	CHECK_INT(stat(path, &status), 0);
	CHECK(status.st_size <= 1024L * 1024);
	CHECK_INT((status.st_mode & 0777), 0600);
	unlink(path);
}

static void the_active_one_of_a_crowd_is_kept(void)
{
	struct rate rate;

	fresh_path();
	for (int i = 0; i < 4; i++)
		count_at(1, NOW, &rate);
	for (uint64_t i = 1; i <= 40; i++) /* all in the same bucket */
		CHECK_INT(count_at(1 + i * 4096, NOW, &rate), OK);
	CHECK_INT(count_at(1, NOW, &rate), ERR_LIMITED);
	unlink(path);
}

static void a_damaged_file_starts_anew(void)
{
	struct rate rate;
	int file;

	fresh_path();
	for (int i = 0; i < 4; i++)
		count_at(7, NOW, &rate);
	CHECK_INT(truncate(path, 100), 0);
	CHECK_INT(count_at(7, NOW, &rate), OK);
	file = open(path, O_RDWR);
	for (int i = 0; i < 4096; i++)
		CHECK(write(file, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 8) == 8);
	close(file);
	CHECK_INT(count_at(7, NOW, &rate), OK);
	CHECK(rate.remaining >= 0 && rate.remaining <= 3);
	unlink(path);
}

static void a_file_that_cannot_be_is_told(void)
{
	struct rate rate;

	snprintf(path, sizeof(path), "/nowhere/rates");
	CHECK_INT(count_at(7, NOW, &rate), ERR_INTERNAL);
}

static void *hurry(void *passed)
{
	struct arena *own = arena_create();
	const struct rate_subject subject = { .id = 7, .limit = 50 };
	struct rate rate;

	for (int i = 0; i < 20; i++)
		*(int *)passed += rate_count(own, path, &subject, NOW, &rate) == OK;
	arena_destroy(own);
	return NULL;
}

static void none_slips_through_at_once(void)
{
	pthread_t threads[5];
	int passed[5] = { 0 }, sum = 0;

	fresh_path();
	for (int i = 0; i < 5; i++)
		CHECK_INT(pthread_create(&threads[i], NULL, hurry, &passed[i]), 0);
	for (int i = 0; i < 5; i++) {
		pthread_join(threads[i], NULL);
		sum += passed[i];
	}
	CHECK_INT(sum, 50);
	unlink(path);
}

int main(void)
{
	RUN(a_window_has_so_many_requests);
	RUN(a_clock_set_back_locks_nobody_out);
	RUN(very_many_subjects_leave_the_file_small);
	RUN(the_active_one_of_a_crowd_is_kept);
	RUN(a_damaged_file_starts_anew);
	RUN(a_file_that_cannot_be_is_told);
	RUN(none_slips_through_at_once);
	return check_done();
}
