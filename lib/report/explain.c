#include "report/explain.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/format.h"
#include "base/json.h"
#include "report/credit.h"
#include "report/terms.h"

/* Decimals of shown shares; constants of the scorer are shown as they are. */
enum { FEWEST_DECIMALS = 2, MOST_DECIMALS = 6 };

/* Numbers of the arithmetic as they are shown: each follows from the shown ones before it. */
struct chain {
	int decimals;
	double points, likeness, agreement;
	double denied, undenied; /* what is left of the agreement after denials */
	double share;            /* after the cap */
	double full;             /* share * max_score, not yet rounded to tenths */
	double score;            /* what the scorer gave */
};

struct explainer {
	struct arena *arena;
	enum language language;
	const cJSON *scoring;
	int order;      /* of the question */
	bool is_second; /* a model graded */
	struct chain chain;
	cJSON *lines;
};

static double number(const struct explainer *explainer, const char *name)
{
	return json_number(explainer->scoring, name, 0);
}

static double rounded(double value, int decimals)
{
	const double unit = pow(10, decimals);

	return round(value * unit + 1e-7) / unit;
}

/* --- the numbers --------------------------------------------------------------- */

static bool has_equal_weights(const cJSON *points)
{
	const cJSON *point, *first = points != NULL ? points->child : NULL;

	cJSON_ArrayForEach(point, points)
	{
		if (json_number(point, "weight", 1) != json_number(first, "weight", 1))
			return false;
	}
	return true;
}

/* The mean of the credits as they are shown. */
static double mean_credit(const cJSON *points, int decimals)
{
	const bool equal = has_equal_weights(points);
	double credits = 0, weights = 0;
	const cJSON *point;

	cJSON_ArrayForEach(point, points)
	{
		double weight = equal ? 1 : rounded(json_number(point, "weight", 1), decimals);

		credits += weight * rounded(json_number(point, "credit", 0), decimals);
		weights += weight;
	}
	return weights > 0 ? credits / weights : 0;
}

/* Where the key points were made of a reference their mean is not all that counts. */
static bool is_plain_mean(const struct explainer *explainer)
{
	const double mean = mean_credit(json_get(explainer->scoring, "key_points"), MOST_DECIMALS);

	return fabs(mean - number(explainer, "points")) < 1e-5;
}

static struct chain work_out(const struct explainer *explainer, int decimals)
{
	const double part = number(explainer, "point_share");
	const double mean = is_plain_mean(explainer)
	                            ? mean_credit(json_get(explainer->scoring, "key_points"),
	                                          decimals)
	                            : number(explainer, "points");
	struct chain chain = {
		.decimals = decimals,
		.points = rounded(mean, decimals),
		.likeness = rounded(number(explainer, "likeness"), decimals),
		.denied = rounded(number(explainer, "denied"), decimals),
	};

	chain.agreement = rounded(
	        pow(part * chain.points + (1 - part) * chain.likeness, number(explainer, "power")),
	        decimals);
	chain.undenied = rounded(
	        chain.agreement * (1 - number(explainer, "penalty") * chain.denied), decimals);
	chain.share = fmin(chain.undenied, number(explainer, "cap"));
	chain.full = chain.share * number(explainer, "max_score");
	chain.score = rounded(chain.full, 1);
	return chain;
}

/* True if nothing shown is more than its last digit away from what was stored. */
static bool is_true(const struct explainer *explainer, const struct chain *chain)
{
	const double unit = 1.01 * pow(10, -chain->decimals);

	return fabs(chain->score - number(explainer, "score")) < 1e-6 &&
	       fabs(chain->points - number(explainer, "points")) < unit &&
	       fabs(chain->agreement - number(explainer, "agreement")) < unit &&
	       fabs(chain->share - number(explainer, "share")) < unit;
}

static struct chain fit_chain(const struct explainer *explainer)
{
	struct chain chain = work_out(explainer, FEWEST_DECIMALS);

	while (chain.decimals < MOST_DECIMALS && !is_true(explainer, &chain))
		chain = work_out(explainer, chain.decimals + 1);
	return chain;
}

/* --- the words of a point ------------------------------------------------------ */

static void set_quote(const struct explainer *explainer, cJSON *item, const cJSON *span)
{
	const double start = json_number(span, "start", 0);

	json_set_string(item, "quote", json_string(span, "text", ""));
	json_set_number(item, "start", start);
	json_set_number(item, "end", json_number(span, "end", 0));
	json_set_string(item, "anchor",
	                explainer->is_second ? NULL
	                                     : arena_printf(explainer->arena, "answer-%d-%d",
	                                                    explainer->order, (int)start));
}

static void add_words(const struct explainer *explainer, cJSON *row, const cJSON *point)
{
	cJSON *words = json_set_array(row, "words");
	const cJSON *span, *denial = json_get(point, "denial");

	cJSON_ArrayForEach(span, json_get(point, "evidence"))
	        set_quote(explainer, json_add_object(words), span);
	json_set_bool(row, "has_words", words->child != NULL);
	json_set_string(row, "wrong", json_string(point, "wrong", NULL));
	json_set_bool(row, "is_denied", json_bool(point, "denied", false));
	if (cJSON_IsObject(denial))
		set_quote(explainer, json_set_object(row, "denied_words"), denial);
}

static const char *share_text(const struct explainer *explainer, double value)
{
	const int decimals = explainer->chain.decimals;

	return format_decimal(explainer->arena, explainer->language, rounded(value, decimals),
	                      decimals);
}

static void add_point(const struct explainer *explainer, cJSON *rows, const cJSON *point)
{
	const char *text = json_string(point, "text", "");
	const char *status = json_string(point, "status", "missing");
	const char *wording = json_string(point, "wording", NULL);
	const struct credit_text shown = credit_tell(explainer->arena, explainer->language,
	                                             explainer->scoring, point,
	                                             explainer->chain.decimals);
	cJSON *row = json_add_object(rows);

	json_set_number(row, "number", cJSON_GetArraySize(rows));
	json_set_string(row, "text", text);
	json_set_string(row, "status", terms_status(explainer->language, status));
	json_set_string(row, "status_code", status);
	json_set_string(row, "symbol", terms_symbol(status));
	json_set_string(row, "wording",
	                wording != NULL && strcmp(wording, text) != 0 ? wording : NULL);
	json_set_string(row, "coverage", shown.coverage);
	json_set_string(row, "full", shown.full);
	json_set_string(row, "sum", shown.sum);
	json_set_string(row, "credit", share_text(explainer, json_number(point, "credit", 0)));
	add_words(explainer, row, point);
}

/* --- the lines of the arithmetic ----------------------------------------------- */

static void add_line(const struct explainer *explainer, const char *words, const char *sum)
{
	cJSON *line = json_add_object(explainer->lines);

	json_set_string(line, "words", words);
	json_set_string(line, "sum", sum);
}

/* A constant or a number of points, as exact as it is. */
static const char *exact(const struct explainer *explainer, double value)
{
	return format_decimal(explainer->arena, explainer->language, value, MOST_DECIMALS);
}

/* "1 + 0.62 + 0", "1.2 × 1 + 0.8 × 0.62", divided by how much they weigh in all. */
static const char *mean_text(const struct explainer *explainer, const cJSON *points)
{
	const bool equal = has_equal_weights(points);
	struct buf sum, weights;
	const cJSON *point;

	buf_init(&sum, explainer->arena);
	buf_init(&weights, explainer->arena);
	cJSON_ArrayForEach(point, points)
	{
		const char *plus = sum.len > 0 ? " + " : "";
		const char *credit = share_text(explainer, json_number(point, "credit", 0));
		const char *weight = share_text(explainer, json_number(point, "weight", 1));

		if (equal)
			buf_printf(&sum, "%s%s", plus, credit);
		else
			buf_printf(&sum, "%s%s × %s", plus, weight, credit);
		buf_printf(&weights, "%s%s", plus, weight);
	}
	if (equal)
		return arena_printf(explainer->arena, "(%s) / %d", sum.data,
		                    cJSON_GetArraySize(points));
	return arena_printf(explainer->arena, "(%s) / (%s)", sum.data, weights.data);
}

static void add_points_line(const struct explainer *explainer)
{
	const cJSON *points = json_get(explainer->scoring, "key_points");
	const char *mean = share_text(explainer, explainer->chain.points);

	if (cJSON_GetArraySize(points) > 0 && is_plain_mean(explainer))
		mean = arena_printf(explainer->arena, "%s = %s", mean_text(explainer, points),
		                    mean);
	add_line(explainer, i18n(explainer->language, "Key points, on average:"), mean);
}

static void add_agreement_lines(const struct explainer *explainer)
{
	const struct chain *chain = &explainer->chain;
	const double part = number(explainer, "point_share");
	const char *points = share_text(explainer, chain->points);
	const char *likeness = share_text(explainer, chain->likeness);
	const char *power = exact(explainer, number(explainer, "power"));
	const char *agreement = share_text(explainer, chain->agreement);

	if (part >= 1) {
		add_line(explainer, i18n(explainer->language, "On the scale of marks:"),
		         arena_printf(explainer->arena, "%s^%s = %s", points, power, agreement));
		return;
	}
	add_line(explainer,
	         i18n(explainer->language, "Likeness to the reference answer, by letters:"),
	         likeness);
	add_line(explainer, i18n(explainer->language, "Both together, on the scale of marks:"),
	         arena_printf(explainer->arena, "(%s × %s + %s × %s)^%s = %s",
	                      exact(explainer, part), points, exact(explainer, 1 - part), likeness,
	                      power, agreement));
}

static int count_denied(const cJSON *points)
{
	const cJSON *point;
	int count = 0;

	cJSON_ArrayForEach(point, points) count += json_bool(point, "denied", false);
	return count;
}

static void add_denial_line(const struct explainer *explainer)
{
	const cJSON *points = json_get(explainer->scoring, "key_points");
	const struct chain *chain = &explainer->chain;
	const int count = count_denied(points);

	if (count == 0)
		return;
	add_line(explainer,
	         arena_printf(explainer->arena,
	                      i18n_plural(explainer->language,
	                                  "The answer contradicts %1$d key point of %2$d:",
	                                  "The answer contradicts %1$d key points of %2$d:", count),
	                      count, cJSON_GetArraySize(points)),
	         arena_printf(explainer->arena, "%s × (1 − %s × %s) = %s",
	                      share_text(explainer, chain->agreement),
	                      exact(explainer, number(explainer, "penalty")),
	                      share_text(explainer, chain->denied),
	                      share_text(explainer, chain->undenied)));
}

/* Why an answer earns no more than a cap; NULL for a flag that caps nothing. */
static const char *reason_of(enum language language, const char *flag)
{
	static const struct {
		const char *flag, *reason;
	} reasons[] = {
		{ "question_copied", N_("It says little but the words of the question") },
		{ "keyword_list", N_("It lists key words without saying anything about them") },
		{ "word_order", N_("The words stand in an order that makes no sentences") },
		{ "dump", N_("It is long, and little of it is to the point") },
		{ "repetition", N_("It says the same words again and again") },
		{ "empty", N_("It has no word that could be graded") },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (strcmp(flag, reasons[i].flag) == 0)
			return i18n(language, reasons[i].reason);
	return NULL;
}

/* "0.61 → 0.4", or "0.31 ≤ 0.4" where there was nothing to take away. */
static const char *limited(const struct explainer *explainer, const char *value, bool is_above,
                           const char *most)
{
	return arena_printf(explainer->arena, "%s %s %s", value, is_above ? "→" : "≤", most);
}

static void add_cap_line(const struct explainer *explainer)
{
	const double cap = number(explainer, "cap");
	const struct chain *chain = &explainer->chain;
	const cJSON *flag;
	struct buf words;

	if (cap >= 1)
		return;
	buf_init(&words, explainer->arena);
	cJSON_ArrayForEach(flag, json_get(explainer->scoring, "flags"))
	{
		const char *reason = reason_of(explainer->language, flag->valuestring);

		if (reason != NULL)
			buf_printf(&words, "%s%s", words.len > 0 ? ". " : "", reason);
	}
	if (words.len == 0)
		buf_str(&words, i18n(explainer->language, "It is not like an answer"));
	add_line(explainer,
	         arena_printf(explainer->arena,
	                      i18n(explainer->language, "%1$s, so it earns at most %2$s of the "
	                                                "full mark:"),
	                      words.data, exact(explainer, cap)),
	         limited(explainer, share_text(explainer, chain->undenied), chain->undenied > cap,
	                 exact(explainer, cap)));
}

static void add_score_line(const struct explainer *explainer)
{
	const struct chain *chain = &explainer->chain;
	const double max = number(explainer, "max_score");
	const char *full = exact(explainer, chain->full);
	const char *score = exact(explainer, number(explainer, "score"));

	add_line(explainer,
	         arena_printf(explainer->arena, i18n(explainer->language, "Of %s points:"),
	                      exact(explainer, max)),
	         arena_printf(explainer->arena, "%s × %s = %s%s%s",
	                      share_text(explainer, chain->share), exact(explainer, max), full,
	                      strcmp(full, score) != 0 ? " ≈ " : "",
	                      strcmp(full, score) != 0 ? score : ""));
}

static double add_hints_line(const struct explainer *explainer, double score)
{
	const int hints = (int)number(explainer, "hints");
	const double price = number(explainer, "hints_price");
	const double left = rounded(fmax(score - price, 0), 1);

	if (hints == 0)
		return score;
	add_line(explainer,
	         arena_printf(
	                 explainer->arena,
	                 i18n_plural(explainer->language,
	                             "%d hint was shown, which costs, not below zero:",
	                             "%d hints were shown, which costs, not below zero:", hints),
	                 hints),
	         arena_printf(explainer->arena, "%s − %s %s %s", exact(explainer, score),
	                      exact(explainer, price), score < price ? "→" : "=",
	                      exact(explainer, left)));
	return left;
}

static double add_model_answer_line(const struct explainer *explainer, double score)
{
	const double most = json_number(explainer->scoring, "model_answer_cap", NAN);

	if (!isfinite(most))
		return score;
	add_line(explainer,
	         i18n(explainer->language, "The model answer was shown, so at most this is left:"),
	         limited(explainer, exact(explainer, score), score > most, exact(explainer, most)));
	return fmin(score, most);
}

static void add_lines(struct explainer *explainer, cJSON *item)
{
	double score;

	explainer->lines = json_set_array(item, "lines");
	add_points_line(explainer);
	add_agreement_lines(explainer);
	add_denial_line(explainer);
	add_cap_line(explainer);
	add_score_line(explainer);
	score = add_hints_line(explainer, number(explainer, "score"));
	score = add_model_answer_line(explainer, score);
	add_line(explainer, i18n(explainer->language, "The mark:"),
	         arena_printf(explainer->arena, "%s / %s", exact(explainer, score),
	                      exact(explainer, number(explainer, "max_score"))));
}

/* What persons made of it. */
static void add_ruling_lines(const struct explainer *explainer, const cJSON *ruling)
{
	const double examiner = json_number(ruling, "score_by_examiner", 0);
	const double appeals = json_number(ruling, "score_by_appeals", 0);
	const cJSON *override = json_get(ruling, "override");
	const char *max = exact(explainer, number(explainer, "max_score"));

	if (explainer->is_second)
		return;
	if (appeals > examiner)
		add_line(explainer,
		         i18n(explainer->language, "The same with what a person granted:"),
		         arena_printf(explainer->arena, "%s / %s", exact(explainer, appeals), max));
	if (cJSON_IsObject(override))
		add_line(explainer, i18n(explainer->language, "Set by a person instead:"),
		         arena_printf(explainer->arena, "%s / %s",
		                      exact(explainer, json_number(override, "score", 0)), max));
}

cJSON *explain_mark(struct arena *arena, enum language language, const cJSON *question)
{
	const cJSON *theory = json_get(json_get(question, "metrics"), "theory"), *point;
	const char *engine = json_string(theory, "graded_by", NULL);
	const bool is_kept = cJSON_IsObject(json_get(theory, "scoring"));
	struct explainer explainer = {
		.arena = arena,
		.language = language,
		.scoring = json_get(theory, "scoring"),
		.order = (int)json_number(question, "order", 0),
		.is_second = engine != NULL && strcmp(engine, "builtin") != 0,
	};
	cJSON *item, *rows;

	if (engine == NULL || (explainer.is_second && !is_kept))
		return NULL;
	item = cJSON_CreateObject();
	json_set_bool(item, "is_second", explainer.is_second);
	json_set_bool(item, "is_kept", is_kept);
	if (!is_kept)
		return item;
	explainer.chain = fit_chain(&explainer);
	json_set_string(item, "version", json_string(explainer.scoring, "version", ""));
	rows = json_set_array(item, "points");
	cJSON_ArrayForEach(point, json_get(explainer.scoring, "key_points"))
	        add_point(&explainer, rows, point);
	add_lines(&explainer, item);
	add_ruling_lines(&explainer, json_get(question, "ruling"));
	json_set_string(item, "rule", credit_rule(arena, language, explainer.scoring));
	return item;
}
