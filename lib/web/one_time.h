/* Codes that people get on a screen or on paper and type once: 80 random bits. */
#ifndef VIVA_WEB_ONE_TIME_H
#define VIVA_WEB_ONE_TIME_H

#include "base/arena.h"

/* A fresh code, such as "K4QD-7TXA-M2PW-ZB3E". */
const char *one_time_code(struct arena *arena);

/* What is stored of a code, however it was typed: without regard to case, dashes and spaces. */
const char *one_time_hash(struct arena *arena, const char *typed);

#endif
