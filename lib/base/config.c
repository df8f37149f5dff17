#include "base/config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/place.h"
#include "base/text.h"

enum { MAX_LINE = 4096 };

#define TEXT_DEFAULT(name, variable, fallback, meaning)             .name = fallback,
#define NUMBER_DEFAULT(name, variable, fallback, min, max, meaning) .name = fallback,
#define SWITCH_DEFAULT(name, variable, fallback, meaning)           .name = fallback,
static struct config loaded = { CONFIG_TEXTS(TEXT_DEFAULT) CONFIG_NUMBERS(NUMBER_DEFAULT)
	                                CONFIG_SWITCHES(SWITCH_DEFAULT) };

static struct arena *lasting(void)
{
	static struct arena *arena;

	if (arena == NULL)
		arena = arena_create();
	return arena;
}

/* One `NAME=value` line; the environment wins over the file. */
static void read_line(char *line)
{
	struct arena *arena = arena_create();
	char *trimmed = text_trimmed(arena, line);
	char *equals = strchr(trimmed, '=');
	size_t len;

	if (trimmed[0] != '#' && equals != NULL) {
		char *value = text_trimmed(arena, equals + 1);

		*equals = '\0';
		len = strlen(value);
		if (len >= 2 && (value[0] == '"' || value[0] == '\'') &&
		    value[len - 1] == value[0]) {
			value[len - 1] = '\0';
			value++;
		}
		setenv(text_trimmed(arena, trimmed), value, 0);
	}
	arena_destroy(arena);
}

/* Names that other programs have for the same thing. */
static const char *alias_of(const char *variable)
{
	static const char *const aliases[][2] = {
		{ "OPENAI_BASE_URL", "LITELLM_BASE_URL" },
		{ "OPENAI_API_KEY", "LITELLM_API_KEY" },
		{ "OPENAI_MODEL", "LITELLM_MODEL" },
	};

	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (strcmp(aliases[i][0], variable) == 0)
			return aliases[i][1];
	return NULL;
}

static const char *value_of(const char *variable)
{
	const char *value = getenv(variable), *alias = alias_of(variable);

	if ((value == NULL || value[0] == '\0') && alias != NULL)
		value = getenv(alias);
	return value != NULL && value[0] != '\0' ? value : NULL;
}

static enum err read_text(const char *variable, const char **ret_value)
{
	const char *value = value_of(variable);

	if (value != NULL)
		*ret_value = arena_strdup(lasting(), value);
	return OK;
}

enum { MOST_FAULTS = 100 };

static const char *faults[MOST_FAULTS + 1];

/* Told at once, and kept for who asks later. */
static enum err __attribute__((format(printf, 1, 2))) refuse(const char *format, ...)
{
	static size_t count;
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(lasting(), format, args);
	va_end(args);
	fprintf(stderr, "viva: %s\n", text);
	if (count < MOST_FAULTS)
		faults[count++] = text;
	return ERR_INVALID;
}

const char *const *config_faults(void)
{
	return faults;
}

static enum err read_env_file(const char *path)
{
	FILE *file = fopen(path, "re");
	char line[MAX_LINE];
	enum err err = OK;

	if (file == NULL)
		return errno == ENOENT || errno == ENOTDIR
		               ? OK
		               : refuse("%s cannot be read: %s", path, strerror(errno));
	while (err == OK && fgets(line, sizeof(line), file) != NULL) {
		if (strlen(line) == sizeof(line) - 1 && line[sizeof(line) - 2] != '\n')
			err = refuse("%s has a line of more than %d bytes", path, MAX_LINE - 2);
		else
			read_line(line);
	}
	fclose(file);
	return err;
}

static enum err read_number(const char *variable, int min, int max, int *ret_value)
{
	const char *value = value_of(variable);
	long long number;

	if (value == NULL)
		return OK;
	if (!text_integer(value, min, max, &number)) {
		return refuse("%s must be a whole number from %d to %d, not \"%s\"", variable, min,
		              max, value);
	}
	*ret_value = (int)number;
	return OK;
}

static enum err read_switch(const char *variable, bool *ret_value)
{
	const char *value = value_of(variable);

	if (value == NULL)
		return OK;
	if (strcmp(value, "1") != 0 && strcmp(value, "0") != 0) {
		return refuse("%s must be 1 or 0, not \"%s\"", variable, value);
	}
	*ret_value = value[0] == '1';
	return OK;
}

/* What is known of the fonts is kept with the data: a program may have no home folder. */
static void use_own_fonts(void)
{
	const char *fonts = config_home_path("fonts.conf");

	if (access(fonts, R_OK) != 0)
		return;
	setenv("FONTCONFIG_FILE", fonts, 0);
	setenv("XDG_CACHE_HOME", config_var_path("cache"), 1);
}

/* A tree may bring it along. */
static void use_bundled_dictionary(void)
{
	if (access(config_home_path("cracklib/cracklib_dict.pwd"), R_OK) == 0)
		loaded.password_dictionary = config_home_path("cracklib/cracklib_dict");
}

enum err config_load(void)
{
	struct place place = { 0 };
	enum err err;

	if (place_of_this(lasting(), &place)) {
		loaded.home = place.home;
		loaded.var = place.var;
		loaded.programs = place.programs;
	}
	read_text("VIVA_HOME", &loaded.home);
	err = read_env_file(config_home_path(".env"));
	if (place.settings != NULL && strcmp(loaded.home, place.home) == 0 &&
	    read_env_file(place.settings) != OK)
		err = ERR_INVALID;
	use_bundled_dictionary();
#define READ_TEXT(name, variable, fallback, meaning) \
	if (read_text(variable, &loaded.name) != OK) \
		err = ERR_INVALID;
#define READ_NUMBER(name, variable, fallback, min, max, meaning) \
	if (read_number(variable, min, max, &loaded.name) != OK) \
		err = ERR_INVALID;
#define READ_SWITCH(name, variable, fallback, meaning) \
	if (read_switch(variable, &loaded.name) != OK) \
		err = ERR_INVALID;
	CONFIG_TEXTS(READ_TEXT)
	CONFIG_NUMBERS(READ_NUMBER)
	CONFIG_SWITCHES(READ_SWITCH)
	use_own_fonts();
	return err;
}

const struct config *config(void)
{
	return &loaded;
}

static const char *path_in(const char *folder, const char *name)
{
	return arena_printf(lasting(), "%s/%s", folder, name);
}

const char *config_home_path(const char *name)
{
	return path_in(loaded.home, name);
}

const char *config_var_path(const char *name)
{
	return path_in(loaded.var, name);
}

const char *config_made_path(const char *name)
{
	const char *built = path_in(path_in(loaded.home, "build"), name);

	return access(built, R_OK) == 0 ? built : config_home_path(name);
}

const char *config_programs_path(void)
{
	return loaded.programs[0] == '/' ? loaded.programs : config_home_path(loaded.programs);
}

const char *config_log_folder(void)
{
	if (strcmp(loaded.log_folder, "-") == 0)
		return NULL;
	return loaded.log_folder[0] != '\0' ? loaded.log_folder : config_var_path("log");
}

void config_print(FILE *out)
{
	fputs("| variable | default | meaning |\n|---|---|---|\n", out);
#define PRINT_TEXT(name, variable, fallback, meaning) \
	fprintf(out, "| `%s` | `%s` | %s |\n", variable, fallback[0] ? fallback : " ", meaning);
#define PRINT_NUMBER(name, variable, fallback, min, max, meaning) \
	fprintf(out, "| `%s` | `%d` | %s (%d to %d) |\n", variable, fallback, meaning, min, max);
#define PRINT_SWITCH(name, variable, fallback, meaning) \
	fprintf(out, "| `%s` | `%d` | %s (1 or 0) |\n", variable, fallback, meaning);
	CONFIG_TEXTS(PRINT_TEXT)
	CONFIG_NUMBERS(PRINT_NUMBER)
	CONFIG_SWITCHES(PRINT_SWITCH)
}

static const char *const names[] = {
#define NAME_OF_TEXT(name, variable, fallback, meaning)             variable,
#define NAME_OF_NUMBER(name, variable, fallback, min, max, meaning) variable,
	CONFIG_TEXTS(NAME_OF_TEXT) CONFIG_NUMBERS(NAME_OF_NUMBER) CONFIG_SWITCHES(NAME_OF_TEXT)
};

enum { NAMES = sizeof(names) / sizeof(*names) };

bool config_is_name(const char *variable)
{
	for (size_t i = 0; i < NAMES; i++)
		if (strcmp(names[i], variable) == 0)
			return true;
	return false;
}

/* Letters to be put in, taken out or exchanged (Levenshtein), of names of ordinary length. */
static size_t distance(const char *a, const char *b)
{
	enum { LONGEST = 64 };
	const size_t len = strlen(b);
	size_t row[LONGEST + 1];

	if (len > LONGEST)
		return LONGEST + 1;
	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= len; j++) {
			const size_t exchanged = corner + (a[i - 1] != b[j - 1]);
			const size_t least = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;

			corner = row[j];
			row[j] = exchanged < least ? exchanged : least;
		}
	}
	return row[len];
}

const char *config_nearest_name(const char *variable)
{
	const char *nearest = names[0];

	for (size_t i = 1; i < NAMES; i++)
		if (distance(variable, names[i]) < distance(variable, nearest))
			nearest = names[i];
	return nearest;
}
