#include "report/terms.h"

#include <stddef.h>
#include <string.h>

struct term {
	const char *code, *text;
};

static const struct term levels[] = {
	{ "junior", N_("Junior") },
	{ "middle", N_("Middle") },
	{ "senior", N_("Senior") },
	{ NULL, NULL },
};

static const struct term types[] = {
	{ "technical", N_("Technical") }, { "hr", N_("HR") }, { "case", N_("Case") },
	{ "mixed", N_("Mixed") },         { NULL, NULL },
};

static const struct term verdicts[] = {
	{ "incorrect", N_("Not there yet") },
	{ "partial", N_("Partly right") },
	{ "good", N_("Good") },
	{ "excellent", N_("Excellent") },
	{ NULL, NULL },
};

static const struct term statuses[] = {
	{ "covered", N_("said") },
	{ "partial", N_("half said") },
	{ "missing", N_("not said") },
	{ NULL, NULL },
};

static const struct term states[] = {
	{ "answered", N_("answered") },
	{ "skipped", N_("skipped") },
	{ "dont_know", N_("“I don't know”") },
	{ "unanswered", N_("not answered") },
	{ NULL, NULL },
};

static const struct term dimensions[] = {
	{ "structure", N_("Structure") },
	{ "relevance", N_("Relevance") },
	{ "technical_accuracy", N_("Technical accuracy") },
	{ "depth", N_("Depth") },
	{ "communication", N_("Communication") },
	{ NULL, NULL },
};

static const struct term tracks[] = {
	{ "backend", N_("Backend") },           { "frontend", N_("Frontend") },
	{ "data-science", N_("Data science") }, { "hr", N_("Soft skills") },
	{ "case", N_("Case studies") },         { NULL, NULL },
};

static const struct term tags[] = {
	{ "accessibility", N_("accessibility") },
	{ "api-design", N_("API design") },
	{ "architecture", N_("architecture") },
	{ "caching", N_("caching") },
	{ "communication", N_("communication") },
	{ "concurrency", N_("concurrency") },
	{ "conflict", N_("resolving conflicts") },
	{ "css", "CSS" },
	{ "data-modelling", N_("data modelling") },
	{ "data-quality", N_("data quality") },
	{ "databases", N_("databases") },
	{ "debugging", N_("debugging") },
	{ "deep-learning", N_("deep learning") },
	{ "dom", "DOM" },
	{ "estimation", N_("estimation") },
	{ "experimentation", N_("experiments") },
	{ "feature-engineering", N_("feature engineering") },
	{ "html", "HTML" },
	{ "http", "HTTP" },
	{ "incident-response", N_("incident response") },
	{ "javascript", "JavaScript" },
	{ "leadership", N_("leadership") },
	{ "learning", N_("learning new things") },
	{ "machine-learning", N_("machine learning") },
	{ "messaging", N_("message queues") },
	{ "mlops", "MLOps" },
	{ "model-evaluation", N_("model evaluation") },
	{ "motivation", N_("motivation") },
	{ "networking", N_("networking") },
	{ "observability", N_("observability") },
	{ "operating-systems", N_("operating systems") },
	{ "ownership", N_("ownership") },
	{ "performance", N_("performance") },
	{ "planning", N_("planning") },
	{ "python", "Python" },
	{ "react", "React" },
	{ "reliability", N_("reliability") },
	{ "scalability", N_("scalability") },
	{ "security", N_("security") },
	{ "sql", "SQL" },
	{ "statistics", N_("statistics") },
	{ "teamwork", N_("teamwork") },
	{ "testing", N_("testing") },
	{ "trade-offs", N_("weighing trade-offs") },
	{ "typescript", "TypeScript" },
	{ NULL, NULL },
};

static const char *find(const struct term *terms, enum language language, const char *code)
{
	for (; terms->code != NULL; terms++)
		if (strcmp(terms->code, code) == 0)
			return i18n(language, terms->text);
	return code;
}

const char *terms_level(enum language language, const char *level)
{
	return find(levels, language, level);
}

const char *terms_type(enum language language, const char *type)
{
	return find(types, language, type);
}

const char *terms_verdict(enum language language, const char *verdict)
{
	return find(verdicts, language, verdict);
}

const char *terms_status(enum language language, const char *status)
{
	return find(statuses, language, status);
}

const char *terms_state(enum language language, const char *state)
{
	return find(states, language, state);
}

const char *terms_dimension(enum language language, const char *dimension)
{
	return find(dimensions, language, dimension);
}

const char *terms_engine(enum language language, const char *engine)
{
	static const struct term engines[] = { { "builtin", N_("the built-in examiner") },
		                               { NULL, NULL } };

	return find(engines, language, engine);
}

const char *terms_tag(enum language language, const char *tag)
{
	return find(tags, language, tag);
}

const char *terms_track(enum language language, const char *track)
{
	return find(tracks, language, track);
}

const char *terms_symbol(const char *status)
{
	if (strcmp(status, "covered") == 0)
		return "+";
	return strcmp(status, "partial") == 0 ? "~" : "-";
}
