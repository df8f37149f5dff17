#include "judge_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void without_programs_it_refuses(void)
{
	struct judge_setup setup = fixture_setup;
	struct judge_case test = { .args = fixture_json("[]") };
	struct judge_job job = fixture_job("python", "def f(): pass", &test, 1);
	struct judge_result result;
	struct judge *judge;
	int slot;

	setup.programs = "/nonexistent";
	judge = judge_create(arena, &setup);
	CHECK(judge_tier(judge) == NULL);
	CHECK(strstr(judge_refusal(judge), "judge-box") != NULL);
	CHECK(!judge_has_language(judge, "python"));
	CHECK_INT(judge_enter(judge, arena, &slot), ERR_UPSTREAM);
	CHECK_INT(judge_run(judge, arena, 0, &job, &result), ERR_UPSTREAM);
}

static void the_folder_must_be_its_own(void)
{
	struct judge_setup setup = fixture_setup;
	char *file = arena_printf(arena, "%s/file", fixture_folder);
	struct stat found;

	close(open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	setup.folder = file;
	CHECK(judge_tier(judge_create(arena, &setup)) == NULL);
	setup.folder = arena_printf(arena, "%s/no/such", fixture_folder);
	CHECK(judge_tier(judge_create(arena, &setup)) == NULL);
	unlink(file);
	CHECK_INT(symlink("/tmp", file), 0);
	setup.folder = file;
	CHECK(judge_tier(judge_create(arena, &setup)) == NULL);
	unlink(file);
	chmod(fixture_folder, 0755);
	judge_create(arena, &fixture_setup);
	CHECK_INT(stat(fixture_folder, &found), 0);
	CHECK_INT(found.st_mode & 0777, 0700);
}

static void no_tier_that_is_not_allowed(void)
{
	struct judge_setup setup = fixture_setup;

	setup.tiers = "";
	CHECK(judge_tier(judge_create(arena, &setup)) == NULL);
	setup.tiers = "Z9";
	CHECK(judge_tier(judge_create(arena, &setup)) == NULL);
	CHECK(judge_refusal(judge_create(arena, &setup))[0] != '\0');
}

/* Changes the cached answer, so that it shows whether the cache is read. */
static void poison_cache(void)
{
	char *path = arena_printf(arena, "%s/probe.json", fixture_folder);
	cJSON *cache = NULL, *answer;
	FILE *file;

	CHECK_INT(json_parse_file(arena, path, 65536, &cache), OK);
	answer = cJSON_GetObjectItem(cache, "answer");
	cJSON_DeleteItemFromObject(answer, "tier");
	json_set_string(answer, "tier", "cached");
	file = fopen(path, "we");
	fputs(json_text(cache), file);
	fclose(file);
}

static void the_probe_is_cached(void)
{
	struct judge_setup setup = fixture_setup;
	struct judge *judge = fixture_judge();
	const char *tier = judge == NULL ? NULL : judge_tier(judge);

	if (tier == NULL)
		return;
	poison_cache();
	CHECK_STR(judge_tier(judge_create(arena, &fixture_setup)), "cached");
	setup.tiers = arena_printf(arena, "%s,%s", tier, tier); /* another question */
	CHECK_STR(judge_tier(judge_create(arena, &setup)), tier);
	unlink(arena_printf(arena, "%s/probe.json", fixture_folder));
	CHECK_STR(judge_tier(judge_create(arena, &fixture_setup)), tier);
}

static void languages_are_looked_up(void)
{
	struct judge *judge = fixture_judge();

	if (judge == NULL)
		return;
	CHECK_INT(judge_has_language(judge, "python"), access("/usr/bin/python3", F_OK) == 0);
	CHECK(!judge_has_language(judge, "cobol"));
	CHECK(!judge_has_language(judge, ""));
}

static void slots_are_taken_and_left(void)
{
	struct judge *judge = fixture_judge(), *other;
	struct arena *first = arena_create(), *second = arena_create();
	int slots[4], slot;

	if (judge == NULL)
		return;
	other = judge_create(arena, &fixture_setup);
	for (int i = 0; i < 4; i++) {
		CHECK_INT(judge_enter(judge, i < 2 ? first : second, &slots[i]), OK);
		CHECK_INT(slots[i], i);
		CHECK(judge_slot_taken(judge, i));
		CHECK(judge_slot_taken(other, i));
	}
	CHECK_INT(judge_enter(judge, second, &slot), ERR_BUSY);
	CHECK_INT(judge_enter(other, second, &slot), ERR_BUSY);
	judge_leave(judge, 1);
	CHECK(!judge_slot_taken(judge, 1));
	CHECK(!judge_slot_taken(other, 1));
	CHECK_INT(judge_enter(judge, second, &slot), OK);
	CHECK_INT(slot, 1);
	/* The first arena had slot 1, but has it no more. */
	arena_destroy(first);
	CHECK(!judge_slot_taken(judge, 0));
	CHECK(judge_slot_taken(judge, 1));
	arena_destroy(second);
	for (int i = 0; i < 4; i++)
		CHECK(!judge_slot_taken(judge, i));
	judge_leave(judge, 1); /* once more does no harm */
	CHECK(!judge_slot_taken(judge, -1));
	CHECK(!judge_slot_taken(judge, 4));
}

static void a_dead_process_leaves_its_slot(void)
{
	struct judge *judge = fixture_judge();
	int pipe_ends[2], slot = -1;
	char byte;
	pid_t pid;

	if (judge == NULL || pipe(pipe_ends) != 0)
		return;
	pid = fork();
	if (pid == 0) {
		bool entered = judge_enter(judge, arena, &slot) == OK;

		(void)!write(pipe_ends[1], entered ? "y" : "n", 1);
		pause();
		_exit(0);
	}
	CHECK_INT(read(pipe_ends[0], &byte, 1), 1);
	CHECK_INT(byte, 'y');
	CHECK(judge_slot_taken(judge, 0));
	CHECK_INT(judge_enter(judge, arena, &slot), OK);
	CHECK_INT(slot, 1);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	CHECK(!judge_slot_taken(judge, 0));
	close(pipe_ends[0]);
	close(pipe_ends[1]);
}

static void verdicts_have_names(void)
{
	CHECK_STR(judge_verdict_name(JUDGE_ERROR), "judge_error");
	CHECK_STR(judge_verdict_name(JUDGE_ACCEPTED), "accepted");
}

int main(void)
{
	fixture_open();
	RUN(without_programs_it_refuses);
	RUN(the_folder_must_be_its_own);
	RUN(no_tier_that_is_not_allowed);
	RUN(the_probe_is_cached);
	RUN(languages_are_looked_up);
	RUN(slots_are_taken_and_left);
	RUN(a_dead_process_leaves_its_slot);
	RUN(verdicts_have_names);
	fixture_close();
	return check_done();
}
