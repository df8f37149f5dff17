/* viva admin: the only way to make an admin. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/text.h"
#include "store/audit.h"
#include "store/user.h"
#include "viva.h"
#include "web/password.h"
#include "web/password_check.h"

/* More than PASSWORD_MAX characters, so that a longer line is seen as one. */
enum { SECRET_BYTES = PASSWORD_MAX * 4 + 8 };

/* Reads one line without showing it; from a pipe as it comes. */
static bool read_secret(const char *prompt, char *line, int size)
{
	struct termios shown, hidden;
	bool is_terminal = tcgetattr(STDIN_FILENO, &shown) == 0, ok;

	if (is_terminal) {
		hidden = shown;
		hidden.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
		fputs(prompt, stderr);
	}
	ok = fgets(line, size, stdin) != NULL;
	line[strcspn(line, "\n")] = '\0';
	if (is_terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
		fputc('\n', stderr);
	}
	return ok;
}

static bool ask_password(struct arena *arena, const char *name, char *password, int size)
{
	char again[SECRET_BYTES];
	const char *fault;

	if (!read_secret("Password (8 characters or more): ", password, size))
		password[0] = '\0';
	fault = text_valid(password, strlen(password)) ? password_check(arena, password, name)
	                                               : "A password is UTF-8 text.";
	if (fault != NULL) {
		fprintf(stderr, "viva: %s\n", fault);
		return false;
	}
	if (isatty(STDIN_FILENO) &&
	    (!read_secret("Again: ", again, sizeof(again)) || strcmp(password, again) != 0)) {
		fputs("viva: the two passwords differ\n", stderr);
		return false;
	}
	return true;
}

static enum err note(struct store *store, const char *user_id)
{
	return audit_add(store, &(struct audit_entry){ .action = "admin.create",
	                                               .subject = { AUDIT_USER, user_id } });
}

/* Of a candidate; the password stays as it was. */
static enum err promote(struct store *store, const char *user_id)
{
	enum err err = store_begin(store);

	if (err == OK)
		err = user_set_admin(store, user_id, true);
	if (err == OK)
		err = note(store, user_id);
	return err == OK ? store_commit(store) : err;
}

static enum err add_admin(struct store *store, struct arena *arena, const char *name,
                          const char *password)
{
	struct user user = {
		.username = name,
		.full_name = "",
		.position = "",
		.level = "",
		.stack = "",
		.about = "",
		.language = LANG_EN,
		.is_admin = true,
	};
	enum err err = password_hash(arena, password, &user.password_hash);

	if (err == OK)
		err = store_begin(store);
	if (err == OK)
		err = user_add(store, arena, &user);
	if (err == OK)
		err = note(store, user.id);
	return err == OK ? store_commit(store) : err;
}

int admin_create(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store(arena);
	char password[SECRET_BYTES];
	struct user user;
	enum err err;

	(void)argc;
	if (store == NULL)
		return 1;
	if (user_by_name(store, arena, argv[0], &user) == OK) {
		if (promote(store, user.id) != OK)
			return 1;
		printf("%s is an admin now; the password stays as it was\n", argv[0]);
		return 0;
	}
	if (!ask_password(arena, argv[0], password, sizeof(password)))
		return 1;
	err = add_admin(store, arena, argv[0], password);
	memset(password, 0, sizeof(password));
	if (err != OK) {
		fprintf(stderr, "viva: the admin could not be made (%s)\n", err_name(err));
		return 1;
	}
	printf("admin %s is ready\n", argv[0]);
	return 0;
}

int admin_exists(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store_to_read(arena);
	bool exists = false;

	(void)argc;
	(void)argv;
	if (store == NULL || user_any_admin(store, &exists) != OK)
		return 1;
	return exists ? 0 : 1;
}
