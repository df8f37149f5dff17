#include "check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/config.h"
#include "base/log.h"
#include "base/place.h"
#include "fixture.h"

static char *read_all(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = arena_alloc(arena, 65536);

	if (file == NULL)
		return text;
	text[fread(text, 1, 65535, file)] = '\0';
	fclose(file);
	return text;
}

static const char *folder;

static void environment_wins_over_the_file(void)
{
	static const char env[] = "# a comment\nVIVA_THREADS = 3\nMAX_TURNS='40'\n"
	                          "VIVA_BASE_PATH=\"/viva\"\nno equals sign\n";

	write_file(folder, ".env", env, strlen(env));
	setenv("VIVA_HOME", folder, 1);
	setenv("MAX_TURNS", "50", 1);
	CHECK(config_load() == OK);
	CHECK_INT(config()->threads, 3);
	CHECK_INT(config()->max_turns, 50);
	CHECK_STR(config()->base_path, "/viva");
	CHECK_INT(config()->question_count, 10);
	CHECK_STR(config_home_path("templates"), arena_printf(arena, "%s/templates", folder));
}

static void make_folders(const char *path)
{
	char *copy = arena_strdup(arena, path);

	for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(copy, 0700);
		*slash = '/';
	}
	CHECK(mkdir(copy, 0700) == 0);
}

static void a_tree_works_where_it_lies(void)
{
	struct place place;
	const char *root = arena_printf(arena, "%s/moved", folder);
	const char *home = arena_printf(arena, "%s/share/viva", root);

	CHECK(!place_of(arena, arena_printf(arena, "%s/bin/viva", root), &place));
	make_folders(arena_printf(arena, "%s/bin", root));
	make_folders(arena_printf(arena, "%s/lib/viva", root));
	make_folders(home);
	write_file(home, "schema.sql", "", 0);
	CHECK(place_of(arena, arena_printf(arena, "%s/bin/viva", root), &place));
	CHECK_STR(place.home, home);
	CHECK_STR(place.programs, arena_printf(arena, "%s/lib/viva", root));
	CHECK_STR(place.var, arena_printf(arena, "%s/var", root));
	CHECK_STR(place.settings, arena_printf(arena, "%s/etc/viva.env", root));
	CHECK(place_of(arena, arena_printf(arena, "%s/lib/viva/account", root), &place));
	CHECK_STR(place.home, home);
	CHECK(!place_of(arena, arena_printf(arena, "%s/elsewhere/account", root), &place));
	CHECK(!place_of(arena, "account", &place));
}

static void a_source_tree_is_its_own_home(void)
{
	struct place place;
	const char *root = arena_printf(arena, "%s/sources", folder);
	const char *variant = arena_printf(arena, "%s/build/san", root);

	make_folders(variant);
	write_file(root, "schema.sql", "", 0);
	CHECK(place_of(arena, arena_printf(arena, "%s/account", variant), &place));
	CHECK_STR(place.home, root);
	CHECK_STR(place.programs, arena_printf(arena, "%s/build", root));
	CHECK_STR(place.var, arena_printf(arena, "%s/var", root));
	CHECK(place.settings == NULL);
	write_file(variant, "judge-box", "", 0);
	CHECK(place_of(arena, arena_printf(arena, "%s/account", variant), &place));
	CHECK_STR(place.programs, variant);
	CHECK(place_of(arena, arena_printf(arena, "%s/build/viva", root), &place));
	CHECK_STR(place.home, root);
}

static void what_a_tree_brings_along_is_used(void)
{
	const char *words = arena_printf(arena, "%s/cracklib", folder);

	unsetenv("FONTCONFIG_FILE");
	CHECK_INT(config_load(), OK);
	CHECK(getenv("FONTCONFIG_FILE") == NULL);
	CHECK(strncmp(config()->password_dictionary, folder, strlen(folder)) != 0);
	make_folders(words);
	write_file(folder, "fonts.conf", "", 0);
	write_file(words, "cracklib_dict.pwd", "", 0);
	CHECK_INT(config_load(), OK);
	CHECK_STR(getenv("FONTCONFIG_FILE"), arena_printf(arena, "%s/fonts.conf", folder));
	CHECK_STR(getenv("XDG_CACHE_HOME"), config_var_path("cache"));
	CHECK_STR(config()->password_dictionary, arena_printf(arena, "%s/cracklib_dict", words));
}

static void bad_values_are_refused(void)
{
	setenv("VIVA_THREADS", "0", 1);
	CHECK(config_load() == ERR_INVALID);
	setenv("VIVA_THREADS", "many", 1);
	CHECK(config_load() == ERR_INVALID);
	setenv("VIVA_THREADS", "4", 1);
	setenv("VIVA_TRUST_PROXY", "yes", 1);
	CHECK(config_load() == ERR_INVALID);
	setenv("VIVA_TRUST_PROXY", "1", 1);
	CHECK(config_load() == OK);
	CHECK(config()->trust_proxy);
}

/* Root may read whatever it is: the question is put by a process that may not. */
static bool is_refused_to_others(void)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		_exit(config_load() == ERR_INVALID ? 0 : 1);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	return status == 0;
}

static void a_file_that_cannot_be_read_is_refused(void)
{
	const char *home = arena_printf(arena, "%s/unread", folder);
	const char *path = arena_printf(arena, "%s/.env", home);
	char line[5001];
	size_t faults = 0;

	CHECK_INT(mkdir(home, 0711), 0);
	CHECK_INT(chmod(folder, 0711), 0);
	setenv("VIVA_HOME", home, 1);
	CHECK(config_load() == OK);
	write_file(home, ".env", "MAX_TURNS=7\n", 12);
	CHECK_INT(chmod(path, 0), 0);
	CHECK(is_refused_to_others());
	CHECK_INT(chmod(path, 0600), 0);
	CHECK(config_load() == OK);
	memset(line, 'x', sizeof(line));
	memcpy(line, "OPENAI_API_KEY=", 15);
	write_file(home, ".env", line, sizeof(line));
	CHECK(config_load() == ERR_INVALID);
	while (config_faults()[faults] != NULL)
		faults++;
	CHECK(faults > 0 && strstr(config_faults()[faults - 1], "a line of more than") != NULL);
	setenv("VIVA_HOME", folder, 1);
	CHECK(config_load() == OK);
}

static void log_folder_has_three_forms(void)
{
	setenv("VIVA_VAR", folder, 1);
	unsetenv("VIVA_LOG_DIR");
	CHECK(config_load() == OK);
	CHECK_STR(config_log_folder(), arena_printf(arena, "%s/log", folder));
	setenv("VIVA_LOG_DIR", "-", 1);
	CHECK(config_load() == OK);
	CHECK(config_log_folder() == NULL);
}

static void table_documents_every_setting(void)
{
	const char *path = arena_printf(arena, "%s/table.md", folder);
	FILE *out = fopen(path, "w");
	const char *text;

	config_print(out);
	fclose(out);
	text = read_all(path);
	CHECK(strstr(text, "| `VIVA_THREADS` | `8` |") != NULL);
	CHECK(strstr(text, "| `VIVA_TRUST_PROXY` | `0` |") != NULL);
	CHECK(strstr(text, "`APP_TZ_OFFSET`") != NULL);
}

static void log_lines_cannot_be_forged(void)
{
	const char *path = arena_printf(arena, "%s/system.log", folder);
	const char *text;

	log_open("test", folder, 120);
	log_set_request("abc123");
	log_error("first\nsecond %d", 7);
	log_set_request("");
	text = read_all(path);
	CHECK(strstr(text, "+02:00 error test[") != NULL);
	CHECK(strstr(text, " req=abc123 first\\x0asecond 7\n") != NULL);
}

/* Terminals obey C1 controls and turn text around at bidi marks; letters stay as they are. */
static void log_lines_obey_no_terminal(void)
{
	static const char text[] = "a\x1b[2J b\xc2\x9b 31m c\xe2\x80\xae d \xff e\xe2\x80\xa8 Їжак";
	static const char line[] = " a\\x1b[2J b\\xc2\\x9b 31m c\\xe2\\x80\\xae d \\xff "
	                           "e\\xe2\\x80\\xa8 Їжак\n";

	log_error("%s", text);
	CHECK(strstr(read_all(arena_printf(arena, "%s/system.log", folder)), line) != NULL);
}

static void log_follows_a_rotation(void)
{
	const char *path = arena_printf(arena, "%s/system.log", folder);
	const char *old = arena_printf(arena, "%s/system.log.1", folder);

	CHECK_INT(rename(path, old), 0);
	sleep(2);
	log_info("after the rotation");
	CHECK(strstr(read_all(path), "after the rotation") != NULL);
	CHECK(strstr(read_all(old), "after the rotation") == NULL);
}

static void log_folder_is_made_again(void)
{
	const char *path = arena_printf(arena, "%s/logs", folder);

	log_open("test", path, 0);
	log_info("before");
	remove_folder((void *)(uintptr_t)path);
	sleep(2);
	log_info("after the folder was gone");
	CHECK(strstr(read_all(arena_printf(arena, "%s/system.log", path)), "was gone") != NULL);
	log_open("test", folder, 0);
}

static void requests_go_to_the_personal_log(void)
{
	const struct log_access access = {
		.method = "GET",
		.path = "/x\r\nforged",
		.user_id = "u1",
		.address = "::1",
		.status = 404,
		.microseconds = 1500,
	};
	const char *text;

	log_request(&access);
	text = read_all(arena_printf(arena, "%s/personal.log", folder));
	CHECK(strstr(text, "GET /x\\x0d\\x0aforged status=404 ms=1.50 user=u1 from=::1\n") != NULL);
}

static void no_field_of_a_request_is_made_up_in_its_path(void)
{
	const struct log_access access = {
		.method = "GET",
		.path = "/x status=200 ms=1.00 user=admin from=6.6.6.6",
		.address = "1.2.3.4 status=200",
		.status = 404,
		.microseconds = 1500,
	};
	const char *text;

	log_request(&access);
	text = read_all(arena_printf(arena, "%s/personal.log", folder));
	CHECK(strstr(text, "GET /x\\x20status=200\\x20ms=1.00\\x20user=admin\\x20from=6.6.6.6 "
	                   "status=404 ms=1.50 user=- from=1.2.3.4\\x20status=200\n") != NULL);
}

int main(void)
{
	char template[] = "/tmp/viva-config-XXXXXX";

	folder = mkdtemp(template);
	RUN(environment_wins_over_the_file);
	RUN(a_tree_works_where_it_lies);
	RUN(a_source_tree_is_its_own_home);
	RUN(what_a_tree_brings_along_is_used);
	RUN(bad_values_are_refused);
	RUN(a_file_that_cannot_be_read_is_refused);
	RUN(log_folder_has_three_forms);
	RUN(table_documents_every_setting);
	RUN(log_lines_cannot_be_forged);
	RUN(log_lines_obey_no_terminal);
	RUN(log_follows_a_rotation);
	RUN(log_folder_is_made_again);
	RUN(requests_go_to_the_personal_log);
	RUN(no_field_of_a_request_is_made_up_in_its_path);
	remove_folder(template);
	return check_done();
}
