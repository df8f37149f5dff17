/* What somebody is, and on which level, by the titles in their CV. */
#ifndef VIVA_PROFILE_POSITION_H
#define VIVA_PROFILE_POSITION_H

#include "profile/page.h"
#include "profile/proposal.h"

/*
 * The position as it stands there without its level: behind a label, below the name, or the
 * latest job. `*ret_at` is one of its words.
 */
struct proposal_value position_find(const struct page *page, size_t *ret_at);

/*
 * The level that the title says or, without one, a label or the latest job. `at` is a word of
 * the position, or the number of words where there is none.
 */
struct proposal_value position_level(const struct page *page, size_t at);

/* The level that is named at a word: "junior", "middle", "senior", or NULL. */
const char *position_level_at(const struct page *page, size_t at);

#endif
