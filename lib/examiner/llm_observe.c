#include "examiner/llm_engine.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "examiner/facts.h"
#include "examiner/intent.h"
#include "examiner/llm_checks.h"
#include "examiner/observe.h"
#include "examiner/proof.h"

/* Share of the full mark from which no model may throw a message away. */
#define KEEP_SHARE 0.5

/* Code points of what a model may write. */
enum { REASON_MAX = 300, FACT_MAX = 500, FOLLOW_UP_MAX = 400 };

/* One message on its way through the built-in observer and the model. */
struct sight {
	struct arena *arena;
	const struct llm_engine *engine;
	const struct exam_situation *given;
	struct llm_fenced answer, message;
	const char *before; /* what was said earlier on the question, fenced */
	double own_share;   /* of the message alone */
	struct observation builtin;
	struct score_texts secrets, known;
	const cJSON *reply;
};

static enum language language_of(const struct sight *sight)
{
	return sight->given->question->score.language;
}

static bool is_aside(enum message_class class)
{
	switch (class) {
	case MESSAGE_NORMAL:
	case MESSAGE_INCOMPLETE:
	case MESSAGE_EXCELLENT:
	case MESSAGE_HALLUCINATION:
		return false;
	default:
		return true;
	}
}

static double share_of_message(const struct sight *sight)
{
	const struct score_question *question = &sight->given->question->score;
	const char *message = sight->message.blanked;
	struct score_result result;

	score_answer(sight->arena, question, message, strlen(message), &result);
	return result.max_score > 0 ? result.score / result.max_score : 0;
}

/* The answer without the message that ends it. */
static const char *said_before(struct arena *arena, const char *answer, const char *message)
{
	const size_t answer_len = strlen(answer), len = strlen(message);

	if (len > answer_len || strcmp(answer + answer_len - len, message) != 0)
		return answer;
	return text_trimmed(arena, arena_copy(arena, answer, answer_len - len));
}

static void look(struct sight *sight, const char *message)
{
	struct exam_situation situation = *sight->given;
	const char *answer = situation.answer != NULL ? situation.answer : message;
	const char *before = said_before(sight->arena, answer, message);

	sight->message = llm_checks_fence(sight->arena, message);
	sight->answer = llm_checks_fence(sight->arena, answer);
	sight->before = llm_checks_fence(sight->arena, before).shown;
	situation.answer = sight->answer.blanked;
	observe_message(NULL, sight->arena, &situation, sight->message.blanked, &sight->builtin);
	if (situation.question != NULL)
		sight->own_share = share_of_message(sight);
	if (!sight->message.orders.is_all)
		return;
	sight->builtin = (struct observation){
		.class = MESSAGE_OFF_TOPIC,
		.step = STEP_REPEAT_QUESTION,
		.reason = "The message gives orders and says nothing else.",
		.engine = "builtin",
	};
}

/* Nothing a model could know better. */
static bool is_beyond_doubt(const struct sight *sight)
{
	struct utterance utterance;

	utterance_read(sight->arena, sight->message.blanked, &utterance);
	return sight->message.orders.is_all || utterance.count == 0 ||
	       sight->builtin.class == MESSAGE_STOP_COMMAND ||
	       sight->builtin.class == MESSAGE_DONT_KNOW || intent_asks_hint(&utterance);
}

/* --- asking ------------------------------------------------------------------ */

static cJSON *data_of(const struct sight *sight)
{
	const struct exam_question *question = sight->given->question;
	cJSON *data = cJSON_CreateObject();

	json_set_string(data, "question", question != NULL ? question->score.text : NULL);
	json_set_string(data, "answer_so_far", sight->before);
	json_set_string(data, "message", sight->message.shown);
	json_set_number(data, "follow_ups_left", sight->given->follow_ups_left);
	return data;
}

static bool ask(struct sight *sight)
{
	const struct agent_desk *desk = sight->engine->desk;
	const char **known = arena_array(sight->arena, 2, sizeof(*known));
	struct agent_task task = {
		.agent = AGENT_OBSERVER,
		.subject = sight->given->question_id,
		.data = data_of(sight),
	};
	struct llm_result result;
	const char *system;

	if (sight->given->question != NULL)
		task.language = language_of(sight);
	if (agent_run(desk, sight->arena, &task, &result) != OK || result.json == NULL ||
	    agent_system(desk->kit, sight->arena, &task, &system) != OK)
		return false;
	sight->reply = result.json;
	sight->secrets = llm_checks_secrets(sight->arena, system, sight->given->question);
	known[0] = sight->message.shown;
	known[1] = sight->given->question != NULL ? sight->given->question->score.text : "";
	sight->known = (struct score_texts){ known, 2 };
	return true;
}

/* --- what is taken from the reply -------------------------------------------- */

/* Words for the candidate, or NULL. */
static const char *words(const struct sight *sight, const char *text, size_t max)
{
	const char *fit = llm_checks_words(sight->arena, text, language_of(sight), max);

	if (fit == NULL || guard_leaks(sight->arena, fit, &sight->secrets, &sight->known))
		return NULL;
	return text_one_line(sight->arena, fit);
}

static enum message_class class_of(const struct sight *sight)
{
	const char *name = json_string(sight->reply, "class", "");

	for (int i = MESSAGE_NORMAL; i <= MESSAGE_DONT_KNOW; i++)
		if (strcmp(message_class_name((enum message_class)i), name) == 0)
			return (enum message_class)i;
	return sight->builtin.class;
}

static double quality_of(const struct sight *sight)
{
	const double quality = json_number(sight->reply, "quality", NAN);

	return quality >= 0 && quality <= 1 ? quality : sight->builtin.quality;
}

static const char *reason_of(const struct sight *sight)
{
	const char *reason = text_one_line(sight->arena, json_string(sight->reply, "reason", ""));

	if (reason[0] == '\0' || guard_leaks(sight->arena, reason, &sight->secrets, &sight->known))
		return sight->builtin.reason;
	return text_shortened(sight->arena, reason, REASON_MAX);
}

/* The bank's fact, or that of the first false claim that the message really makes. */
static const char *correction_of(const struct sight *sight)
{
	const cJSON *claim;

	if (sight->builtin.correction != NULL)
		return sight->builtin.correction;
	if (json_bool(sight->reply, "is_correct", true))
		return NULL;
	cJSON_ArrayForEach(claim, json_get(sight->reply, "wrong_claims"))
	{
		const char *fact = words(sight, json_string(claim, "fact", ""), FACT_MAX);
		struct score_span span;

		if (fact != NULL && proof_find_quote(sight->arena, sight->message.blanked,
		                                     json_string(claim, "quote", ""), &span))
			return fact;
	}
	return NULL;
}

static enum message_class answer_class(double quality)
{
	switch (score_verdict_of(quality)) {
	case SCORE_EXCELLENT:
		return MESSAGE_EXCELLENT;
	case SCORE_GOOD:
		return MESSAGE_NORMAL;
	default:
		return MESSAGE_INCOMPLETE;
	}
}

static bool wants_follow_up(const struct sight *sight)
{
	const char *step = json_string(sight->reply, "next_step", "");

	if (strcmp(step, next_step_name(STEP_NEW_QUESTION)) == 0)
		return false;
	if (strcmp(step, next_step_name(STEP_FOLLOW_UP)) == 0)
		return true;
	/* An answer is not asked for again as it was; what is thin is asked on. */
	return !json_bool(sight->reply, "answered_last_question", sight->builtin.answered);
}

static void decide_step(const struct sight *sight, struct observation *seen)
{
	const char *follow_up = NULL;

	if (sight->given->follow_ups_left > 0 && wants_follow_up(sight)) {
		follow_up = words(sight, json_string(sight->reply, "follow_up", ""), FOLLOW_UP_MAX);
		if (follow_up == NULL)
			follow_up = sight->builtin.follow_up;
	}
	seen->follow_up = follow_up;
	seen->answered = follow_up == NULL;
	seen->step = follow_up != NULL ? STEP_FOLLOW_UP : STEP_NEW_QUESTION;
}

static void take_aside(struct observation *seen)
{
	seen->answered = seen->class == MESSAGE_DONT_KNOW;
	seen->step = seen->answered ? STEP_NEW_QUESTION : STEP_REPEAT_QUESTION;
}

static void take_answer(const struct sight *sight, struct observation *seen)
{
	seen->correction = correction_of(sight);
	if (seen->correction != NULL)
		seen->class = MESSAGE_HALLUCINATION;
	else if (seen->class == MESSAGE_HALLUCINATION)
		seen->class = answer_class(seen->quality);
	decide_step(sight, seen);
}

static struct observation judge(const struct sight *sight)
{
	struct observation seen = {
		.class = class_of(sight),
		.quality = quality_of(sight),
		.step = STEP_REPEAT_QUESTION,
		.reason = reason_of(sight),
		.engine = agent_model(sight->engine->desk->kit, AGENT_OBSERVER),
		.facts = facts_read(sight->arena, json_get(sight->reply, "facts"),
		                    sight->message.blanked),
	};

	if (is_aside(seen.class) && sight->own_share >= KEEP_SHARE) {
		const struct exam_facts facts = seen.facts;

		seen = sight->builtin;
		seen.facts = facts;
	} else if (is_aside(seen.class)) {
		take_aside(&seen);
	} else if (sight->given->question != NULL) {
		take_answer(sight, &seen);
	} else {
		seen.class = MESSAGE_NORMAL; /* nothing was asked, so nothing can be answered */
	}
	return seen;
}

enum err llm_observe_message(void *context, struct arena *arena,
                             const struct exam_situation *situation, const char *message,
                             struct observation *ret_observation)
{
	struct sight sight = { .arena = arena, .engine = context, .given = situation };

	look(&sight, message);
	if (is_beyond_doubt(&sight) || !ask(&sight))
		*ret_observation = sight.builtin;
	else
		*ret_observation = judge(&sight);
	return OK;
}
