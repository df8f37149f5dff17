/* Which of two points a few words of an answer prove. */
#ifndef VIVA_SCORE_PART_H
#define VIVA_SCORE_PART_H

#include "score/points.h"

/*
 * Takes the status from each point that rests on words which prove another one
 * better: the same few words earn one point only.
 */
void part_points(struct point_found *found, uint32_t count);

#endif
