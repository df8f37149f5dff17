/* A judge with the real sandbox, in a folder of its own. */
#ifndef VIVA_TESTS_JUDGE_FIXTURE_H
#define VIVA_TESTS_JUDGE_FIXTURE_H

#include "check.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "judge/judge.h"

static char fixture_folder[PATH_MAX], fixture_programs[PATH_MAX];
static struct judge_setup fixture_setup = { .tiers = "A1,A2,B,C", .slots = 4 };

/* The programs are built into the folder above the one of the tests. */
static inline void fixture_open(void)
{
	char path[PATH_MAX] = "";
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	path[len > 0 ? len : 0] = '\0';
	for (int i = 0; i < 2; i++)
		*strrchr(path, '/') = '\0';
	snprintf(fixture_programs, sizeof(fixture_programs), "%s", path);
	snprintf(fixture_folder, sizeof(fixture_folder), "/tmp/viva-judge-test-XXXXXX");
	if (mkdtemp(fixture_folder) == NULL)
		abort();
	fixture_setup.programs = fixture_programs;
	fixture_setup.folder = fixture_folder;
	log_open("judge_test", fixture_folder, 0); /* what is broken on purpose is not shown */
}

static inline void fixture_close(void)
{
	DIR *folder = opendir(fixture_folder);
	struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder != NULL)
		closedir(folder);
	rmdir(fixture_folder);
}

/* NULL, and a line that says so, where no sandbox works or it was not built. */
static inline struct judge *fixture_judge(void)
{
	struct judge *judge = judge_create(arena, &fixture_setup);

	if (judge_tier(judge) != NULL)
		return judge;
	printf("# skipped: %s\n", judge_refusal(judge));
	CHECK(getenv("VIVA_NEEDS_JUDGE") == NULL);
	return NULL;
}

static inline struct judge_job fixture_job(const char *language, const char *code,
                                           const struct judge_case *cases, size_t count)
{
	const struct judge_limits limits = JUDGE_DEFAULT_LIMITS;

	return (struct judge_job){
		.language = language,
		.kind = JUDGE_FUNCTION,
		.function = "f",
		.code = code,
		.code_len = strlen(code),
		.cases = cases,
		.count = count,
		.limits = limits,
	};
}

static inline const cJSON *fixture_json(const char *text)
{
	cJSON *value = NULL;

	if (json_parse(text, strlen(text), &value) != OK)
		abort();
	return value;
}

#endif
