/*
 * The manifest of a report: a hash for each raw record that it was made of (store/record.h). It
 * is stored beside the report; the document, and so its signature, holds the manifest's hash.
 */
#ifndef VIVA_REPORT_RECORDS_H
#define VIVA_REPORT_RECORDS_H

#include <cjson/cJSON.h>

#include "store/record.h"

/* Text of a JSON array of { id, kind, sha256 }, in the order of the records. */
const char *records_manifest(struct arena *arena, const struct record_list *records);

/* Sets the document's `records`: { count, sha256 } of the manifest's text. */
void records_seal(struct arena *arena, cJSON *document, const char *manifest);

/* NULL when `records` of the document fit the manifest; else why not, in English. */
const char *records_fault(struct arena *arena, const cJSON *document, const char *manifest);

/* What a record and its line in the manifest do not agree on. */
enum records_fate { RECORDS_CHANGED, RECORDS_MISSING, RECORDS_ADDED };

struct records_difference {
	enum records_fate fate;
	const char *kind, *id;
};

/* The differences and their number. The manifest is one that records_fault found right. */
size_t records_compare(struct arena *arena, const char *manifest, const struct record_list *records,
                       struct records_difference **ret_differences);

/* Whether the manifest has a record of that kind and id. */
bool records_has(const cJSON *manifest, const char *kind, const char *id);

#endif
