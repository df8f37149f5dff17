#include "examiner/examiner.h"

#include <string.h>

#include "examiner/feedback.h"
#include "examiner/observe.h"
#include "examiner/speak.h"
#include "examiner/intent.h"

/* Shares of the full mark at which the next question becomes harder or easier. */
#define HARDER_FROM  0.8
#define EASIER_BELOW 0.4

static const char *next_difficulty(const struct score_result *result)
{
	const double share = result->max_score > 0 ? result->score / result->max_score : 0;

	if (share >= HARDER_FROM)
		return "increase";
	return share < EASIER_BELOW ? "decrease" : "same";
}

static enum err grade_answer(void *context, struct arena *arena,
                             const struct exam_situation *situation, struct grade *ret_grade)
{
	const struct exam_question *question = situation->question;
	const char *answer = situation->answer;
	struct grade grade = { .engine = "builtin", .fallback = "" };

	(void)context;

	score_answer(arena, &question->score, answer, strlen(answer), &grade.result);
	grade.feedback_short = feedback_short(arena, question, answer, &grade.result);
	grade.feedback_detailed = feedback_detailed(arena, question, answer, &grade.result);
	grade.next_difficulty = next_difficulty(&grade.result);
	*ret_grade = grade;
	return OK;
}

const struct examiner *examiner_builtin(void)
{
	static const struct examiner builtin = {
		.name = "builtin",
		.observe = observe_message,
		.speak = speak_cue,
		.grade = grade_answer,
	};

	return &builtin;
}

const char *message_class_name(enum message_class class)
{
	static const char *const names[] = {
		[MESSAGE_NORMAL] = "normal",
		[MESSAGE_INCOMPLETE] = "incomplete",
		[MESSAGE_EXCELLENT] = "excellent",
		[MESSAGE_HALLUCINATION] = "hallucination",
		[MESSAGE_OFF_TOPIC] = "off_topic",
		[MESSAGE_QUESTION] = "question",
		[MESSAGE_STOP_COMMAND] = "stop_command",
		[MESSAGE_INTRODUCTION] = "introduction",
		[MESSAGE_DONT_KNOW] = "dont_know",
	};

	return names[class];
}

const char *next_step_name(enum next_step step)
{
	static const char *const names[] = {
		[STEP_NEW_QUESTION] = "ask_new_question",
		[STEP_FOLLOW_UP] = "ask_followup",
		[STEP_REPEAT_QUESTION] = "repeat_last_question",
	};

	return names[step];
}

bool examiner_asks_hint(struct arena *arena, const char *message)
{
	struct utterance utterance;

	utterance_read(arena, message, &utterance);
	return intent_asks_hint(&utterance);
}
