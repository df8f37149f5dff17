/*
 * Libraries that are loaded when they are first needed: a program that never calls a model pays
 * neither time nor memory for libcurl and the thirty libraries below it.
 */
#ifndef VIVA_BASE_LATE_H
#define VIVA_BASE_LATE_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library and where its address is to be. */
struct late_function {
	const char *name;
	void *place; /* of a pointer to it */
};

/*
 * Loads the library for good and sets all places, or none: then the log says what is missing.
 * Not for two threads at once with the same places.
 */
bool late_load(const char *library, const struct late_function *functions, size_t count);

#endif
