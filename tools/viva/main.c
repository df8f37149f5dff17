/* viva: the operator's command. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "base/log.h"
#include "viva.h"
#include "web/token.h"

struct command {
	const char *words, *arguments, *meaning;
	int (*run)(struct arena *arena, int argc, char **argv);
	int arguments_min, arguments_max;
};

static int print_config(struct arena *arena, int argc, char **argv)
{
	(void)arena;
	(void)argc;
	(void)argv;
	config_print(stdout);
	return 0;
}

static const struct command commands[] = {
	{ "admin create", "NAME", "makes an admin; asks for the password", admin_create, 1, 1 },
	{ "admin exists", "", "exit status 0 when there is an admin", admin_exists, 0, 0 },
	{ "appeals labels", "", "prints what persons decided about key points, as graded answers",
	  appeals_labels, 0, 0 },
	{ "audit head", "", "prints the hash of the audit log's newest row", audit_show_head, 0,
	  0 },
	{ "audit list", "[--rows N] [--action WORD]", "prints the audit log, newest first",
	  audit_print, 0, 4 },
	{ "audit verify", "[--head HASH]", "says whether the audit log is whole", audit_verify_log,
	  0, 2 },
	{ "backup", "[--daily] [FILE|FOLDER] | --check FILE",
	  "copies the database into one file, while it is in use", backup_database, 0, 2 },
	{ "bank check", "[--verbose] [--whole] [--prove] [FOLDER]", "validates the question bank",
	  bank_check, 0, 4 },
	{ "bank import", "[--overwrite|--if-changed] [FOLDER]", "copies the bank into the database",
	  bank_import, 0, 2 },
	{ "bank statistics", "[--csv] [--rebuild]", "prints what interviews tell of its items",
	  bank_statistics, 0, 2 },
	{ "config", "", "prints the configuration table as Markdown", print_config, 0, 0 },
	{ "doctor", "[--json] [--whole]", "says how the installation is and what to do",
	  doctor_look, 0, 2 },
	{ "explain", "INTERVIEW QUESTION [--json]", "tells how the mark of an answer came about",
	  explain_grade, 2, 3 },
	{ "export-traces", "", "sends traces that were not sent yet", export_traces, 0, 0 },
	{ "judge", "", "judges one JSON document a line", judge_documents, 0, 0 },
	{ "keys list", "", "lists the keys that reports are signed with", keys_list, 0, 0 },
	{ "keys rotate", "", "signs reports with a new key from now on", keys_rotate, 0, 0 },
	{ "llm check", "[--json]", "says whether the configured model answers", llm_check, 0, 1 },
	{ "migrate", "[--pending]", "creates the database or brings it up to date", migrate, 0, 1 },
	{ "refresh-questions", "[--role ID] [--count N] [--tasks N] [--dry-run]",
	  "has a model write new questions", refresh_questions, 0, 7 },
	{ "replay", "INTERVIEW [--json]", "makes a report anew from the records and compares it",
	  replay, 1, 2 },
	{ "rescore", "INTERVIEW|--all [--reason TEXT]",
	  "grades anew with the scorers of now; what was is kept", rescore, 1, 3 },
	{ "restore", "FILE [--into FOLDER] [--force]", "goes on from a backup", restore_database, 1,
	  4 },
	{ "score", "", "grades one JSON document a line", score_lines, 0, 0 },
	{ "user reset", "NAME [--second-factor]", "makes a code for a new password", user_reset, 1,
	  2 },
	{ "verify", "FILE|INTERVIEW|--all [--json]", "computes reports anew and says what differs",
	  verify_reports, 1, 2 },
	{ "webhook send", "", "sends the events that are due", webhook_send_due, 0, 0 },
	{ "webhook test", "", "sends a signed test event and says what came back", webhook_test, 0,
	  0 },
	{ "work", "", "does once what FastCGI programs do beside requests", work_once, 0, 0 },
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

static int usage(void)
{
	fputs("usage: viva COMMAND\n\n", stderr);
	for (int i = 0; i < COMMAND_COUNT; i++)
		fprintf(stderr, "  %-13s %-20s  %s\n", commands[i].words, commands[i].arguments,
		        commands[i].meaning);
	return 2;
}

/* Number of leading arguments that the command's words take, 0 if they differ. */
static int words_matched(const char *words, int argc, char **argv)
{
	char joined[64];

	for (int count = 1; count <= 2 && count < argc; count++) {
		snprintf(joined, sizeof(joined), "%s%s%s", argv[1], count == 2 ? " " : "",
		         count == 2 ? argv[2] : "");
		if (strcmp(joined, words) == 0)
			return count;
	}
	return 0;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct arena *arena;
	int status;

	if (argc < command->arguments_min || argc > command->arguments_max)
		return usage();
	arena = arena_create();
	json_bind(arena);
	status = command->run(arena, argc, argv);
	json_bind(NULL);
	arena_destroy(arena);
	return status;
}

int main(int argc, char **argv)
{
	const bool is_doctor = argc > 1 && strcmp(argv[1], "doctor") == 0;

	signal(SIGXFSZ, SIG_IGN); /* a file that may grow no more is a fault to be told */
	if ((config_load() != OK && !is_doctor) || !token_init())
		return 1;
	log_open("viva", NULL, config()->tz_offset_min);
	for (int i = 0; i < COMMAND_COUNT; i++) {
		int words = words_matched(commands[i].words, argc, argv);

		if (words > 0)
			return run(&commands[i], argc - 1 - words, argv + 1 + words);
	}
	return usage();
}
