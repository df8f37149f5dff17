/* Reads a printed sum as a reader with a calculator does: + − × / ^, brackets, decimals. */
#ifndef VIVA_TESTS_CALCULATOR_H
#define VIVA_TESTS_CALCULATOR_H

#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct calculator {
	const char *at;
};

static inline double sum_at(struct calculator *calculator);

/* Steps over blanks and, if it is next, the sign. */
static inline bool takes(struct calculator *calculator, const char *sign)
{
	while (*calculator->at == ' ')
		calculator->at++;
	if (!text_starts(calculator->at, sign))
		return false;
	calculator->at += strlen(sign);
	return true;
}

static inline double number_at(struct calculator *calculator)
{
	char *copy = arena_strdup(arena, calculator->at), *end, *comma;
	size_t len = strspn(copy, "0123456789.,");
	double value;

	copy[len] = '\0';
	comma = strchr(copy, ',');
	if (comma != NULL)
		*comma = '.';
	value = strtod(copy, &end);
	CHECK(end != copy && *end == '\0');
	calculator->at += len;
	return value;
}

static inline double power_at(struct calculator *calculator)
{
	double base;

	if (takes(calculator, "(")) {
		base = sum_at(calculator);
		CHECK(takes(calculator, ")"));
	} else {
		base = number_at(calculator);
	}
	return takes(calculator, "^") ? pow(base, power_at(calculator)) : base;
}

static inline double product_at(struct calculator *calculator)
{
	double value = power_at(calculator);

	for (;;) {
		if (takes(calculator, "×"))
			value *= power_at(calculator);
		else if (takes(calculator, "/"))
			value /= power_at(calculator);
		else
			return value;
	}
}

static inline double sum_at(struct calculator *calculator)
{
	double value = product_at(calculator);

	for (;;) {
		if (takes(calculator, "+"))
			value += product_at(calculator);
		else if (takes(calculator, "−"))
			value -= product_at(calculator);
		else
			return value;
	}
}

#endif
