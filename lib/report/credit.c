#include "report/credit.h"

#include <math.h>

#include "base/format.h"
#include "base/json.h"

/* Decimals of percentages. */
enum { FEWEST_DECIMALS = 1, MOST_DECIMALS = 6 };

/* All that makes a credit; shares as percentages. */
struct terms {
	double power, covered_min, partial_min; /* the latter two are 0 without explicit points */
	double coverage, full;
};

static double rounded(double value, int decimals)
{
	const double unit = pow(10, decimals);

	return round(value * unit + 1e-7) / unit;
}

static double percentage(const cJSON *object, const char *name)
{
	return 100 * json_number(object, name, NAN);
}

static struct terms read_terms(const cJSON *scoring, const cJSON *point)
{
	return (struct terms){
		.power = json_number(scoring, "credit_power", NAN),
		.covered_min = percentage(scoring, "covered_min"),
		.partial_min = percentage(scoring, "partial_min"),
		.coverage = percentage(point, "coverage"),
		.full = percentage(point, "full"),
	};
}

/* The same as it is printed. */
static struct terms shortened(struct terms terms, int decimals)
{
	terms.coverage = rounded(terms.coverage, decimals);
	terms.full = rounded(terms.full, decimals);
	return terms;
}

static double credit_of(const struct terms *terms)
{
	double credit;

	if (terms->coverage < terms->partial_min)
		return 0;
	if (terms->coverage >= terms->full)
		return 1;
	credit = pow(terms->coverage / terms->full, terms->power);
	return terms->coverage < terms->covered_min ? credit * terms->coverage / terms->covered_min
	                                            : credit;
}

static const char *sum_of(struct arena *arena, enum language language, const struct terms *terms,
                          int decimals)
{
	const char *coverage = format_decimal(arena, language, terms->coverage, MOST_DECIMALS);
	const char *full = format_decimal(arena, language, terms->full, MOST_DECIMALS);
	const char *credit = format_decimal(arena, language, rounded(credit_of(terms), decimals),
	                                    decimals);
	const char *power = format_decimal(arena, language, terms->power, MOST_DECIMALS);
	const char *factor = "";

	if (terms->coverage < terms->partial_min)
		return arena_printf(
		        arena, "%s < %s: %s", coverage,
		        format_decimal(arena, language, terms->partial_min, MOST_DECIMALS), credit);
	if (terms->coverage >= terms->full)
		return arena_printf(arena, "%s / %s %s 1", coverage, full,
		                    terms->coverage > terms->full ? "→" : "=");
	if (terms->coverage < terms->covered_min)
		factor = arena_printf(
		        arena, " × %s / %s", coverage,
		        format_decimal(arena, language, terms->covered_min, MOST_DECIMALS));
	return arena_printf(arena, "(%s / %s)^%s%s = %s", coverage, full, power, factor, credit);
}

/* A percentage whose decimals were chosen before. */
static const char *percent_text(struct arena *arena, enum language language, double value)
{
	/* The sign stands by its number as the language has it. */
	const char *zero = format_percent(arena, language, 0);

	if (!isfinite(value))
		return format_percent(arena, language, value);
	return arena_printf(arena, "%s%s", format_decimal(arena, language, value, MOST_DECIMALS),
	                    zero + 1);
}

struct credit_text credit_tell(struct arena *arena, enum language language, const cJSON *scoring,
                               const cJSON *point, int decimals)
{
	const struct terms exact = read_terms(scoring, point);
	const double credit = rounded(json_number(point, "credit", 0), decimals);
	int places = FEWEST_DECIMALS;
	struct terms terms = shortened(exact, places);
	struct credit_text text = { 0 };

	if (isfinite(exact.power)) {
		while (places < MOST_DECIMALS &&
		       fabs(rounded(credit_of(&terms), decimals) - credit) > 1e-9)
			terms = shortened(exact, ++places);
		text.sum = sum_of(arena, language, &terms, decimals);
	}
	text.coverage = percent_text(arena, language, terms.coverage);
	text.full = percent_text(arena, language, terms.full);
	return text;
}

const char *credit_rule(struct arena *arena, enum language language, const cJSON *scoring)
{
	const struct terms terms = read_terms(scoring, NULL);
	const char *power;

	if (!isfinite(terms.power))
		return NULL;
	power = format_decimal(arena, language, terms.power, MOST_DECIMALS);
	if (terms.covered_min <= 0)
		return arena_printf(arena,
		                    i18n(language, "Credit is (coverage / the coverage that "
		                                   "counts in full)^%s, at most 1."),
		                    power);
	return arena_printf(arena,
	                    i18n(language,
	                         "Credit is (coverage / the coverage that counts in full)^%1$s, at "
	                         "most 1. Coverage below %2$s earns nothing; below %3$s the credit "
	                         "is multiplied by coverage / %3$s."),
	                    power, percent_text(arena, language, terms.partial_min),
	                    percent_text(arena, language, terms.covered_min));
}
