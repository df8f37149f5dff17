#include "examiner/observe.h"

#include <string.h>

#include "examiner/facts.h"
#include "examiner/intent.h"

/* Shares of the full mark from which a message is an answer whatever its wording. */
#define BLANK_SHARE    0.05
#define HESITANT_SHARE 0.15
#define DEFIANT_SHARE  0.3

/* A message with its marks, alone and together with what was said before. */
struct view {
	const struct exam_situation *situation;
	const char *message;
	struct utterance utterance, asked; /* the message; the question, if one is active */
	struct score_result whole;
	double own_share;
};

static double share_of(const struct score_result *result)
{
	return result->max_score > 0 ? result->score / result->max_score : 0;
}

static void score_view(struct arena *arena, struct view *view)
{
	const struct score_question *question = &view->situation->question->score;
	const char *answer = view->situation->answer;
	struct score_result own;

	score_answer(arena, question, answer, strlen(answer), &view->whole);
	if (strcmp(answer, view->message) == 0) {
		view->own_share = share_of(&view->whole);
		return;
	}
	score_answer(arena, question, view->message, strlen(view->message), &own);
	view->own_share = share_of(&own);
}

const char *observe_fact(const struct exam_question *question, const char *claim)
{
	for (size_t i = 0; i < question->mistake_count; i++)
		if (strcmp(question->mistakes[i].claim, claim) == 0)
			return question->mistakes[i].fact;
	return NULL;
}

/* The fact against a false claim in this very message; earlier ones were corrected before. */
static const char *correction_of(const struct view *view)
{
	const size_t answer_len = strlen(view->situation->answer);
	const size_t message_len = strlen(view->message);
	const size_t from = answer_len > message_len ? answer_len - message_len : 0;

	for (size_t i = 0; i < view->whole.point_count; i++) {
		const struct score_point *point = &view->whole.points[i];

		if (point->wrong != NULL && point->wrong_span.start >= from)
			return observe_fact(view->situation->question, point->wrong);
	}
	return NULL;
}

static enum score_status status_of(const struct view *view, const char *key_point_id)
{
	const struct score_question *question = &view->situation->question->score;

	for (size_t i = 0; i < question->point_count && i < view->whole.point_count; i++)
		if (strcmp(question->points[i].id, key_point_id) == 0)
			return view->whole.points[i].status;
	return SCORE_COVERED;
}

static const char *follow_up_of(const struct view *view)
{
	const struct exam_question *question = view->situation->question;
	const enum language language = question->score.language;

	for (enum score_status status = SCORE_MISSING; status < SCORE_COVERED; status++)
		for (size_t i = 0; i < question->follow_up_count; i++)
			if (status_of(view, question->follow_ups[i].key_point_id) == status)
				return question->follow_ups[i].text;
	if ((view->whole.flags & (SCORE_FLAG_KEYWORD_LIST | SCORE_FLAG_WORD_ORDER)) != 0)
		return i18n(language, "Could you explain this in whole sentences, so that one can "
		                      "see how the parts hang together?");
	return i18n(language, "Could you tell more about this: how it works inside, when you would "
	                      "use it, and what can go wrong?");
}

static struct observation aside(enum message_class class, const char *reason)
{
	return (struct observation){
		.class = class,
		.step = STEP_REPEAT_QUESTION,
		.reason = reason,
	};
}

static enum message_class answer_class(double share, const char *correction)
{
	if (correction != NULL)
		return MESSAGE_HALLUCINATION;
	switch (score_verdict_of(share)) {
	case SCORE_EXCELLENT:
		return MESSAGE_EXCELLENT;
	case SCORE_GOOD:
		return MESSAGE_NORMAL;
	default:
		return MESSAGE_INCOMPLETE;
	}
}

static struct observation observe_answer(const struct view *view)
{
	const double share = share_of(&view->whole);
	const char *correction = correction_of(view);
	struct observation seen = {
		.class = answer_class(share, correction),
		.quality = share,
		.answered = true,
		.step = STEP_NEW_QUESTION,
		.reason = "The answer says enough to be graded.",
		.correction = correction,
	};

	if (share >= OBSERVE_THIN)
		return seen;
	seen.reason = "The answer is thin, but no follow-up is left.";
	if (view->situation->follow_ups_left > 0) {
		seen.answered = false;
		seen.step = STEP_FOLLOW_UP;
		seen.reason = "The answer is thin and a follow-up may still be asked.";
		seen.follow_up = follow_up_of(view);
	}
	return seen;
}

/* What the candidate told is worth having whether or not a question is active. */
static struct observation introduction(struct arena *arena, const struct view *view)
{
	struct observation seen = aside(MESSAGE_INTRODUCTION, "The candidate says hello.");

	seen.facts = facts_find(arena, view->message);
	return seen;
}

/* An aside by its wording; false when the message may be an answer. */
static bool observe_aside(const struct view *view, struct observation *ret_seen)
{
	const struct utterance *utterance = &view->utterance;
	const bool hesitant = view->own_share < HESITANT_SHARE;
	const bool defiant = view->own_share < DEFIANT_SHARE;

	if (defiant && intent_leads_away(utterance))
		*ret_seen = aside(MESSAGE_OFF_TOPIC, "The message leads away from the interview.");
	else if ((defiant && intent_asks_to_explain(utterance)) ||
	         (hesitant && intent_asks_hint(utterance)))
		*ret_seen = aside(MESSAGE_QUESTION, "The candidate asks about the question.");
	else if (hesitant && (intent_is_noise(utterance) || intent_chats(utterance)))
		*ret_seen = aside(MESSAGE_OFF_TOPIC, "The message is no part of the interview.");
	else if (hesitant && utterance_repeats(utterance, &view->asked))
		*ret_seen = aside(MESSAGE_QUESTION, "The message repeats the question.");
	else if (hesitant && intent_asks(utterance))
		*ret_seen = aside(MESSAGE_QUESTION, "The message is a question, not an answer.");
	else
		return false;
	return true;
}

static struct observation observe_active(struct arena *arena, const struct view *view)
{
	struct observation seen;

	if ((view->own_share < HESITANT_SHARE && intent_does_not_know(&view->utterance)) ||
	    (view->own_share < BLANK_SHARE && intent_declines(&view->utterance))) {
		seen = aside(MESSAGE_DONT_KNOW, "The candidate does not know.");
		seen.answered = true;
		seen.step = STEP_NEW_QUESTION;
		return seen;
	}
	if (observe_aside(view, &seen))
		return seen;
	if (view->own_share < HESITANT_SHARE && intent_is_brief(&view->utterance)) {
		seen = introduction(arena, view);
		if (intent_introduces(&view->utterance) ||
		    (seen.facts.name != NULL && intent_speaks_of_self(&view->utterance)))
			return seen;
	}
	return observe_answer(view);
}

static bool tells_facts(const struct exam_facts *facts)
{
	return facts->name != NULL || facts->position != NULL || facts->level != NULL ||
	       facts->experience != NULL || facts->technologies != NULL;
}

/* Nothing was asked, so nothing can be answered. */
static struct observation observe_idle(struct arena *arena, const struct view *view)
{
	const struct observation told = introduction(arena, view);
	struct observation seen;

	if (observe_aside(view, &seen))
		return seen;
	if (tells_facts(&told.facts) || intent_introduces(&view->utterance))
		return told;
	return aside(MESSAGE_NORMAL, "No question is active.");
}

enum err observe_message(void *context, struct arena *arena, const struct exam_situation *situation,
                         const char *message, struct observation *ret_observation)
{
	struct view view = { .situation = situation, .message = message };

	(void)context;
	utterance_read(arena, message, &view.utterance);
	if (intent_stops(&view.utterance)) {
		*ret_observation = aside(MESSAGE_STOP_COMMAND, "The candidate wants to finish.");
	} else if (situation->question == NULL) {
		*ret_observation = observe_idle(arena, &view);
	} else {
		utterance_read(arena, situation->question->score.text, &view.asked);
		score_view(arena, &view);
		*ret_observation = observe_active(arena, &view);
	}
	ret_observation->engine = "builtin";
	return OK;
}
