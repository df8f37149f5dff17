/* Appeals on their way: the places of an answer to point at, and what still waits. */
#ifndef VIVA_REPORT_APPEALS_H
#define VIVA_REPORT_APPEALS_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "store/interview.h"
#include "store/ruling.h"

/* How long after its end an interview can be appealed against, and how many may wait. */
enum { APPEALS_DAYS = 90, APPEALS_WAITING = 20, APPEALS_SENTENCES = 300 };

struct sentence_list {
	struct span *items; /* in order, disjoint, none empty, without white space at their ends */
	size_t count;
};

/*
 * The sentences and lines of an answer, which is valid UTF-8. Of more than APPEALS_SENTENCES
 * neighbours are joined, so that all of the answer can be pointed at.
 */
struct sentence_list appeals_sentences(struct arena *arena, const char *answer);

/* True while the interview can be appealed against: finished, and not too long ago. */
bool appeals_in_time(const struct interview *interview, int64_t now_ms);

/*
 * Adds to a report document what is not in it because nothing was decided: `waiting_appeals`
 * [{ key_point_id, evidence, comment, at }] of each question, and may_appeal. For what is
 * shown, never for what is stored or signed.
 */
void appeals_attach(struct arena *arena, cJSON *document, const struct appeal_list *list,
                    bool may_appeal);

#endif
