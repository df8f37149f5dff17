#include "store_fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/lock.h"
#include "care/restore.h"
#include "care/shelf.h"
#include "store/snapshot.h"

static const int64_t DAY = 24 * 3600 * 1000LL, HOUR = 3600 * 1000LL;
static const int64_t NOON = 1795262400000; /* Saturday, 2026-11-21 12:00 UTC */

static struct buf read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf bytes;
	size_t len;

	buf_init(&bytes, arena);
	while (file != NULL && (len = fread(buf_reserve(&bytes, 65536), 1, 65536, file)) > 0)
		bytes.len += len;
	CHECK(file != NULL);
	if (file != NULL)
		fclose(file);
	return bytes;
}

static void write_bytes(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	CHECK(file != NULL && fwrite(bytes, 1, len, file) == len);
	if (file != NULL)
		fclose(file);
}

static const char *in_folder(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

static void keep(const char *name, const char *value)
{
	CHECK_INT(fixture_sql(database,
	                      arena_printf(arena,
	                                   "INSERT INTO settings VALUES ('%s', '%s')"
	                                   " ON CONFLICT DO UPDATE SET value = excluded.value",
	                                   name, value)),
	          SQLITE_OK);
}

/* --- a file ------------------------------------------------------------------------- */

static void a_backup_is_a_database_with_a_manifest(void)
{
	const char *path, *fault = "";
	struct backup made, read;
	struct stat status;

	fixture_store();
	path = in_folder("one.backup");
	keep("note", "kept");
	CHECK_INT(backup_make(arena, database, path, &made, &fault), OK);
	keep("note", "later");
	CHECK_INT(stat(path, &status), 0);
	CHECK_INT(status.st_mode & 0777, 0600);
	CHECK_INT(backup_read(arena, path, &read, &fault), OK);
	CHECK_INT(read.edition, snapshot_newest_edition());
	CHECK_INT(read.made_at, made.made_at);
	CHECK_INT(read.row_count, made.row_count);
	CHECK_STR(read.sha256, made.sha256);
	CHECK_INT(backup_check(arena, path, &read, &fault), OK);
	CHECK_INT(backup_unpack(arena, path, &read, in_folder("new.db"), &fault), OK);
	CHECK_STR(
	        fixture_ask(in_folder("new.db"), "SELECT value FROM settings WHERE name = 'note'"),
	        "kept");
	CHECK_INT(backup_make(arena, database, path, &made, &fault), ERR_CONFLICT);
	CHECK_INT(backup_unpack(arena, path, &read, in_folder("new.db"), &fault), ERR_CONFLICT);
	fixture_remove();
}

/* What it was, and no file of ours is left of the try to unpack it. */
static enum err try_bytes(const char *bytes, size_t len, const char **ret_fault)
{
	const char *path = in_folder("bad.backup"), *target = in_folder("bad.db");
	struct backup backup;
	enum err err;

	write_bytes(path, bytes, len);
	*ret_fault = "";
	err = backup_read(arena, path, &backup, ret_fault);
	if (err == OK) {
		CHECK_INT(backup_check(arena, path, &backup, ret_fault), ERR_INVALID);
		err = backup_unpack(arena, path, &backup, target, ret_fault);
	}
	CHECK(access(target, F_OK) != 0);
	return err;
}

static void every_damage_is_refused(void)
{
	const char *path, *fault;
	struct backup backup;
	struct buf whole;

	fixture_store();
	path = in_folder("one.backup");
	keep("note", "kept");
	CHECK_INT(backup_make(arena, database, path, &backup, &fault), OK);
	whole = read_file(path);
	for (size_t i = 0; i < 60; i++) {
		const size_t at = i < 30 ? whole.len * i / 30 : whole.len - 1 - (i - 30) * 40;
		const char was = whole.data[at];

		whole.data[at] = (char)(was ^ 1);
		CHECK_INT(try_bytes(whole.data, whole.len, &fault), ERR_INVALID);
		CHECK(fault[0] != '\0');
		whole.data[at] = was;
	}
	for (size_t i = 0; i < 20; i++)
		CHECK_INT(try_bytes(whole.data, whole.len * i / 20, &fault), ERR_INVALID);
	buf_char(&whole, '\n');
	CHECK_INT(try_bytes(whole.data, whole.len, &fault), ERR_INVALID);
	fixture_remove();
}

/* A file whose every hash is right, made by one who wants to do harm. */
static void add_forged_end(struct buf *file, const char *manifest)
{
	buf_str(file, manifest);
	buf_printf(file, "\nviva-backup 1 %010zu %s\n", strlen(manifest),
	           hash_bytes(arena, manifest, strlen(manifest)));
}

static void what_was_forged_is_refused(void)
{
	static const char *const manifests[] = {
		"",
		"[]",
		"{}",
		"{\"program\":\"tar\",\"format\":1}",
		"{\"program\":\"viva\",\"format\":1,\"edition\":1e300,\"made_at\":1e300,"
		"\"database\":{\"bytes\":1e300,\"sha256\":\"x\"},\"rows\":{\"users\":1e300}}",
		"{\"program\":\"viva\",\"format\":1,\"edition\":7,\"made_at\":1,"
		"\"database\":{\"bytes\":-1,\"sha256\":\"x\"},\"rows\":{\"users\":-5}}",
		"{\"program\":\"viva\",\"format\":1,\"edition\":7,\"made_at\":1,"
		"\"database\":{\"bytes\":4096,\"sha256\":\"../../x\"},\"rows\":{\"../x\":1}}",
	};
	const char *fault;
	struct buf file;

	fixture_folder();
	for (size_t i = 0; i < sizeof(manifests) / sizeof(*manifests); i++) {
		buf_init(&file, arena);
		memset(buf_reserve(&file, 4096), 0, 4096);
		file.len = 4096;
		add_forged_end(&file, manifests[i]);
		CHECK_INT(try_bytes(file.data, file.len, &fault), ERR_INVALID);
	}
	CHECK_INT(try_bytes("\nviva-backup 1 9999999999 0\n", 28, &fault), ERR_INVALID);
	fixture_remove();
}

/* Another program's database with right hashes, and one of ours with a row too few. */
static void a_database_must_be_what_the_manifest_says(void)
{
	const char *other, *fault;
	const char *tables = "{\"t\":0}";
	struct buf file;

	fixture_store();
	other = in_folder("other.db");
	for (int i = 0; i < 2; i++) {
		if (i == 0)
			CHECK_INT(fixture_sql(other, "PRAGMA user_version = 7; CREATE TABLE t (a)"),
			          SQLITE_OK);
		else
			snapshot_settle(database);
		file = read_file(i == 0 ? other : database);
		add_forged_end(&file,
		               arena_printf(arena,
		                            "{\"program\":\"viva\",\"format\":1,\"edition\":%d,"
		                            "\"made_at\":1,\"database\":{\"bytes\":%zu,"
		                            "\"sha256\":\"%s\"},\"rows\":%s}",
		                            snapshot_newest_edition(), file.len,
		                            hash_bytes(arena, file.data, file.len), tables));
		CHECK_INT(try_bytes(file.data, file.len, &fault), ERR_INVALID);
		CHECK(strstr(fault, i == 0 ? "no database of Viva" : "other tables") != NULL);
	}
	fixture_remove();
}

static void a_folder_that_cannot_be_written_is_named(void)
{
	const char *fault = "";
	struct backup backup;

	fixture_store();
	CHECK_INT(backup_make(arena, database, in_folder("no/such/folder.backup"), &backup, &fault),
	          ERR_INTERNAL);
	CHECK(strstr(fault, "No such file") != NULL);
	CHECK_INT(backup_make(arena, in_folder("none.db"), in_folder("a.backup"), &backup, &fault),
	          ERR_INTERNAL);
	CHECK(access(in_folder("a.backup"), F_OK) != 0);
	CHECK(access(in_folder("a.backup.part"), F_OK) != 0);
	fixture_remove();
}

static atomic_bool is_over;

/* Both numbers are raised in one transaction, again and again. */
static void *write_pairs(void *path)
{
	while (!is_over)
		fixture_sql(path, "BEGIN IMMEDIATE;"
		                  "UPDATE settings SET value = value + 1 WHERE name = 'one';"
		                  "UPDATE settings SET value = value + 1 WHERE name = 'two';"
		                  "UPDATE settings SET value = hex(randomblob(900000))"
		                  " WHERE name = 'bulk'; COMMIT");
	return NULL;
}

static void a_backup_under_writes_is_one_moment(void)
{
	pthread_t writer;
	const char *fault = "", *path;
	struct backup backup;

	fixture_store();
	keep("one", "0");
	keep("two", "0");
	keep("bulk", "");
	is_over = false;
	pthread_create(&writer, NULL, write_pairs, database);
	for (int i = 0; i < 5; i++) {
		path = in_folder(arena_printf(arena, "%d.backup", i));
		CHECK_INT(backup_make(arena, database, path, &backup, &fault), OK);
		CHECK_STR(fault == NULL ? "" : fault, "");
		CHECK_INT(backup_check(arena, path, &backup, &fault), OK);
		CHECK_INT(backup_unpack(arena, path, &backup, in_folder("copy.db"), &fault), OK);
		CHECK_STR(fixture_ask(in_folder("copy.db"),
		                      "SELECT count(DISTINCT value) FROM settings"
		                      " WHERE name IN ('one','two')"),
		          "1");
		unlink(in_folder("copy.db"));
	}
	is_over = true;
	pthread_join(writer, NULL);
	CHECK(atoll(fixture_ask(database, "SELECT value FROM settings WHERE name = 'one'")) > 0);
	fixture_remove();
}

/* --- in place of another ----------------------------------------------------------------- */

static void the_old_database_is_put_aside_whole(void)
{
	const char *aside = NULL, *fault = "", *fresh;

	fixture_folder();
	fresh = in_folder("fresh.db");
	CHECK_INT(store_migrate(database, SCHEMA), OK);
	CHECK_INT(store_migrate(fresh, SCHEMA), OK);
	keep("which", "old");
	CHECK_INT(restore_swap(arena, database, fresh, &aside, &fault), OK);
	CHECK(aside != NULL && access(fresh, F_OK) != 0);
	CHECK_STR(fixture_ask(aside, "SELECT value FROM settings WHERE name = 'which'"), "old");
	CHECK_STR(fixture_ask(database, "SELECT value FROM settings WHERE name = 'which'"),
	          "(none)");
	fixture_remove();
}

static void a_folder_in_use_is_not_taken(void)
{
	struct arena *other = arena_create();
	struct lock *lock;
	const char *fault = "", *locks;

	fixture_folder();
	locks = in_folder("locks");
	CHECK_INT(lock_share(other, locks, LOCK_PROGRAMS, 0, &lock), OK);
	CHECK_INT(lock_share(other, locks, LOCK_PROGRAMS, 0, &lock), OK);
	CHECK_INT(restore_hold(arena, folder, &fault), ERR_BUSY);
	CHECK(strstr(fault, "stop them") != NULL);
	arena_destroy(other);
	CHECK_INT(restore_hold(arena, folder, &fault), OK);
	other = arena_create();
	CHECK_INT(lock_share(other, locks, LOCK_PROGRAMS, 0, &lock), ERR_BUSY);
	arena_destroy(other);
	fixture_remove();
}

/* --- the shelf ------------------------------------------------------------------------------ */

static void a_rule_is_three_numbers(void)
{
	static const char *const wrong[] = { "",         "7",      "7,4",   "7,4,6,1",
		                             "7, 4,6",   "-7,4,6", "a,b,c", "0,0,0",
		                             "1001,0,0", "7,4,6 ", "7,,6" };
	struct shelf_rule rule;

	CHECK(shelf_rule_read("7,4,6", &rule));
	CHECK(rule.days == 7 && rule.weeks == 4 && rule.months == 6);
	CHECK(shelf_rule_read("1,0,0", &rule));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		CHECK(!shelf_rule_read(wrong[i], &rule));
}

static void only_files_of_ours_are_on_the_shelf(void)
{
	static const char *const names[] = {
		"viva-20261121T120000Z.backup",
		"viva-20261120T120000Z.backup",
		"viva-20261131T120000Z.backup",
		"viva-20261121T120000Z.backup.part",
		"viva-20261121T126000Z.backup",
		"viva-+0261121T12000Z.backup",
		"holiday.jpg",
		"viva.db",
		"xviva-20261121T120000Z.backup",
		"viva-20261121T120000Z.backup.txt",
	};
	struct shelf shelf;

	fixture_folder();
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		write_bytes(in_folder(names[i]), "x", 1);
	CHECK_INT(symlink("/etc/passwd", in_folder("viva-20261119T120000Z.backup")), 0);
	CHECK_INT(mkdir(in_folder("viva-20261118T120000Z.backup"), 0700), 0);
	shelf_read(arena, folder, &shelf);
	CHECK_INT((int)shelf.count, 2);
	CHECK_STR(shelf.items[0].name, names[0]);
	CHECK_INT(shelf.items[0].made_at, NOON);
	CHECK_STR(shelf.items[1].name, names[1]);
	shelf_read(arena, in_folder("none"), &shelf);
	CHECK_INT((int)shelf.count, 0);
	fixture_remove();
}

/* Backups of every day for `days` days, newest first. */
static struct shelf daily_shelf(int days)
{
	struct shelf shelf = { .items = arena_array(arena, (size_t)days, sizeof(*shelf.items)),
		               .count = (size_t)days };

	for (int i = 0; i < days; i++)
		shelf.items[i].made_at = NOON - i * DAY;
	return shelf;
}

static void days_weeks_and_months_stay(void)
{
	/* days before Saturday: seven days, Sundays of the weeks before, ends of months */
	static const int expected[] = { 0, 1, 2, 3, 4, 5, 6, 13, 20, 21, 52, 82, 113, 144 };
	const struct shelf_rule rule = { 7, 4, 6 };
	struct shelf shelf = daily_shelf(400);
	size_t found = 0;

	shelf_choose(&shelf, &rule, NOON);
	for (size_t i = 0; i < shelf.count; i++) {
		if (!shelf.items[i].is_kept)
			continue;
		CHECK_INT((int)i, found < 14 ? expected[found] : -1);
		found++;
	}
	CHECK_INT((int)found, 14);
}

static void the_newest_and_the_future_always_stay(void)
{
	const struct shelf_rule rule = { 0, 0, 1 };
	struct shelf shelf = daily_shelf(3);

	shelf_choose(&shelf, &rule, NOON - DAY); /* a clock that was wrong */
	CHECK(shelf.items[0].is_kept);
	CHECK(shelf.items[1].is_kept);
	CHECK(!shelf.items[2].is_kept);
	CHECK_INT(shelf_due_at(&shelf, 0, NOON - DAY), NOON - DAY + 26 * HOUR);
}

static void a_new_installation_waits_a_day(void)
{
	const struct shelf none = { 0 };
	const struct shelf shelf = daily_shelf(2);

	CHECK_INT(shelf_due_at(&none, NOON, NOON + HOUR), NOON + 26 * HOUR);
	CHECK_INT(shelf_due_at(&shelf, 0, NOON), NOON + 26 * HOUR);
}

static void pieces_hash_as_the_whole(void)
{
	struct hash_stream *stream = hash_begin(arena);

	hash_more(stream, "ab", 2);
	hash_more(stream, "", 0);
	hash_more(stream, "c", 1);
	CHECK_STR(hash_end(stream, arena), hash_bytes(arena, "abc", 3));
}

int main(void)
{
	RUN(a_backup_is_a_database_with_a_manifest);
	RUN(every_damage_is_refused);
	RUN(what_was_forged_is_refused);
	RUN(a_database_must_be_what_the_manifest_says);
	RUN(a_folder_that_cannot_be_written_is_named);
	RUN(a_backup_under_writes_is_one_moment);
	RUN(the_old_database_is_put_aside_whole);
	RUN(a_folder_in_use_is_not_taken);
	RUN(a_rule_is_three_numbers);
	RUN(only_files_of_ours_are_on_the_shelf);
	RUN(days_weeks_and_months_stay);
	RUN(the_newest_and_the_future_always_stay);
	RUN(a_new_installation_waits_a_day);
	RUN(pieces_hash_as_the_whole);
	return check_done();
}
