#include "view/labels.h"

#include <stddef.h>
#include <string.h>

struct label {
	const char *code, *text;
};

static const struct label statuses[] = {
	{ "created", N_("Not started") },
	{ "in_progress", N_("In progress") },
	{ "completed", N_("Finished") },
	{ "abandoned", N_("Abandoned") },
	{ NULL, NULL },
};

static const struct label agents[] = {
	{ "observer", N_("Observer") },
	{ "interviewer", N_("Interviewer") },
	{ "evaluator", N_("Evaluator") },
	{ "assessor", N_("Assessor") },
	{ "hint_mentor", N_("Mentor, hints") },
	{ "error_mentor", N_("Mentor, errors") },
	{ "candidate_writer", N_("Writer for the candidate") },
	{ "recruiter_writer", N_("Writer for the recruiter") },
	{ "recommender", N_("Recommendations") },
	{ "question_generator", N_("Generator of questions") },
	{ "task_generator", N_("Generator of tasks") },
	{ "profile_extractor", N_("Reader of introductions") },
	{ NULL, NULL },
};

static const char *find(const struct label *labels, enum language language, const char *code)
{
	for (; labels->code != NULL; labels++)
		if (strcmp(labels->code, code) == 0)
			return i18n(language, labels->text);
	return code;
}

const char *label_status(enum language language, const char *status)
{
	return find(statuses, language, status);
}

const char *label_difficulty(enum language language, int difficulty)
{
	static const char *const texts[] = { N_("Basic"), N_("Intermediate"), N_("Advanced"),
		                             N_("Expert") };

	if (difficulty < 0 || difficulty > 3)
		return "";
	return i18n(language, texts[difficulty]);
}

const char *label_agent(enum language language, const char *agent)
{
	return find(agents, language, agent);
}
