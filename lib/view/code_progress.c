#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "interview/flow.h"
#include "judge/language.h"
#include "view/code_results.h"

/* What the state of an attempt that has no result is called. */
static const char *state_text(enum language language, const char *state)
{
	if (strcmp(state, "queued") == 0)
		return i18n(language, "waiting");
	if (strcmp(state, "running") == 0)
		return i18n(language, "running");
	if (strcmp(state, "failed") == 0)
		return i18n(language, "broken off");
	return i18n(language, "not judged");
}

/* Points of the attempt alone, before anything is taken off. */
static double points_of(const struct submission *sent)
{
	const struct coding_attempt attempt = { sent->public_passed, sent->public_total,
		                                sent->hidden_passed, sent->hidden_total };

	return coding_score(&attempt, 1, 0).best;
}

/* The score counts the attempts that were judged; this is the number of its best one. */
static int best_number(const struct coding *coding)
{
	int judged = 0;

	for (size_t i = 0; i < coding->submissions.count; i++) {
		const struct submission *sent = &coding->submissions.items[i];

		if (sent->attempt_number > 0 && strcmp(sent->state, "done") == 0 &&
		    ++judged == coding->score.best_attempt)
			return sent->attempt_number;
	}
	return 0;
}

static void add_attempt(cJSON *attempts, const struct coding *coding, const struct submission *sent)
{
	const struct judge_language *written = language_by_name(sent->code_language);
	enum language language = coding->interview.language;
	cJSON *item = json_add_object(attempts);
	bool is_done = strcmp(sent->state, "done") == 0;

	json_set_number(item, "number", sent->attempt_number);
	json_set_string(item, "written_in", written != NULL ? written->title : sent->code_language);
	json_set_string(item, "after",
	                format_duration(coding->arena, language, sent->time_spent_ms / 1000));
	json_set_string(item, "code", sent->code);
	json_set_bool(item, "is_best", sent->attempt_number == best_number(coding));
	json_set_bool(item, "is_done", is_done);
	if (!is_done) {
		json_set_string(item, "state", state_text(language, sent->state));
		return;
	}
	json_set_number(item, "passed", sent->public_passed + sent->hidden_passed);
	json_set_number(item, "total", sent->public_total + sent->hidden_total);
	json_set_string(item, "points", format_number(coding->arena, language, points_of(sent)));
}

static void add_step(cJSON *steps, const struct coding *coding, const char *text, double points)
{
	enum language language = coding->interview.language;
	cJSON *step = json_add_object(steps);

	json_set_string(step, "text", i18n(language, text));
	json_set_string(step, "points",
	                arena_printf(coding->arena, "%s%s", points < 0 ? "−" : "",
	                             format_number(coding->arena, language,
	                                           points < 0 ? -points : points)));
}

/* The steps in the order in which the formula takes them. */
static void add_score(cJSON *page, const struct coding *coding)
{
	const struct coding_score *score = &coding->score;
	enum language language = coding->interview.language;
	cJSON *shown = json_set_object(page, "score");
	cJSON *steps = json_set_array(shown, "steps");

	json_set_string(shown, "points", format_number(coding->arena, language, score->score));
	json_set_string(shown, "most", format_number(coding->arena, language, CODING_MAX_SCORE));
	json_set_string(shown, "public_share",
	                format_percent(coding->arena, language, CODING_PUBLIC_WEIGHT));
	json_set_string(shown, "hidden_share",
	                format_percent(coding->arena, language, CODING_HIDDEN_WEIGHT));
	add_step(steps, coding, N_("Best attempt"), score->best);
	if (score->hint_price > 0)
		add_step(steps, coding, N_("Hints"), -score->hint_price);
	if (score->failure_price > 0)
		add_step(steps, coding, N_("Failed attempts before the first full pass"),
		         -score->failure_price);
	if (coding->question.model_answer)
		add_step(steps, coding, N_("At most, since the answer was shown"),
		         FLOW_MODEL_ANSWER_CAP);
}

void code_progress_add(cJSON *page, const struct coding *coding)
{
	cJSON *attempts = json_set_array(page, "attempts");
	int count = 0;

	for (size_t i = coding->submissions.count; i-- > 0;) {
		const struct submission *sent = &coding->submissions.items[i];

		if (sent->attempt_number == 0)
			continue;
		add_attempt(attempts, coding, sent);
		count++;
	}
	json_set_bool(page, "has_attempts", count > 0);
	if (coding->score.best_attempt > 0)
		add_score(page, coding);
}
