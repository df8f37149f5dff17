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
	{ "technical", N_("Technical") }, { "hr", N_("HR") },         { "case", N_("Case") },
	{ "mixed", N_("Mixed") },         { "coding", N_("Coding") }, { NULL, NULL },
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
	{ "backend", N_("Backend") },
	{ "frontend", N_("Frontend") },
	{ "fullstack", N_("Full-stack") },
	{ "mobile", N_("Mobile") },
	{ "devops", "DevOps / SRE" },
	{ "data-engineering", N_("Data engineering") },
	{ "data-science", N_("Data science") },
	{ "machine-learning", N_("Machine learning") },
	{ "qa", "QA" },
	{ "security", N_("Security") },
	{ "database", N_("Databases") },
	{ "embedded", N_("Embedded systems") },
	{ "analysis", N_("System analysis") },
	{ "team-lead", N_("Team leadership") },
	{ "hr", N_("Soft skills") },
	{ "case", N_("Case studies") },
	{ NULL, NULL },
};

static const struct term test_verdicts[] = {
	{ "accepted", N_("passed") },
	{ "passed", N_("passed") },
	{ "failed", N_("failed") },
	{ "wrong_answer", N_("wrong answer") },
	{ "runtime_error", N_("execution error") },
	{ "time_limit", N_("time limit exceeded") },
	{ "memory_limit", N_("memory limit exceeded") },
	{ "output_limit", N_("output limit exceeded") },
	{ "compile_error", N_("compile error") },
	{ "judge_error", N_("error of the judge") },
	{ NULL, NULL },
};

static const struct term code_states[] = {
	{ "done", N_("judged") },
	{ "failed", N_("the judge failed") },
	{ "not_judged", N_("not judged") },
	{ NULL, NULL },
};

static const struct term code_languages[] = {
	{ "python", "Python" }, { "javascript", "JavaScript" },
	{ "c", "C" },           { "cpp", "C++" },
	{ "go", "Go" },         { "java", "Java" },
	{ "rust", "Rust" },     { "sql", "SQL" },
	{ NULL, NULL },
};

static const struct term events[] = {
	{ "focus_lost", N_("The page was left for a while") },
	{ "large_paste", N_("A large piece of text was pasted") },
	{ "fast_typing", N_("Text appeared faster than people type") },
	{ "identical_code", N_("Code equal to another candidate's") },
	{ NULL, NULL },
};

static const struct term grades[] = {
	{ "below_junior", N_("below junior") },
	{ "undetermined", N_("not determined") },
	{ NULL, NULL },
};

static const struct term hires[] = {
	{ "strong_yes", N_("hire, with conviction") },
	{ "yes", N_("hire") },
	{ "no", N_("do not hire") },
	{ "strong_no", N_("do not hire, with conviction") },
	{ "undetermined", N_("not determined") },
	{ NULL, NULL },
};

static const struct term priorities[] = {
	{ "high", N_("high priority") },
	{ "medium", N_("medium priority") },
	{ "low", N_("low priority") },
	{ NULL, NULL },
};

static const struct term soft_skills[] = {
	{ "clarity", N_("Clarity") },
	{ "honesty", N_("Honesty") },
	{ "engagement", N_("Engagement") },
	{ NULL, NULL },
};

static const struct term matches[] = {
	{ "rule point", N_("Found by the wording of the point.") },
	{ "rule alias", N_("Found by another wording of the point.") },
	{ "rule union", N_("Found by words of several wordings of the point together.") },
	{ "rule reference", N_("Found by a sentence of the model answer.") },
	{ NULL, NULL },
};

static const struct term bases[] = {
	{ "answers",
	  N_("The words of the answers, compared with the key points of each question") },
	{ "tests", N_("The tests that the code passed, public and hidden ones") },
	{ "attempts", N_("Failed attempts at a coding task before the first full pass") },
	{ "hints", N_("Hints that were shown") },
	{ "model_answers", N_("Model answers that were shown") },
	{ "rulings", N_("Decisions of a person, each marked where it stands") },
	{ "name", N_("The name") },
	{ "user_name", N_("The user name") },
	{ "cv", N_("The CV") },
	{ "profile",
	  N_("The profile: desired position, level, technologies, words about oneself") },
	{ "photo", N_("Photo, voice, accent: Viva records none of them") },
	{ "personal", N_("Age, gender, nationality: Viva does not ask for them") },
	{ "typing",
	  N_("Typing speed, pasting, leaving the page: such events are noted and change no mark") },
	{ "time_spent",
	  N_("The time an answer took; a time limit, if there is one, only ends the interview") },
	{ "earlier_interviews", N_("Earlier interviews") },
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

const char *terms_test_verdict(enum language language, const char *verdict)
{
	return find(test_verdicts, language, verdict);
}

const char *terms_code_state(enum language language, const char *state)
{
	return find(code_states, language, state);
}

const char *terms_code_language(const char *code_language)
{
	return find(code_languages, LANG_EN, code_language);
}

const char *terms_event(enum language language, const char *kind)
{
	return find(events, language, kind);
}

const char *terms_engine(enum language language, const char *engine)
{
	static const struct term engines[] = { { "builtin", N_("the built-in examiner") },
		                               { NULL, NULL } };

	return find(engines, language, engine);
}

const char *terms_track(enum language language, const char *track)
{
	return find(tracks, language, track);
}

const char *terms_grade(struct arena *arena, enum language language, const char *grade)
{
	const size_t len = strcspn(grade, "+-");
	const char *level = arena_copy(arena, grade, len);

	if (find(grades, LANG_EN, grade) != grade)
		return find(grades, language, grade);
	return arena_printf(arena, "%s%s", terms_level(language, level), grade + len);
}

const char *terms_hire(enum language language, const char *hire)
{
	return find(hires, language, hire);
}

const char *terms_priority(enum language language, const char *priority)
{
	return find(priorities, language, priority);
}

const char *terms_soft_skill(enum language language, const char *skill)
{
	return find(soft_skills, language, skill);
}

const char *terms_matched(enum language language, const char *matched)
{
	if (matched == NULL)
		return NULL;
	if (strncmp(matched, "call ", 5) == 0)
		return i18n(language, "Quoted by the model; the quotation stands in the answer.");
	return find(matches, language, matched);
}

const char *terms_basis(enum language language, const char *code)
{
	return find(bases, language, code);
}

const char *terms_symbol(const char *status)
{
	if (strcmp(status, "covered") == 0)
		return "+";
	return strcmp(status, "partial") == 0 ? "~" : "-";
}
