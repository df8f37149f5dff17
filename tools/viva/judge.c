/* viva judge: runs programs on tests, one JSON document a line. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/config.h"
#include "judge/document.h"
#include "lines.h"
#include "viva.h"

enum { BUSY_MS = 50 };

/* Beside this very program, as the build leaves them, or where the configuration says. */
static const char *programs_folder(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	path[len > 0 ? len : 0] = '\0';
	slash = strrchr(path, '/');
	if (slash != NULL) {
		*slash = '\0';
		if (access(arena_printf(arena, "%s/judge-box", path), X_OK) == 0)
			return arena_strdup(arena, path);
	}
	return config_programs_path();
}

static void remove_folder(void *path)
{
	static const char *const names[] = { "probe.json", "probe.lock" };
	char file[PATH_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(file, sizeof(file), "%s/%s", (const char *)path, names[i]);
		unlink(file);
	}
	for (int slot = 0; slot < 64; slot++) {
		snprintf(file, sizeof(file), "%s/slot-%d", (const char *)path, slot);
		unlink(file);
	}
	rmdir(path);
}

/* VIVA_VAR/judge; a folder in TMPDIR where there can be none. */
static const char *judge_folder(struct arena *arena)
{
	const char *temporary = getenv("TMPDIR"), *usual = config_var_path("judge");
	char *path;

	if (mkdir(usual, 0700) == 0 || access(usual, W_OK | X_OK) == 0)
		return usual;
	path = arena_printf(arena, "%s/viva-judge-XXXXXX",
	                    temporary != NULL && temporary[0] != '\0' ? temporary : "/tmp");
	if (mkdtemp(path) == NULL)
		return usual;
	arena_defer(arena, remove_folder, path);
	return path;
}

struct judge *open_judge(struct arena *arena)
{
	const struct judge_setup setup = {
		.programs = programs_folder(arena),
		.folder = judge_folder(arena),
		.tiers = config()->judge_tiers,
		.slots = config()->judge_slots,
		.hidden = config()->home,
	};

	return judge_create(arena, &setup);
}

static enum err wait_for_slot(const struct judge *judge, struct arena *arena, int *ret_slot)
{
	const struct timespec pause = { .tv_nsec = BUSY_MS * 1000000L };
	enum err err;

	while ((err = judge_enter(judge, arena, ret_slot)) == ERR_BUSY)
		nanosleep(&pause, NULL);
	return err;
}

static const char *run_job(const struct judge *judge, struct arena *arena,
                           const struct judge_job *job)
{
	struct judge_result result;
	int slot;
	enum err err = wait_for_slot(judge, arena, &slot);

	if (err != OK)
		return document_error("no place to run it in");
	err = judge_run(judge, arena, slot, job, &result);
	judge_leave(judge, slot);
	if (err == ERR_UPSTREAM)
		return document_error("not judged on this server: the language is not installed");
	return err == OK ? document_result(&result) : document_error(result.compile_message);
}

static const char *answer(void *judge, struct arena *work, const struct buf *line)
{
	struct judge_job job;
	const char *fault;

	if (judge_tier(judge) == NULL)
		return document_error(
		        arena_printf(work, "not judged on this server: %s", judge_refusal(judge)));
	if (document_read(work, line->data, line->len, &job, &fault) != OK)
		return document_error(fault);
	return run_job(judge, work, &job);
}

int judge_documents(struct arena *arena, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return lines_answer(arena, DOCUMENT_MAX, open_judge(arena), answer);
}
