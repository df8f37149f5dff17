/* viva doctor: how the installation is, in words. */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/json.h"
#include "care/doctor.h"
#include "viva.h"

static void print_text(const struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->count; i++) {
		const struct doctor_line *line = &doctor->lines[i];

		printf("%-7s  %-12s  %s\n", doctor_level_name(line->level), line->area, line->text);
		if (line->advice != NULL)
			printf("%23s  -> %s\n", "", line->advice);
	}
}

static size_t count_of(const struct doctor *doctor, enum doctor_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < doctor->count; i++)
		count += doctor->lines[i].level == level;
	return count;
}

static void print_json(const struct doctor *doctor)
{
	cJSON *object = cJSON_CreateObject(), *array = json_set_array(object, "checks");

	for (size_t i = 0; i < doctor->count; i++) {
		cJSON *line = json_add_object(array);

		json_set_string(line, "level", doctor_level_name(doctor->lines[i].level));
		json_set_string(line, "area", doctor->lines[i].area);
		json_set_string(line, "text", doctor->lines[i].text);
		json_set_string(line, "advice", doctor->lines[i].advice);
	}
	json_set_number(object, "warnings", (double)count_of(doctor, DOCTOR_WARNING));
	json_set_number(object, "errors", (double)count_of(doctor, DOCTOR_ERROR));
	puts(json_text(object));
}

int doctor_look(struct arena *arena, int argc, char **argv)
{
	struct doctor doctor = { .arena = arena };
	bool wants_json = false;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			wants_json = true;
		} else if (strcmp(argv[i], "--whole") == 0) {
			doctor.is_whole = true;
		} else {
			fputs("usage: viva doctor [--json] [--whole]\n", stderr);
			return 2;
		}
	}
	if (store_open_to_read(config_var_path("viva.db"), &doctor.store) == OK)
		arena_defer(arena, store_close, doctor.store);
	else
		doctor.store = NULL;
	doctor.judge = open_judge(arena);
	doctor_run(&doctor);
	if (wants_json)
		print_json(&doctor);
	else
		print_text(&doctor);
	if (!wants_json)
		printf("%zu warnings, %zu errors\n", count_of(&doctor, DOCTOR_WARNING),
		       count_of(&doctor, DOCTOR_ERROR));
	return (int)doctor_worst(&doctor);
}
