/* The bank's JSON files, read into one document. */
#ifndef VIVA_TOOLS_BANK_FILES_H
#define VIVA_TOOLS_BANK_FILES_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/err.h"

struct bank_files {
	cJSON *roles;     /* array */
	cJSON *questions; /* array, files in the order of their names */
	cJSON *tasks;     /* the same of coding tasks */
};

/*
 * Reads roles.json and the files in questions/ and tasks/ below `folder`; faults are told
 * on standard error. There need not be tasks.
 */
enum err bank_files_read(struct arena *arena, const char *folder, struct bank_files *ret_files);

/*
 * Tells the files below `folder` and this program from what they were, by names, sizes and
 * times: 64 hexadecimal digits.
 */
const char *bank_files_stamp(struct arena *arena, const char *folder);

#endif
