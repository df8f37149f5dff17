/*
 * Everything that is stored about a person as one JSON document for themselves. Hidden tests,
 * reference solutions, hints that were not shown, what is written for recruiters and other
 * people's names stay out; of an interview that still runs also what would tell how to answer its
 * questions, wherever they were asked before: the document says so.
 */
#ifndef VIVA_REPORT_TAKEOUT_H
#define VIVA_REPORT_TAKEOUT_H

#include "base/i18n.h"
#include "store/store.h"

struct takeout {
	struct store *store;
	struct arena *arena; /* the thread's cJSON items live there */
	const char *user_id;
	enum language language;                                      /* of the notes in it */
	bool (*write)(void *context, const char *bytes, size_t len); /* false: nobody reads on */
	void *context;
};

/*
 * Writes the document piece by piece, a row in memory at a time: exported_at, notes,
 * running_interviews (ids) and tables, an object of arrays of rows (store/export.h). It shows
 * one state of the database. ERR_CONFLICT: nobody read on. After an error the document is
 * not complete.
 */
enum err takeout_write(const struct takeout *takeout);

/* "viva_export_<user name>_20261121_032000.json" */
char *takeout_file_name(struct arena *arena, const char *username);

#endif
