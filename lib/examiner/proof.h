/* Truth checks: what a model says counts only where the data bear it out. Pure. */
#ifndef VIVA_EXAMINER_PROOF_H
#define VIVA_EXAMINER_PROOF_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "examiner/examiner.h"

/*
 * Where `quote` stands in the answer, white space and letter case folded, quotation marks
 * and dots at its ends left out. False: nowhere, or it has fewer than two words of content
 * (one, for an answer of one word).
 */
bool proof_find_quote(struct arena *arena, const char *answer, const char *quote,
                      struct score_span *ret_span);

/*
 * Whether a quotation has to do with a point: words that stand in an answer about something
 * else prove nothing. The stems of content of the sentences in which it stands (24 words to
 * either side at most; words that fit any statement left out) are compared with the
 * question's: its text, tags, references and key points with their other wordings. Two of the
 * point's own are enough, or four of the question's, or, where little is said, six in ten of
 * what is: two, or one of the point's own. To a Russian or Ukrainian question a Latin term (of
 * six letters, or with capitals or digits) counts twice, so that answers in another language
 * can prove it. `create` reads a question and an answer, which must outlive it; `holds` judges
 * the bytes `span` of that answer for the point of that index.
 */
struct proof_topic;
struct proof_topic *proof_topic_create(struct arena *arena, const struct exam_question *question,
                                       const char *answer);
bool proof_topic_holds(const struct proof_topic *topic, size_t point, struct score_span span);

/*
 * The first number in `text` (digits, also 7.5, 7,5, 70 %) that stands nowhere in the JSON
 * `data`: not as a number (rounded as the text rounds it, ratios also as percent), not in
 * its strings, not as the length of one of its arrays. NULL: every one does. Numbers of a
 * list ("1.") and words are not looked at.
 */
const char *proof_stray_number(struct arena *arena, const char *text, const cJSON *data);

#endif
