#include "care/doctor.h"

#include <stdarg.h>
#include <string.h>

const char *doctor_level_name(enum doctor_level level)
{
	static const char *const names[] = { "ok", "warning", "error" };

	return names[level];
}

void doctor_say(struct doctor *doctor, enum doctor_level level, const char *advice,
                const char *format, ...)
{
	struct doctor_line *line;
	va_list args;

	if ((doctor->count & (doctor->count - 1)) == 0) {
		struct doctor_line *larger = arena_array(doctor->arena, doctor->count * 2 + 1,
		                                         sizeof(*larger));

		if (doctor->count > 0)
			memcpy(larger, doctor->lines, doctor->count * sizeof(*larger));
		doctor->lines = larger;
	}
	line = &doctor->lines[doctor->count++];
	va_start(args, format);
	*line = (struct doctor_line){ .level = level,
		                      .area = doctor->area,
		                      .text = arena_vprintf(doctor->arena, format, args),
		                      .advice = advice };
	va_end(args);
}

void doctor_run(struct doctor *doctor)
{
	const struct doctor_check *const tables[] = { doctor_setup_checks, doctor_data_checks,
		                                      doctor_machine_checks };

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (const struct doctor_check *check = tables[i]; check->run != NULL; check++) {
			doctor->area = check->area;
			check->run(doctor);
		}
}

enum doctor_level doctor_worst(const struct doctor *doctor)
{
	enum doctor_level worst = DOCTOR_OK;

	for (size_t i = 0; i < doctor->count; i++)
		if (doctor->lines[i].level > worst)
			worst = doctor->lines[i].level;
	return worst;
}
