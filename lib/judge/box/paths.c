#include "judge/box/paths.h"

#include <stdio.h>
#include <string.h>

/* A path begins at the front or behind one of "=:,", and ends before '/', ':' or the end. */
static bool is_name(const char *text, size_t at, const char *name)
{
	char after = text[at + strlen(name)];

	return strncmp(text + at, name, strlen(name)) == 0 &&
	       (at == 0 || strchr("=:,", text[at - 1]) != NULL) &&
	       (after == '\0' || after == '/' || after == ':' || after == ',');
}

bool paths_translate(const struct box *box, char **strings, int count)
{
	static char room[BOX_MESSAGE_MAX * 4];
	size_t used = 0;

	if (box->tier <= TIER_A2)
		return true;
	for (int i = 0; i < count; i++) {
		const char *text = strings[i];

		if (text == NULL)
			continue;
		strings[i] = room + used;
		for (size_t at = 0; text[at] != '\0';) {
			const char *path = NULL;

			if (is_name(text, at, "/box"))
				path = box->box_path;
			else if (is_name(text, at, "/tmp"))
				path = box->tmp_path;
			if (used + sizeof box->box_path + 2 > sizeof room)
				return false;
			if (path == NULL) {
				room[used++] = text[at++];
				continue;
			}
			used += (size_t)snprintf(room + used, sizeof room - used, "%s", path);
			at += strlen("/box");
		}
		room[used++] = '\0';
	}
	strings[count] = room + used;
	strings[count + 1] = NULL;
	return (size_t)snprintf(room + used, sizeof room - used, "TMPDIR=%s", box->tmp_path) <
	       sizeof room - used;
}
