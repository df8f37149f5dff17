/*
 * Every fuzz target of tests/fuzz with every file of its corpus: examples of what it reads, and
 * what was once found. Built with the sanitizers by `make test`; `make fuzz` looks for more.
 */
#include <dirent.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../fuzz/target.h"
#include "check.h"

#include "base/file.h"
#include "base/log.h"

#define CORPUS "tests/fuzz/corpus"

enum { MOST_TARGETS = 64, MOST_BYTES = 1024 * 1024 };

static struct {
	const char *name;
	fuzz_function *run;
} targets[MOST_TARGETS];

static size_t target_count, current;

void fuzz_enter(const char *name, fuzz_function *target)
{
	if (target_count == MOST_TARGETS)
		abort();
	targets[target_count].name = name;
	targets[target_count++].run = target;
}

/* What a sanitizer or a broken promise stops at is the last line before it. */
static void run_file(const char *folder, const char *name)
{
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	struct arena *kept = arena;
	char *bytes, *exact;
	size_t len;

	CHECK_INT(file_read(kept, path, MOST_BYTES, &bytes, &len), OK);
	printf("# %s\n", path);
	fflush(stdout);
	/* Exactly as long as the file: the NUL behind it would hide a step too far. */
	exact = malloc(len > 0 ? len : 1);
	if (exact == NULL)
		abort();
	memcpy(exact, bytes, len);
	targets[current].run((const uint8_t *)exact, len);
	free(exact);
	json_bind(kept);
}

/* Each target in a process of its own: what it leaves behind is no other's, and none stops all. */
static void run_target(void)
{
	const char *folder = arena_printf(arena, CORPUS "/%s", targets[current].name);
	DIR *files = opendir(folder);
	const struct dirent *entry;
	int count = 0;

	CHECK(files != NULL);
	while (files != NULL && (entry = readdir(files)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		run_file(folder, entry->d_name);
		count++;
	}
	if (files != NULL)
		closedir(files);
	CHECK(count > 0);
}

static void every_file_of_the_corpus_keeps_the_promises(void)
{
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		check_failures = 0;
		run_target();
		fflush(stdout);
		exit(check_failures > 0); /* with the search for leaks */
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	CHECK_INT(status, 0);
}

static bool is_target(const char *name)
{
	for (size_t i = 0; i < target_count; i++)
		if (strcmp(targets[i].name, name) == 0)
			return true;
	return false;
}

static void every_corpus_has_its_target(void)
{
	DIR *folders = opendir(CORPUS);
	const struct dirent *entry;

	CHECK(folders != NULL && target_count > 0);
	while (folders != NULL && (entry = readdir(folders)) != NULL)
		if (entry->d_name[0] != '.' && !is_target(entry->d_name)) {
			printf("# nothing reads " CORPUS "/%s\n", entry->d_name);
			CHECK(false);
		}
	if (folders != NULL)
		closedir(folders);
}

int main(void)
{
	RUN(every_corpus_has_its_target);
	for (current = 0; current < target_count; current++)
		check_run(targets[current].name, every_file_of_the_corpus_keeps_the_promises);
	return check_done();
}
