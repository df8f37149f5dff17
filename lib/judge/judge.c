#include "judge/judge.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "judge/judge_internal.h"

const char *judge_verdict_name(enum judge_verdict verdict)
{
	static const char *const names[] = {
		[JUDGE_ERROR] = "judge_error",         [JUDGE_COMPILE_ERROR] = "compile_error",
		[JUDGE_OUTPUT_LIMIT] = "output_limit", [JUDGE_MEMORY_LIMIT] = "memory_limit",
		[JUDGE_TIME_LIMIT] = "time_limit",     [JUDGE_RUNTIME_ERROR] = "runtime_error",
		[JUDGE_WRONG_ANSWER] = "wrong_answer", [JUDGE_ACCEPTED] = "accepted",
	};

	return names[verdict];
}

static int count_slots(int wanted)
{
	cpu_set_t processors;
	int count = 2;

	if (sched_getaffinity(0, sizeof(processors), &processors) == 0)
		count = CPU_COUNT(&processors);
	if (wanted <= 0)
		wanted = count > 1 ? count - 1 : 1;
	return wanted < JUDGE_MAX_SLOTS ? wanted : JUDGE_MAX_SLOTS;
}

/* The path without links and dots; NULL if there is no such thing. */
static const char *real_path(struct arena *arena, const char *path)
{
	char real[PATH_MAX];

	return path == NULL || realpath(path, real) == NULL ? NULL : arena_strdup(arena, real);
}

/* Makes the folder; a message for the operator if it is not ours alone. */
static const char *make_folder(struct arena *arena, const char *path, const char **ret_real)
{
	struct stat found;

	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return arena_printf(arena, "cannot make the folder %s: %s", path, strerror(errno));
	if (lstat(path, &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != geteuid())
		return arena_printf(arena, "%s is not a folder of this user", path);
	if ((found.st_mode & 0777) != 0700 && chmod(path, 0700) != 0)
		return arena_printf(arena, "%s cannot be made private: %s", path, strerror(errno));
	*ret_real = real_path(arena, path);
	return *ret_real == NULL ? arena_printf(arena, "cannot reach %s", path) : NULL;
}

/* What keeps it from even trying, or NULL. */
static const char *prepare(struct judge *judge, struct arena *arena,
                           const struct judge_setup *setup)
{
	const char *fault = make_folder(arena, setup->folder, &judge->folder);

	if (fault != NULL)
		return fault;
	judge->programs = real_path(arena, setup->programs);
	if (judge->programs == NULL ||
	    access(arena_printf(arena, "%s/judge-box", judge->programs), X_OK) != 0)
		return arena_printf(arena, "there is no program judge-box in %s", setup->programs);
	return setup->tiers[0] == '\0' ? "no tier is allowed" : NULL;
}

int judge_count_slots(const char *folder, int wanted, int *ret_taken)
{
	const struct judge judge = { .folder = folder, .slot_count = count_slots(wanted) };
	const bool is_there = access(folder, X_OK) == 0;

	*ret_taken = 0;
	for (int slot = 0; is_there && slot < judge.slot_count; slot++)
		*ret_taken += judge_slot_taken(&judge, slot);
	return judge.slot_count;
}

struct judge *judge_create(struct arena *arena, const struct judge_setup *setup)
{
	struct judge *judge = arena_alloc(arena, sizeof(*judge));
	const char *fault;

	signal(SIGPIPE, SIG_IGN); /* a server may die while it is written to */
	*judge = (struct judge){
		.refusal = "",
		.hidden = real_path(arena, setup->hidden),
		.slot_count = count_slots(setup->slots),
	};
	judge->holders = arena_array(arena, JUDGE_MAX_SLOTS + 1, sizeof(*judge->holders));
	judge->entries = arena_alloc(arena, sizeof(*judge->entries));
	fault = prepare(judge, arena, setup);
	if (fault != NULL)
		judge->refusal = fault;
	else
		judge_probe(judge, arena, setup->tiers);
	return judge;
}

const char *judge_tier(const struct judge *judge)
{
	return judge->tier;
}

const char *judge_refusal(const struct judge *judge)
{
	return judge->refusal;
}

bool judge_has_language(const struct judge *judge, const char *language)
{
	const struct judge_language *row = language_by_name(language);
	char path[PATH_MAX];

	if (judge->tier == NULL || row == NULL)
		return false;
	if (!row->can_fork_none && strcmp(judge->tier, "C") == 0)
		return false;
	for (const char *const *tool = row->tools; tool != NULL && *tool != NULL; tool++)
		if (access(*tool, F_OK) != 0)
			return false;
	if (row->kinds != 1U << JUDGE_SQL)
		return true;
	snprintf(path, sizeof(path), "%s/judge-sql", judge->programs);
	return access(path, X_OK) == 0;
}
