#include "store_fixture.h"

#include <sys/stat.h>
#include <utime.h>

#include "base/config.h"
#include "care/doctor.h"
#include "store/bank.h"

/* The lines of all checks, of the configuration as the environment has it now. */
static struct doctor look(void)
{
	struct doctor doctor = { .arena = arena };

	setenv("VIVA_HOME", ".", 1);
	setenv("VIVA_VAR", folder, 1);
	config_load();
	if (store_open_to_read(database, &doctor.store) == OK)
		arena_defer(arena, store_close, doctor.store);
	else
		doctor.store = NULL;
	doctor_run(&doctor);
	return doctor;
}

static const struct doctor_line *find(const struct doctor *doctor, enum doctor_level level,
                                      const char *text)
{
	for (size_t i = 0; i < doctor->count; i++)
		if (doctor->lines[i].level == level && strstr(doctor->lines[i].text, text) != NULL)
			return &doctor->lines[i];
	printf("# no %s with \"%s\"\n", doctor_level_name(level), text);
	return NULL;
}

static void migrated(void)
{
	fixture_folder();
	CHECK_INT(store_migrate(database, SCHEMA), OK);
}

static void what_is_well_is_said(void)
{
	struct doctor doctor;

	migrated();
	doctor = look();
	CHECK(find(&doctor, DOCTOR_OK, "every VIVA_ name is known") != NULL);
	CHECK(find(&doctor, DOCTOR_OK, "the database is sound") != NULL);
	CHECK(find(&doctor, DOCTOR_OK, "database and keys are for their owner only") != NULL);
	CHECK(find(&doctor, DOCTOR_OK, "no model is configured") != NULL);
	for (size_t i = 0; i < doctor.count; i++)
		CHECK((doctor.lines[i].advice != NULL) == (doctor.lines[i].level != DOCTOR_OK));
	fixture_remove();
}

static void a_mistyped_name_gets_the_nearest(void)
{
	const struct doctor_line *line;
	struct doctor doctor;

	migrated();
	setenv("VIVA_THREDS", "1", 1);
	doctor = look();
	line = find(&doctor, DOCTOR_WARNING, "nothing reads a setting VIVA_THREDS");
	CHECK(line != NULL);
	CHECK_STR(line != NULL ? line->advice : "", "did you mean VIVA_THREADS?");
	unsetenv("VIVA_THREDS");
	CHECK_STR(config_nearest_name("VIVA_BACKUP_DIRECTORY"), "VIVA_BACKUP_DIR");
	fixture_remove();
}

static void unsafe_settings_are_named_without_their_secrets(void)
{
	struct doctor doctor;

	migrated();
	setenv("VIVA_TRUST_PROXY", "1", 1);
	setenv("VIVA_WEBHOOK_PRIVATE", "1", 1);
	setenv("VIVA_WEBHOOK_URL", "http://example.org/hook?key=planted-secret", 1);
	setenv("VIVA_WEBHOOK_SECRET", "whsec_planted-secret", 1);
	setenv("VIVA_BACKUP_KEEP", "many", 1);
	doctor = look();
	CHECK(find(&doctor, DOCTOR_WARNING, "VIVA_TRUST_PROXY is on") != NULL);
	CHECK(find(&doctor, DOCTOR_WARNING, "/metrics has no token") != NULL);
	CHECK(find(&doctor, DOCTOR_WARNING, "VIVA_WEBHOOK_PRIVATE lets") != NULL);
	CHECK(find(&doctor, DOCTOR_WARNING, "webhooks cross the network in the clear") != NULL);
	CHECK(find(&doctor, DOCTOR_ERROR, "VIVA_BACKUP_KEEP cannot be read") != NULL);
	for (size_t i = 0; i < doctor.count; i++)
		CHECK(strstr(doctor.lines[i].text, "planted") == NULL);
	unsetenv("VIVA_WEBHOOK_URL");
	unsetenv("VIVA_WEBHOOK_SECRET");
	setenv("VIVA_TRUST_PROXY", "0", 1);
	setenv("VIVA_WEBHOOK_PRIVATE", "0", 1);
	setenv("VIVA_BACKUP_KEEP", "7,4,6", 1);
	fixture_remove();
}

static void rights_of_others_are_errors(void)
{
	const struct doctor_line *line;
	struct doctor doctor;

	migrated();
	CHECK_INT(chmod(database, 0644), 0);
	CHECK_INT(chmod(folder, 0777), 0);
	doctor = look();
	line = find(&doctor, DOCTOR_ERROR, "viva.db");
	CHECK_STR(line != NULL ? line->advice : "", arena_printf(arena, "chmod 600 %s", database));
	CHECK(find(&doctor, DOCTOR_ERROR, "others may write to") != NULL);
	CHECK_INT(doctor_worst(&doctor), DOCTOR_ERROR);
	fixture_remove();
}

static void a_database_that_cannot_be_opened_is_an_error(void)
{
	struct doctor doctor;

	fixture_folder();
	doctor = look();
	CHECK(find(&doctor, DOCTOR_ERROR, "viva.db is not there") != NULL);
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	CHECK_INT(fixture_sql(database, "PRAGMA user_version = 1"), SQLITE_OK);
	doctor = look();
	CHECK(find(&doctor, DOCTOR_ERROR, "cannot be opened by this program") != NULL);
	fixture_remove();
}

static void what_is_of_the_future_is_noticed(void)
{
	const struct utimbuf later = { 4000000000, 4000000000 };
	struct doctor doctor;

	migrated();
	CHECK_INT(fixture_sql(database, "INSERT INTO audit (at, actor, actor_mark, action, subject,"
	                                " subject_mark, details, hash)"
	                                " VALUES (4000000000000, 0, '', 'x', 0, '', '{}', 'h')"),
	          SQLITE_OK);
	CHECK_INT(utime(database, &later), 0);
	doctor = look();
	CHECK(find(&doctor, DOCTOR_ERROR, "audit log is of the future") != NULL);
	CHECK(find(&doctor, DOCTOR_WARNING, "files of the future") != NULL);
	fixture_remove();
}

static void an_old_backup_is_a_warning(void)
{
	struct doctor doctor;
	const char *shelf;
	FILE *file;

	migrated();
	shelf = arena_printf(arena, "%s/backup", folder);
	CHECK_INT(mkdir(shelf, 0700), 0);
	file = fopen(arena_printf(arena, "%s/viva-20200101T000000Z.backup", shelf), "w");
	CHECK(file != NULL && fclose(file) == 0);
	doctor = look();
	CHECK(find(&doctor, DOCTOR_WARNING, "hours old") != NULL);
	fixture_remove();
}

static void tasks_without_expected_answers_are_counted(void)
{
	struct bank_question task = { .id = "task-1",
		                      .type = "technical",
		                      .track = "backend",
		                      .category = "core",
		                      .level = "middle",
		                      .q_type = "coding",
		                      .enabled = true,
		                      .body = "{}" };
	struct doctor doctor;

	migrated();
	CHECK_INT(store_open(database, &doctor.store), OK);
	CHECK_INT(bank_save(doctor.store, arena, &task), OK);
	task.id = "task-2", task.enabled = false;
	CHECK_INT(bank_save(doctor.store, arena, &task), OK);
	store_close(doctor.store);
	doctor = look();
	CHECK(find(&doctor, DOCTOR_WARNING, "1 coding tasks have no expected answers") != NULL);
	fixture_remove();
}

/* The last of all: what could not be read stays in the list. */
static void unreadable_values_are_errors(void)
{
	struct doctor doctor;

	migrated();
	setenv("VIVA_THREADS", "many", 1);
	doctor = look();
	CHECK(find(&doctor, DOCTOR_ERROR, "VIVA_THREADS must be a whole number") != NULL);
	fixture_remove();
}

/* What the machine's own environment says is not this test's subject. */
static void forget_settings(void)
{
	char name[64];

	for (char **entry = environ; *entry != NULL;) {
		if (sscanf(*entry, "%63[A-Z_]", name) == 1 && strncmp(name, "VIVA_", 5) == 0 &&
		    unsetenv(name) == 0)
			entry = environ;
		else
			entry++;
	}
}

int main(void)
{
	forget_settings();
	RUN(what_is_well_is_said);
	RUN(a_mistyped_name_gets_the_nearest);
	RUN(unsafe_settings_are_named_without_their_secrets);
	RUN(rights_of_others_are_errors);
	RUN(a_database_that_cannot_be_opened_is_an_error);
	RUN(what_is_of_the_future_is_noticed);
	RUN(an_old_backup_is_a_warning);
	RUN(tasks_without_expected_answers_are_counted);
	RUN(unreadable_values_are_errors);
	return check_done();
}
