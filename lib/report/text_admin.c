#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/terms.h"
#include "report/texts.h"

/* --- overall assessment ---------------------------------------------------------- */

static void subject(struct prose *prose)
{
	const cJSON *summary = prose->digest->summary;
	enum language language = prose->language;

	prose_sentence(prose,
	               i18n(language, "Role: %s. Level aimed at: %s. Type of interview: %s."),
	               json_string(json_get(summary, "role"), "title", ""),
	               terms_level(language, json_string(summary, "level", "")),
	               terms_type(language, json_string(summary, "type", "")));
}

static void result(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	if (digest->band == BAND_EMPTY) {
		prose_sentence(prose,
		               i18n(language, "The candidate answered no question; the interview "
		                              "gives no ground for an assessment."));
		return;
	}
	if (digest->band == BAND_UNJUDGED)
		prose_sentence(prose,
		               i18n(language, "The candidate's code is stored, but nothing was "
		                              "judged on this server: there is no result."));
	else
		prose_sentence(prose, i18n(language, "Result: %s of %s points (%s)."),
		               prose_number(prose, digest->score),
		               prose_number(prose, digest->max_score),
		               prose_percent(prose, digest->ratio));
	prose_sentence(prose,
	               i18n_plural(language, "%d question out of %d was answered.",
	                           "%d questions out of %d were answered.", digest->answered),
	               digest->answered, digest->questions);
	if (digest->points > 0)
		prose_sentence(prose,
		               i18n(language,
		                    "Key points in these answers: %d expected, %d covered, %d "
		                    "in part, %d missing."),
		               digest->points, digest->covered, digest->partial, digest->missing);
}

static void rubric(struct prose *prose)
{
	const cJSON *metrics = json_get(prose->digest->summary, "metrics");
	const cJSON *scoring = json_get(prose->digest->summary, "scoring");
	double overall = json_number(json_get(metrics, "rubric"), "overall", NAN);

	if (isfinite(overall))
		prose_sentence(
		        prose,
		        i18n(prose->language, "Quality of the answers by the rubric: %s of %s."),
		        prose_number(prose, overall),
		        prose_number(prose, json_number(scoring, "rubric_max_overall", NAN)));
}

static void help(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	if (digest->hints > 0)
		prose_sentence(prose,
		               i18n_plural(language, "%d hint was used.", "%d hints were used.",
		                           digest->hints),
		               digest->hints);
	if (digest->model_answers > 0)
		prose_sentence(
		        prose,
		        i18n_plural(language,
		                    "The model answer was opened for %d question, which limits "
		                    "its score.",
		                    "The model answer was opened for %d questions, which limits "
		                    "their score.",
		                    digest->model_answers),
		        digest->model_answers);
}

static void level_fit(struct prose *prose)
{
	const cJSON *fit = json_get(prose->digest->summary, "level_fit");
	const char *level = json_string(fit, "level", NULL);
	enum language language = prose->language;

	if (!cJSON_IsObject(fit)) {
		if (prose->digest->band > BAND_UNJUDGED)
			prose_sentence(prose,
			               i18n(language, "There are too few answers to judge the fit "
			                              "for the level."));
	} else if (level == NULL) {
		prose_sentence(prose, i18n(language, "Fit for the level: below junior."));
	} else {
		prose_sentence(prose,
		               i18n(language, "Fit for the level: the answers correspond to %s%s."),
		               terms_level(language, level), json_string(fit, "sign", ""));
	}
}

static void overall(struct prose *prose)
{
	prose_heading(prose, i18n(prose->language, "Overall assessment"));
	subject(prose);
	result(prose);
	texts_code_admin_result(prose);
	level_fit(prose);
	rubric(prose);
	texts_theory_and_practice(prose);
	help(prose);
}

/* --- strengths ------------------------------------------------------------------- */

static const char *merit(enum language language, const char *dimension)
{
	if (strcmp(dimension, "structure") == 0)
		return i18n(language, "The answers are clearly structured.");
	if (strcmp(dimension, "relevance") == 0)
		return i18n(language, "The answers keep to the question.");
	if (strcmp(dimension, "technical_accuracy") == 0)
		return i18n(language, "The answers are technically accurate.");
	if (strcmp(dimension, "depth") == 0)
		return i18n(language, "The answers go into depth.");
	return i18n(language, "The candidate expresses thoughts clearly.");
}

static void strengths(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	prose_heading(prose, i18n(language, "Strengths"));
	if (digest->band == BAND_UNJUDGED) {
		prose_sentence(prose, i18n(language, "Not established: nothing was judged."));
		return;
	}
	if (digest->strong.count > 0)
		prose_item(prose, i18n(language, "Confident command of: %s."),
		           prose_tags(prose, &digest->strong));
	if (digest->said.count > 0)
		prose_item(prose, i18n(language, "Key points explained: %s."),
		           prose_points(prose, &digest->said));
	texts_code_admin_strengths(prose);
	if (digest->best_dimension != NULL)
		prose_item(prose, "%s", merit(language, digest->best_dimension));
	if (digest->band >= BAND_GOOD && digest->hints == 0 && digest->model_answers == 0)
		prose_item(prose, i18n(language, "No hint and no model answer was needed."));
	if (prose->is_block_empty && digest->band == BAND_EMPTY)
		prose_sentence(prose, i18n(language, "Not established: there are no answers."));
	else if (prose->is_block_empty)
		prose_sentence(prose, i18n(language, "The answers give no evidence of pronounced "
		                                     "strengths."));
}

/* --- growth areas and risks --------------------------------------------------------- */

static const char *flaw(enum language language, const char *dimension)
{
	if (strcmp(dimension, "structure") == 0)
		return i18n(language, "The answers lack a clear structure.");
	if (strcmp(dimension, "relevance") == 0)
		return i18n(language, "The answers do not always keep to the question.");
	if (strcmp(dimension, "technical_accuracy") == 0)
		return i18n(language, "The technical accuracy of the answers is low.");
	if (strcmp(dimension, "depth") == 0)
		return i18n(language, "The answers lack depth.");
	return i18n(language, "The answers are not expressed clearly enough.");
}

static void gaps(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	if (digest->weak.count > 0)
		prose_item(prose, i18n(language, "Weak topics: %s."),
		           prose_tags(prose, &digest->weak));
	if (digest->unsaid.count > 0)
		prose_item(prose, i18n(language, "Key points missing: %s."),
		           prose_points(prose, &digest->unsaid));
	if (digest->half_said.count > 0)
		prose_item(prose, i18n(language, "Key points covered in part: %s."),
		           prose_points(prose, &digest->half_said));
	texts_code_admin_gaps(prose);
	if (digest->dont_know + digest->skipped > 0)
		prose_item(prose, i18n(language, "Answered with “I don't know”: %d; skipped: %d."),
		           digest->dont_know, digest->skipped);
	if (digest->worst_dimension != NULL)
		prose_item(prose, "%s", flaw(language, digest->worst_dimension));
}

static void risks(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	if (digest->unstable.count > 0)
		prose_item(prose,
		           i18n(language,
		                "Risk, unstable knowledge: good and bad answers on the same "
		                "topic (%s)."),
		           prose_tags(prose, &digest->unstable));
	if (digest->critical.count > 0)
		prose_item(prose,
		           i18n(language, "Risk, weak spots that are critical in production: %s."),
		           prose_tags(prose, &digest->critical));
	texts_code_admin_risks(prose);
	texts_wrong_statements(prose, true);
}

static void growth(struct prose *prose)
{
	enum language language = prose->language;

	prose_heading(prose, i18n(language, "Growth areas"));
	if (prose->digest->band == BAND_UNJUDGED) {
		prose_sentence(prose, i18n(language, "Not established: nothing was judged."));
		return;
	}
	gaps(prose);
	risks(prose);
	if (prose->is_block_empty && prose->digest->band == BAND_EMPTY)
		prose_sentence(prose, i18n(language, "Not established: there are no answers."));
	else if (prose->is_block_empty)
		prose_sentence(prose,
		               i18n(language, "No gaps and no risks showed in the answers."));
}

/* --- recommendations ------------------------------------------------------------- */

static void advice(struct prose *prose)
{
	enum language language = prose->language;
	bool is_judged = cJSON_IsObject(json_get(prose->digest->summary, "level_fit"));

	if (prose->digest->band > BAND_UNJUDGED && !is_judged) {
		prose_item(prose, i18n(language, "The answers are too few for a recommendation; "
		                                 "the interview should be repeated in full."));
		return;
	}
	switch (prose->digest->band) {
	case BAND_EMPTY:
		prose_item(prose,
		           i18n(language, "Repeat the interview before drawing any conclusion."));
		break;
	case BAND_UNJUDGED:
		prose_item(prose, i18n(language, "Read the candidate's code before drawing any "
		                                 "conclusion."));
		break;
	case BAND_WEAK:
		prose_item(prose,
		           i18n(language, "At present the result does not meet the level aimed at; "
		                          "a repeated interview makes sense after training."));
		break;
	case BAND_FAIR:
		prose_item(prose,
		           i18n(language, "The result meets the level aimed at in part; the gaps "
		                          "should be checked in a further conversation."));
		break;
	case BAND_GOOD:
		prose_item(prose,
		           i18n(language, "The result meets the level aimed at; a further "
		                          "conversation can concentrate on the open points."));
		break;
	case BAND_EXCELLENT:
		prose_item(prose,
		           i18n(language, "The result meets the level aimed at in full; harder "
		                          "questions can show where the limits are."));
		break;
	}
}

static void recommendations(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	prose_heading(prose, i18n(language, "Recommendations for development"));
	advice(prose);
	if (digest->band == BAND_UNJUDGED)
		return;
	texts_disagreements(prose);
	if (digest->weak.count > 0)
		prose_item(prose, i18n(language, "Development plan, in this order: %s."),
		           prose_tags(prose, &digest->weak));
	if (digest->unstable.count > 0)
		prose_item(prose, i18n(language, "Ask a second question on: %s."),
		           prose_tags(prose, &digest->unstable));
	if (digest->points > 0)
		prose_item(prose,
		           i18n(language, "Every score can be checked against the quoted passages "
		                          "of the answers."));
	if (digest->code.attempts > 0)
		prose_item(prose, i18n(language, "Every attempt at a coding task is kept with its "
		                                 "code and the verdicts of the tests."));
}

char *texts_admin(const struct digest *digest)
{
	struct prose prose;

	prose_init(&prose, digest);
	overall(&prose);
	strengths(&prose);
	growth(&prose);
	recommendations(&prose);
	return prose.text.data;
}
