#include <string.h>

#include "base/json.h"
#include "report/recommend.h"
#include "report/report.h"
#include "report/texts.h"

/* --- overall assessment ---------------------------------------------------------- */

static void headline(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	const char *score = prose_number(prose, digest->score);
	const char *max = prose_number(prose, digest->max_score);
	const char *percent = prose_percent(prose, digest->ratio);

	if (digest->band != BAND_UNJUDGED && digest->answered > 0 && digest->unanswered > 0) {
		prose_sentence(
		        prose,
		        i18n(prose->language,
		             "You scored %s of %s points (%s); the interview ended before every "
		             "question was answered."),
		        score, max, percent);
		return;
	}
	switch (digest->band) {
	case BAND_EMPTY:
		prose_sentence(prose,
		               i18n(prose->language, "No question was answered in this interview, "
		                                     "so there is nothing to assess yet."));
		break;
	case BAND_UNJUDGED:
		prose_sentence(
		        prose,
		        i18n(prose->language,
		             "Your code is stored, but nothing was judged on this server, so "
		             "there is no result yet: the interviewer will look at it."));
		break;
	case BAND_WEAK:
		prose_sentence(prose,
		               i18n(prose->language,
		                    "This interview was a hard one: %s of %s points (%s). It shows "
		                    "clearly where to start, and that is what practice is for."),
		               score, max, percent);
		break;
	case BAND_FAIR:
		prose_sentence(prose,
		               i18n(prose->language,
		                    "There is a foundation to build on: you scored %s of %s points "
		                    "(%s). Some topics are yours already, others need work."),
		               score, max, percent);
		break;
	case BAND_GOOD:
		prose_sentence(prose,
		               i18n(prose->language,
		                    "This was a good, solid interview: you scored %s of %s points "
		                    "(%s)."),
		               score, max, percent);
		break;
	case BAND_EXCELLENT:
		prose_sentence(prose,
		               i18n(prose->language,
		                    "This was an excellent interview: you scored %s of %s points "
		                    "(%s)."),
		               score, max, percent);
		break;
	}
}

static void answers(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	if (digest->answered > 0 && digest->answered == digest->questions)
		prose_sentence(prose, i18n(language, "You answered every question."));
	else if (digest->answered > 0)
		prose_sentence(prose,
		               i18n_plural(language, "You answered %d question out of %d.",
		                           "You answered %d questions out of %d.",
		                           digest->answered),
		               digest->answered, digest->questions);
	if (digest->unanswered > 0)
		prose_sentence(prose,
		               i18n_plural(language,
		                           "%d question was not answered before the end; it counts "
		                           "in the score without points.",
		                           "%d questions were not answered before the end; they "
		                           "count in the score without points.",
		                           digest->unanswered),
		               digest->unanswered);
}

static void coverage(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	if (digest->points == 0)
		return;
	if (digest->covered == digest->points)
		prose_sentence(prose, i18n(language,
		                           "Your answers hold every key point that was expected."));
	else if (digest->covered > 0)
		prose_sentence(prose,
		               i18n_plural(language,
		                           "Your answers explain %d key point of the %d expected.",
		                           "Your answers explain %d key points of the %d expected.",
		                           digest->covered),
		               digest->covered, digest->points);
	if (digest->partial > 0)
		prose_sentence(prose,
		               i18n_plural(language, "%d key point is there in part.",
		                           "%d key points are there in part.", digest->partial),
		               digest->partial);
}

static void help(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	if (digest->hints > 0)
		prose_sentence(prose,
		               i18n_plural(language, "You took %d hint.", "You took %d hints.",
		                           digest->hints),
		               digest->hints);
	if (digest->model_answers > 0)
		prose_sentence(
		        prose,
		        i18n_plural(language,
		                    "You looked at %d model answer; such a question brings at "
		                    "most %s points.",
		                    "You looked at %d model answers; such a question brings at "
		                    "most %s points.",
		                    digest->model_answers),
		        digest->model_answers, prose_number(prose, REPORT_MODEL_ANSWER_CAP));
}

static void overall(struct prose *prose)
{
	prose_heading(prose, i18n(prose->language, "Overall assessment"));
	headline(prose);
	answers(prose);
	coverage(prose);
	texts_code_candidate_result(prose);
	help(prose);
	texts_theory_and_practice(prose);
}

/* --- strengths ------------------------------------------------------------------- */

static const char *praise(enum language language, const char *dimension)
{
	if (strcmp(dimension, "structure") == 0)
		return i18n(language, "Your answers are well structured and easy to follow.");
	if (strcmp(dimension, "relevance") == 0)
		return i18n(language, "You stay with the question and do not wander off.");
	if (strcmp(dimension, "technical_accuracy") == 0)
		return i18n(language, "What you say is technically accurate.");
	if (strcmp(dimension, "depth") == 0)
		return i18n(language, "You go into depth and give reasons.");
	return i18n(language, "You express your thoughts clearly.");
}

static void best_answer(struct prose *prose)
{
	const struct facts *best = &prose->digest->best;
	const char *topics = prose_topics(prose, best->tags);

	if (prose->digest->has_best && topics[0] != '\0')
		prose_item(prose,
		           i18n(prose->language, "Your best answer was on %s: %s of %s points."),
		           topics, prose_number(prose, best->score),
		           prose_number(prose, best->max_score));
}

static void no_strengths(struct prose *prose)
{
	enum language language = prose->language;

	if (prose->digest->band == BAND_EMPTY)
		prose_sentence(prose, i18n(language,
		                           "Your strengths will show as soon as you answer: even a "
		                           "short answer in your own words can be judged."));
	else if (prose->digest->code.assisted > 0 && prose->digest->points == 0)
		prose_sentence(prose,
		               i18n(language, "Where the tests passed, the model answer had been "
		                              "shown: your strengths will show in what you solve "
		                              "on your own."));
	else if (prose->digest->points == 0 && prose->digest->code.attempts > 0)
		prose_sentence(prose,
		               i18n(language, "The tests did not pass in full this time, so there "
		                              "is no topic to praise yet. Every attempt is a "
		                              "start."));
	else if (prose->digest->partial > 0)
		prose_sentence(prose,
		               i18n(language, "You touched on the right ideas; said in full, "
		                              "they would have brought points."));
	else
		prose_sentence(
		        prose,
		        i18n(language,
		             "The expected key points were not in the answers this time, so there "
		             "is no topic to praise yet. Every answer you gave is a start."));
}

static void strengths(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	prose_heading(prose, i18n(language, "Strengths"));
	if (digest->band == BAND_UNJUDGED) {
		prose_sentence(prose, i18n(language, "Nothing was judged, so no strengths can be "
		                                     "named here."));
		return;
	}
	if (digest->strong.count > 0)
		prose_item(prose, i18n(language, "Topics you are confident in: %s."),
		           prose_tags(prose, &digest->strong));
	best_answer(prose);
	if (digest->said.count > 0)
		prose_item(prose, i18n(language, "You explained well: %s."),
		           prose_points(prose, &digest->said));
	texts_code_candidate_strengths(prose);
	if (digest->best_dimension != NULL)
		prose_item(prose, "%s", praise(language, digest->best_dimension));
	if (digest->band >= BAND_GOOD && digest->hints == 0 && digest->model_answers == 0)
		prose_item(prose, i18n(language, "You managed without hints or model answers."));
	if (prose->is_block_empty)
		no_strengths(prose);
}

/* --- growth areas ------------------------------------------------------------------ */

static const char *shortfall(enum language language, const char *dimension)
{
	if (strcmp(dimension, "structure") == 0)
		return i18n(language,
		            "Structure: your answers would gain from a clear order of thoughts.");
	if (strcmp(dimension, "relevance") == 0)
		return i18n(language, "Relevance: your answers could stay closer to the question.");
	if (strcmp(dimension, "technical_accuracy") == 0)
		return i18n(language,
		            "Technical accuracy: some answers do not match how things work.");
	if (strcmp(dimension, "depth") == 0)
		return i18n(
		        language,
		        "Depth: reasons, details and examples would make your answers complete.");
	return i18n(language,
	            "Communication: whole, clear sentences would carry your thoughts better.");
}

static void given_up(struct prose *prose)
{
	const struct digest *digest = prose->digest;

	if (digest->dont_know > 0)
		prose_item(prose,
		           i18n_plural(prose->language,
		                       "To %d question you said “I don't know”: honest, and "
		                       "worth returning to.",
		                       "To %d questions you said “I don't know”: honest, and "
		                       "worth returning to.",
		                       digest->dont_know),
		           digest->dont_know);
	if (digest->skipped > 0)
		prose_item(
		        prose,
		        i18n_plural(prose->language,
		                    "You skipped %d question: even a partial answer earns points.",
		                    "You skipped %d questions: even a partial answer earns points.",
		                    digest->skipped),
		        digest->skipped);
}

static void no_growth(struct prose *prose)
{
	const struct digest *digest = prose->digest;

	if (digest->band == BAND_EMPTY)
		prose_sentence(prose, i18n(prose->language,
		                           "Growth areas can only be named from answers."));
	else
		prose_sentence(prose,
		               i18n(prose->language, "No gaps showed in your answers. The next "
		                                     "step is a harder level."));
}

static void growth(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	prose_heading(prose, i18n(language, "Growth areas"));
	if (digest->band == BAND_UNJUDGED) {
		prose_sentence(prose, i18n(language, "Nothing was judged, so no growth areas can "
		                                     "be named here."));
		return;
	}
	if (digest->weak.count > 0)
		prose_item(prose, i18n(language, "Topics that cost the most points: %s."),
		           prose_tags(prose, &digest->weak));
	if (digest->unsaid.count > 0)
		prose_item(prose, i18n(language, "Not said yet: %s."),
		           prose_points(prose, &digest->unsaid));
	if (digest->half_said.count > 0)
		prose_item(prose, i18n(language, "Said in part, worth completing: %s."),
		           prose_points(prose, &digest->half_said));
	texts_wrong_statements(prose, false);
	texts_code_candidate_growth(prose);
	given_up(prose);
	if (digest->worst_dimension != NULL)
		prose_item(prose, "%s", shortfall(language, digest->worst_dimension));
	if (prose->is_block_empty)
		no_growth(prose);
}

/* --- recommendations ------------------------------------------------------------- */

static const char *exercise(enum language language, const char *dimension)
{
	if (strcmp(dimension, "structure") == 0)
		return i18n(language,
		            "Build each answer in the same order: what it is, how it works, "
		            "an example, its limits.");
	if (strcmp(dimension, "relevance") == 0)
		return i18n(language,
		            "Before answering, say in one sentence what is being asked, and "
		            "answer exactly that.");
	if (strcmp(dimension, "technical_accuracy") == 0)
		return i18n(language,
		            "Check your understanding in practice: write a small example and "
		            "see what really happens.");
	if (strcmp(dimension, "depth") == 0)
		return i18n(language,
		            "After each statement ask yourself why, and add the reason and an "
		            "example.");
	return i18n(language, "Practise aloud or in writing: two or three whole sentences for each "
	                      "thought.");
}

static bool is_coding_only(const struct digest *digest)
{
	return digest->code.tasks == digest->questions;
}

/* There are no key points to read up on, only tasks. */
static void next_coding(struct prose *prose, const char *difficulty)
{
	if (strcmp(difficulty, "decrease") == 0)
		prose_item(prose,
		           i18n(prose->language, "Go through the tasks of this report again, then "
		                                 "take an interview with easier ones."));
	else
		prose_item(prose,
		           i18n(prose->language, "Take the next interview at the same level and "
		                                 "aim for code that passes every test."));
}

static void next_interview(struct prose *prose)
{
	const char *difficulty =
	        recommend_difficulty(json_get(prose->digest->summary, "questions"));
	enum language language = prose->language;

	if (is_coding_only(prose->digest) && prose->digest->band > BAND_UNJUDGED &&
	    strcmp(difficulty, "increase") != 0) {
		next_coding(prose, difficulty);
		return;
	}
	if (prose->digest->band == BAND_EMPTY) {
		prose_item(prose,
		           i18n(language, "Start a new interview and answer at least the first "
		                          "questions: a wrong answer costs no more than none."));
		prose_item(prose,
		           i18n(language, "If you are stuck, take the hint and go on from there."));
	} else if (strcmp(difficulty, "increase") == 0) {
		prose_item(prose,
		           i18n(language, "Take the next interview with harder questions or in a "
		                          "new topic."));
	} else if (strcmp(difficulty, "decrease") == 0) {
		prose_item(prose, i18n(language, "Read the key points of this report, then take an "
		                                 "interview with easier questions."));
	} else {
		prose_item(prose,
		           i18n(language, "Take the next interview at the same level and aim for "
		                          "complete answers."));
	}
}

static void recommendations(struct prose *prose)
{
	const struct digest *digest = prose->digest;
	enum language language = prose->language;

	prose_heading(prose, i18n(language, "Recommendations for development"));
	if (digest->band == BAND_UNJUDGED) {
		prose_item(prose, i18n(language, "Talk your code over with the interviewer."));
		return;
	}
	if (digest->weak.count > 0)
		prose_item(prose, i18n(language, "Repeat these topics first: %s."),
		           prose_tags(prose, &digest->weak));
	if (digest->unsaid.count > 0)
		prose_item(prose,
		           i18n(language, "Explain each missing key point in your own words, in a "
		                          "few sentences, until it comes easily."));
	if (digest->worst_dimension != NULL)
		prose_item(prose, "%s", exercise(language, digest->worst_dimension));
	texts_code_candidate_advice(prose);
	if (digest->hints > 0)
		prose_item(prose, i18n(language, "Try to answer first and take the hint only "
		                                 "afterwards."));
	next_interview(prose);
}

char *texts_candidate(const struct digest *digest)
{
	struct prose prose;

	prose_init(&prose, digest);
	overall(&prose);
	strengths(&prose);
	growth(&prose);
	recommendations(&prose);
	return prose.text.data;
}
