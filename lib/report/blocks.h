/* The headed blocks of a text about an interview. */
#ifndef VIVA_REPORT_BLOCKS_H
#define VIVA_REPORT_BLOCKS_H

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * Splits a text into its blocks: an array of { heading (null if it has none), paragraphs
 * [{ text }], has_items, items [{ text }] }.
 */
cJSON *blocks_of(struct arena *arena, const char *text);

#endif
