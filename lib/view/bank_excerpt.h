/* Why a search found an item of the bank: a piece of its text with the words. */
#ifndef VIVA_VIEW_BANK_EXCERPT_H
#define VIVA_VIEW_BANK_EXCERPT_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

struct bank_excerpt_wish {
	const char *stems;      /* of what was typed, as in score/stems.h */
	enum language language; /* whose texts are looked at before others */
};

/*
 * Sets `excerpt`, an array of { text, is_marked }, and its language `excerpt_code`: of the first
 * text of the item that has one of the words, some 200 bytes around it. Nothing is set if none has.
 */
void bank_excerpt_add(struct arena *arena, cJSON *row, const cJSON *item,
                      const struct bank_excerpt_wish *wish);

#endif
