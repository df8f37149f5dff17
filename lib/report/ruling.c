#include "report/ruling.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/normalize.h"
#include "report/report.h"
#include "score/coding.h"
#include "score/constants.h"

/* What half a point is worth where the scorer kept nothing else. */
#define HALF 0.5

/* --- what appeals grant ------------------------------------------------------------ */

/* "covered" or "partial", as a person granted that point; NULL: nobody did. */
static const struct appeal *granted(const struct ruling *ruling, const char *key_point_id)
{
	for (size_t i = 0; i < ruling->appeal_count; i++)
		if (ruling->appeals[i].granted[0] != '\0' &&
		    strcmp(ruling->appeals[i].key_point_id, key_point_id) == 0)
			return &ruling->appeals[i];
	return NULL;
}

static bool is_covered(const char *status)
{
	return strcmp(status, "covered") == 0;
}

static bool grants_anything(const struct ruling *ruling)
{
	for (size_t i = 0; i < ruling->appeal_count; i++)
		if (ruling->appeals[i].granted[0] != '\0')
			return true;
	return false;
}

/* --- the examiner's formulas with it ------------------------------------------------ */

static double to_tenths(double score)
{
	return round(score * 10) / 10;
}

static double number(const cJSON *steps, const char *name)
{
	return json_number(steps, name, NAN);
}

/* Of a stored key point, with what was granted. */
static double credit_of(const cJSON *steps, const cJSON *point, const struct appeal *appeal)
{
	const double credit = json_number(point, "credit", 0);
	double half;

	if (appeal == NULL)
		return credit;
	if (is_covered(appeal->granted))
		return 1;
	half = pow(number(steps, "covered_min") / number(point, "full"),
	           number(steps, "credit_power"));
	return fmax(credit, isfinite(half) && half <= 1 ? half : HALF);
}

/* The weighed sums over the points: credits as stored, with what was granted, denials left. */
struct sums {
	double weights, before, after, denied;
};

static struct sums sum_points(const cJSON *steps, const struct ruling *ruling)
{
	struct sums sums = { 0 };
	const cJSON *point;

	cJSON_ArrayForEach(point, json_get(steps, "key_points"))
	{
		const double weight = json_number(point, "weight", 1);
		const struct appeal *appeal = granted(ruling, json_string(point, "id", ""));

		sums.weights += weight;
		sums.before += weight * json_number(point, "credit", 0);
		sums.after += weight * credit_of(steps, point, appeal);
		if (appeal == NULL && json_bool(point, "denied", false))
			sums.denied += weight;
	}
	return sums;
}

/* The share of the full mark by the built-in's formula; NAN where too little was kept for it. */
static double share_by_steps(const cJSON *steps, const struct ruling *ruling)
{
	const struct sums sums = sum_points(steps, ruling);
	const double part = number(steps, "point_share");
	double points, agreement;

	if (!(sums.weights > 0))
		return NAN;
	points = fmin(number(steps, "points") + (sums.after - sums.before) / sums.weights, 1);
	agreement = pow(part * points + (1 - part) * number(steps, "likeness"),
	                number(steps, "power"));
	return fmin(agreement * (1 - number(steps, "penalty") * sums.denied / sums.weights),
	            number(steps, "cap"));
}

/* The share of the full mark that the marks of a model give. */
static double share_by_marks(const struct evaluation *evaluation, const struct ruling *ruling)
{
	double gained = 0, share;

	for (size_t i = 0; i < evaluation->mark_count; i++) {
		const struct mark *mark = &evaluation->marks[i];
		const struct appeal *appeal = granted(ruling, mark->key_point_id);
		const char *status = appeal != NULL ? appeal->granted : mark->status;

		if (strcmp(status, "missing") != 0)
			gained += is_covered(status) ? 1 : HALF;
	}
	share = gained / (double)evaluation->mark_count;
	return (evaluation->flags & SCORE_FLAG_DUMP) != 0 ? fmin(share, DUMP_CAP) : share;
}

/* What was granted beyond the examiner's statuses, as a share of all points. */
static double share_granted(const struct evaluation *evaluation, const struct ruling *ruling)
{
	double gained = 0;

	for (size_t i = 0; i < evaluation->mark_count; i++) {
		const struct mark *mark = &evaluation->marks[i];
		const struct appeal *appeal = granted(ruling, mark->key_point_id);

		if (appeal != NULL)
			gained += (is_covered(appeal->granted) ? 1 : HALF) -
			          (strcmp(mark->status, "partial") == 0 ? HALF : 0);
	}
	return gained / (double)evaluation->mark_count;
}

/* What hints and a shown model answer take away: as it was kept, else as it is now. */
static double after_toll(const cJSON *steps, const struct evaluation *evaluation,
                         const struct question *question, double score)
{
	const double max_score = evaluation->max_score;
	const double price = question->hints_used * REPORT_HINT_PRICE * max_score / 10;
	const double most = question->model_answer
	                            ? to_tenths(REPORT_MODEL_ANSWER_CAP * max_score / 10)
	                            : max_score;

	score = to_tenths(fmax(score - json_number(steps, "hints_price", price), 0));
	return fmin(score, json_number(steps, "model_answer_cap", most));
}

double ruling_score(const struct evaluation *evaluation, const struct question *question,
                    const struct ruling *ruling)
{
	const bool is_builtin = strcmp(evaluation->engine, "builtin") == 0;
	const double max_score = evaluation->max_score;
	cJSON *steps = NULL;
	double share, score;

	if (!grants_anything(ruling) || evaluation->mark_count == 0)
		return evaluation->score;
	if (evaluation->steps != NULL &&
	    json_parse(evaluation->steps, strlen(evaluation->steps), &steps) != OK)
		steps = NULL;
	share = is_builtin ? share_by_steps(steps, ruling) : share_by_marks(evaluation, ruling);
	if (isfinite(share)) {
		score = after_toll(steps, evaluation, question, to_tenths(share * max_score));
	} else {
		/* Hints were paid for in the examiner's score already. */
		score = evaluation->score + share_granted(evaluation, ruling) * max_score;
		score = fmin(to_tenths(score), max_score);
		if (question->model_answer)
			score = fmin(score, to_tenths(REPORT_MODEL_ANSWER_CAP * max_score / 10));
	}
	return fmax(score, evaluation->score);
}

/* --- in the document ---------------------------------------------------------------- */

struct court {
	struct arena *arena;
	cJSON *report;
	const struct question *question;
	const struct evaluation *evaluation;
	const struct ruling *ruling;
};

static cJSON *member(cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static void replace_number(cJSON *object, const char *name, double value)
{
	cJSON_DetachItemFromObjectCaseSensitive(object, name);
	json_set_number(object, name, value);
}

static void replace_string(cJSON *object, const char *name, const char *value)
{
	cJSON_DetachItemFromObjectCaseSensitive(object, name);
	json_set_string(object, name, value);
}

/* The words that an appeal points at; NULL for what does not stand in the answer. */
static cJSON *words_of(const struct court *court, const struct appeal *appeal)
{
	const struct span span = { .start = appeal->span_start, .end = appeal->span_end };

	return normalize_quotation(court->arena, court->question->answer, &span);
}

static void grant(const struct court *court, cJSON *point)
{
	const struct appeal *appeal = granted(court->ruling, json_string(point, "id", ""));
	cJSON *words;

	if (appeal == NULL)
		return;
	words = words_of(court, appeal);
	replace_string(point, "status", appeal->granted);
	replace_string(point, "wrong", NULL);
	json_set_string(point, "decided_by", "person");
	if (words != NULL)
		json_add(member(point, "evidence"), words);
}

static void set_decision(const struct court *court, cJSON *item, int64_t at, const char *by)
{
	normalize_set_time(court->arena, item, "at", at);
	json_set_string(item, "by", by);
}

static void add_override(const struct court *court, cJSON *item)
{
	const struct override *override = court->ruling->override;
	cJSON *row;

	if (override == NULL) {
		json_set_null(item, "override");
		return;
	}
	row = json_set_object(item, "override");
	json_set_number(row, "score", json_rounded(override->score));
	json_set_string(row, "reason", override->reason);
	set_decision(court, row, override->created_at, override->author_name);
}

static void add_appeal(const struct court *court, cJSON *rows, const struct appeal *appeal)
{
	cJSON *row = json_add_object(rows);
	cJSON *words = words_of(court, appeal);

	json_set_string(row, "key_point_id", appeal->key_point_id);
	json_set_string(row, "state", appeal->state);
	json_set_string(row, "granted", appeal->granted[0] != '\0' ? appeal->granted : NULL);
	json_set_string(row, "status_before", appeal->status_before);
	json_set(row, "evidence", words != NULL ? words : cJSON_CreateNull());
	json_set_string(row, "comment", appeal->comment);
	json_set_string(row, "reply", appeal->reply);
	set_decision(court, row, appeal->decided_at, appeal->decided_by_name);
}

/* The part of the metrics that has the score, and the names of its figures. */
struct figures {
	cJSON *part;
	const char *score, *max_score, *ratio;
};

static struct figures figures_of(cJSON *report)
{
	const bool is_coding = strcmp(json_string(report, "q_type", ""), "coding") == 0;

	if (is_coding)
		return (struct figures){ member(member(report, "metrics"), "coding"), "score_code",
			                 "max_score_code", "score_ratio_code" };
	return (struct figures){ member(member(report, "metrics"), "theory"), "score", "max_score",
		                 "score_ratio" };
}

/* A person may give a score to code that nobody judged: that has no full mark of its own. */
static void set_score(cJSON *report, double score)
{
	const struct figures figures = figures_of(report);
	const double max = ruling_max_score(report);
	const double ratio = max > 0 ? score / max : (double)NAN;

	replace_number(figures.part, figures.score, json_rounded(score));
	replace_number(figures.part, figures.max_score, max);
	replace_number(figures.part, figures.ratio, json_rounded(ratio));
	if (member(figures.part, "verdict") != NULL)
		replace_string(figures.part, "verdict",
		               score_verdict_name(score_verdict_of(max > 0 ? ratio : 0)));
}

static void rule(const struct court *court)
{
	const struct figures figures = figures_of(court->report);
	const struct override *override = court->ruling->override;
	const double by_examiner = json_number(figures.part, figures.score, NAN);
	double by_appeals = by_examiner;
	cJSON *item = json_set_object(court->report, "ruling"), *rows, *point;

	if (court->evaluation != NULL && grants_anything(court->ruling))
		by_appeals = ruling_score(court->evaluation, court->question, court->ruling);
	cJSON_ArrayForEach(point, member(figures.part, "key_points")) grant(court, point);
	json_set_number(item, "score_by_examiner", by_examiner);
	json_set_number(item, "score_by_appeals", json_rounded(by_appeals));
	add_override(court, item);
	rows = json_set_array(item, "appeals");
	for (size_t i = 0; i < court->ruling->appeal_count; i++)
		add_appeal(court, rows, &court->ruling->appeals[i]);
	if (override != NULL)
		set_score(court->report, override->score);
	else if (by_appeals > by_examiner)
		set_score(court->report, by_appeals);
}

void ruling_apply(struct arena *arena, cJSON *report, const struct question *question,
                  const struct evaluation *evaluation, const struct ruling *ruling)
{
	const struct court court = { arena, report, question, evaluation, ruling };

	if (ruling == NULL || (ruling->override == NULL && ruling->appeal_count == 0))
		json_set_null(report, "ruling");
	else
		rule(&court);
}

double ruling_by_examiner(const cJSON *report)
{
	const bool is_coding = strcmp(json_string(report, "q_type", ""), "coding") == 0;
	const cJSON *part = json_get(json_get(report, "metrics"), is_coding ? "coding" : "theory");
	const cJSON *ruling = json_get(report, "ruling");

	if (cJSON_IsObject(ruling))
		return json_number(ruling, "score_by_examiner", NAN);
	return json_number(part, is_coding ? "score_code" : "score", NAN);
}

double ruling_max_score(const cJSON *report)
{
	const bool is_coding = strcmp(json_string(report, "q_type", ""), "coding") == 0;
	const cJSON *part = json_get(json_get(report, "metrics"), is_coding ? "coding" : "theory");

	return json_number(part, is_coding ? "max_score_code" : "max_score", CODING_MAX_SCORE);
}
