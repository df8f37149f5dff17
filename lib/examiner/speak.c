#include "examiner/speak.h"

#include "examiner/intent_ask.h"

#define VARIANTS 3

/* Whole sentences before a question, chosen by what the last answer was like. */
static const char *const after_excellent[VARIANTS] = {
	N_("Excellent, that is a full answer."),
	N_("Very good, you named everything that matters. Let me ask something harder."),
	N_("That was thorough, thank you. Let's go on."),
};
static const char *const after_good[VARIANTS] = {
	N_("Good, thank you. Here is the next question."),
	N_("That is right in the main. Let's move on."),
	N_("Thank you, that is clear. Next question."),
};
/* A false claim was corrected just before, the rest is good. */
static const char *const after_corrected[VARIANTS] = {
	N_("Apart from that, this is a good answer. Let's go on."),
	N_("The rest of your answer is good, thank you. Next question."),
	N_("Otherwise that is right in the main. Let's move on."),
};
static const char *const after_thin[VARIANTS] = {
	N_("Thank you. There is more to say here; the report will show what. Let's go on."),
	N_("I see. Let's take the next question."),
	N_("Thank you, noted. Let's look at another topic."),
};
static const char *const after_unknown[VARIANTS] = {
	N_("That is all right, nobody knows everything. Let's take another question."),
	N_("Thank you for saying so openly. Let's move on."),
	N_("No problem, the report will tell what to read about it. Next question."),
};
static const char *const after_skip[VARIANTS] = {
	N_("All right, we leave this one. Here is the next question."),
	N_("Fine, let's go on to the next question."),
	N_("Agreed. Another question, then."),
};
static const char *const after_code[VARIANTS] = {
	N_("Thank you, your code is saved. Let's go on."),
	N_("Good, the report will say more about your code. Let's move on."),
	N_("Thank you for the code. We go on."),
};
static const char *const at_first[VARIANTS] = {
	N_("Here is the first question."),
	N_("Let's begin."),
	N_("Let's start with this."),
};

static const char *const asides_off_topic[VARIANTS] = {
	N_("Let's stay with the interview. The question was this."),
	N_("I can only talk about the interview here. Let's come back to the question."),
	N_("That leads us away from the interview. Here is what I would like to hear about."),
};
static const char *const asides_question[VARIANTS] = {
	N_("Gladly, here is the question once more. Answer it as you understand it; examples "
	   "from your own work are welcome."),
	N_("Take it as broadly as you like and say which assumptions you make. The question is "
	   "this."),
	N_("I would rather not say more than the question does, so that the answer stays yours. "
	   "Here it is again."),
};
static const char *const asides_repeat[VARIANTS] = {
	N_("Of course, here it is again."),
	N_("Gladly, once more."),
	N_("Sure, this was the question."),
};
static const char *const asides_time[VARIANTS] = {
	N_("Take your time, I am waiting. The question stays here."),
	N_("Of course, think it over. I will wait for your answer to this."),
	N_("No hurry. This is what it is about."),
};
static const char *const asides_example[VARIANTS] = {
	N_("An example from me would say too much, but one of your own is welcome. The question "
	   "is this."),
	N_("I leave the examples to you: take one from your own work. Here is the question."),
	N_("The answer is to stay yours, and so are its examples. The question was this."),
};
static const char *const asides_allowed[VARIANTS] = {
	N_("The only limits are those in the question. Choose what you think is right and say "
	   "why."),
	N_("That is for you to decide: say what you choose and why. The question was this."),
	N_("I leave that choice to you; what counts is how you explain it. Here is the question."),
};
static const char *const asides_job[VARIANTS] = {
	N_("I cannot say that; the people who invited you know better. Let's come back to the "
	   "question."),
	N_("It is best to ask the people who invited you about that. Our question was this."),
	N_("A fair thing to ask, but I have no answer to it. Here is the question."),
};
static const char *const asides_copy[VARIANTS] = {
	N_("That is the question itself. Now tell me in your own words what you think about it."),
	N_("Those are my words; I would like to hear yours. The question was this."),
	N_("You have repeated the question. What would you answer?"),
};
static const char *const asides_greeting[VARIANTS] = {
	N_("Nice to meet you! I am waiting for your answer to this question."),
	N_("Glad to meet you! Let's go to the question."),
	N_("Hello! Here is the question."),
};
static const char *const asides_continue[VARIANTS] = {
	N_("Good, let's go on. We stopped at this question."),
	N_("Very well, we continue. The question was this."),
	N_("Agreed, let's continue from here."),
};

static const char *variant(const struct cue_facts *facts, const char *const texts[VARIANTS])
{
	int position = facts->position < 0 ? 0 : facts->position;

	return i18n(facts->language, texts[position % VARIANTS]);
}

static const char *paragraphs(struct arena *arena, const char *one, const char *two)
{
	return two == NULL || two[0] == '\0' ? one : arena_printf(arena, "%s\n\n%s", one, two);
}

static const char *const *transition(const struct cue_facts *facts)
{
	if (facts->position <= 1)
		return at_first;
	if (facts->after_code)
		return after_code;
	if (facts->last == NULL)
		return after_skip;
	switch (facts->last->class) {
	case MESSAGE_DONT_KNOW:
		return after_unknown;
	case MESSAGE_EXCELLENT:
		return after_excellent;
	case MESSAGE_NORMAL:
		return after_good;
	case MESSAGE_HALLUCINATION:
		return score_verdict_of(facts->last->quality) >= SCORE_GOOD ? after_corrected
		                                                            : after_thin;
	default:
		return after_thin;
	}
}

static const char *question_text(const struct cue_facts *facts)
{
	if (facts->text != NULL)
		return facts->text;
	return facts->question != NULL ? facts->question->score.text : "";
}

static const char *hello(struct arena *arena, const struct cue_facts *facts)
{
	if (facts->candidate[0] == '\0')
		return arena_printf(arena,
		                    i18n(facts->language, "Hello! This is an interview for the "
		                                          "position “%s”."),
		                    facts->role);
	return arena_printf(
	        arena,
	        i18n(facts->language, "Hello, %1$s! This is an interview for the position “%2$s”."),
	        facts->candidate, facts->role);
}

static const char *greeting(struct arena *arena, const struct cue_facts *facts)
{
	const char *count = arena_printf(arena,
	                                 i18n_plural(facts->language, "There will be %d question.",
	                                             "There will be %d questions, one at a time.",
	                                             facts->total),
	                                 facts->total);
	const char *few = i18n(facts->language, "The bank has no more questions of this kind than "
	                                        "that, fewer than you asked for.");
	const char *rules = i18n(facts->language,
	                         "Answer in your own words and take your time. You may ask for a "
	                         "hint, skip a question or simply say that you don't know.");

	if (facts->total < facts->wished)
		count = arena_printf(arena, "%s %s", count, few);
	return paragraphs(arena, hello(arena, facts), arena_printf(arena, "%s %s", count, rules));
}

static const char *correction(struct arena *arena, const struct cue_facts *facts)
{
	switch (facts->position % VARIANTS) {
	case 0:
		return arena_printf(arena, i18n(facts->language, "One thing needs correcting. %s"),
		                    facts->text);
	case 1:
		return arena_printf(arena, i18n(facts->language, "Let me correct one point. %s"),
		                    facts->text);
	default:
		return arena_printf(arena, i18n(facts->language, "Here I have to object. %s"),
		                    facts->text);
	}
}

static const char *hint(struct arena *arena, const struct cue_facts *facts)
{
	return arena_printf(arena, i18n(facts->language, "Here is a hint. %s"), facts->text);
}

static const char *model_answer(struct arena *arena, const struct cue_facts *facts)
{
	const char *intro = i18n(facts->language, "This is how one could answer:");
	const char *after = i18n(facts->language,
	                         "You may still answer in your own words, but this question can no "
	                         "longer score high. Or go on to the next one.");

	return paragraphs(arena, paragraphs(arena, intro, facts->text), after);
}

static const char *closing(struct arena *arena, const struct cue_facts *facts)
{
	const char *thanks = i18n(
	        facts->language, "Thank you for the interview! Your report is ready: it shows what "
	                         "was good, what was missing and what to learn next.");

	return facts->text == NULL ? thanks : paragraphs(arena, facts->text, thanks);
}

static const char *confirm_stop(const struct cue_facts *facts)
{
	return i18n(facts->language, "Would you like to finish the interview now? Questions that "
	                             "were not asked yet will count as unanswered.");
}

/* The words before the question is said again, by what the candidate asked. */
static const char *const *reply_to(struct arena *arena, const struct cue_facts *facts)
{
	static const char *const *const replies[] = {
		[INTENT_ASK_OTHER] = asides_question,  [INTENT_ASK_REPEAT] = asides_repeat,
		[INTENT_ASK_TIME] = asides_time,       [INTENT_ASK_EXAMPLE] = asides_example,
		[INTENT_ASK_ALLOWED] = asides_allowed, [INTENT_ASK_JOB] = asides_job,
	};
	struct utterance message, asked;

	if (facts->last != NULL && facts->last->class == MESSAGE_INTRODUCTION)
		return asides_greeting;
	if (facts->message == NULL)
		return asides_question;
	utterance_read(arena, facts->message, &message);
	utterance_read(arena, question_text(facts), &asked);
	return utterance_repeats(&message, &asked) ? asides_copy : replies[intent_ask(&message)];
}

static const char *counter_question(struct arena *arena, const struct cue_facts *facts)
{
	return paragraphs(arena, variant(facts, reply_to(arena, facts)), question_text(facts));
}

static const char *coding_task(struct arena *arena, const struct cue_facts *facts)
{
	const char *task = arena_printf(
	        arena,
	        i18n(facts->language,
	             "Now a programming task: “%s”. Press “Open the editor”: the whole text, the "
	             "tests and hints are there. Run your code as often as you like and submit it "
	             "when it is ready; “Done, next question” takes you on."),
	        facts->text);

	return paragraphs(arena, variant(facts, transition(facts)), task);
}

static const char *coding_editor(struct arena *arena, const struct cue_facts *facts)
{
	return arena_printf(
	        arena,
	        i18n(facts->language,
	             "I have read that. The task “%s” is solved in the editor, though, and only "
	             "code that you submit there counts: press “Open the editor”. If you would "
	             "rather leave the task, press “Skip”."),
	        facts->text);
}

static const char *coding_hint(const struct cue_facts *facts)
{
	return i18n(facts->language,
	            "The hints to this task are on its page, in three levels: press "
	            "“Open the editor”. Each level says what it costs.");
}

static const char *coding_answer(struct arena *arena, const struct cue_facts *facts)
{
	const char *intro =
	        arena_printf(arena, i18n(facts->language, "This is one way to solve it in %s:"),
	                     facts->code_language);
	const char *after = i18n(facts->language,
	                         "You may still submit code of your own, but this task can no "
	                         "longer score high. Or go on to the next question.");

	return paragraphs(arena, intro,
	                  arena_printf(arena, "```\n%s\n```\n\n%s", facts->text, after));
}

static const char *words_for(struct arena *arena, const struct cue_facts *facts)
{
	switch (facts->cue) {
	case CUE_GREETING:
		return greeting(arena, facts);
	case CUE_INTRODUCTION:
		return i18n(facts->language,
		            "Before we begin, tell me a little about yourself: your position, "
		            "your experience and the technologies you work with.");
	case CUE_QUESTION:
		return paragraphs(arena, variant(facts, transition(facts)), question_text(facts));
	case CUE_FOLLOW_UP:
		return facts->text;
	case CUE_CORRECTION:
		return correction(arena, facts);
	case CUE_BACK_TO_TOPIC:
		return paragraphs(arena, variant(facts, asides_off_topic), question_text(facts));
	case CUE_COUNTER_QUESTION:
		return counter_question(arena, facts);
	case CUE_CONFIRM_STOP:
		return confirm_stop(facts);
	case CUE_CONTINUE:
		return paragraphs(arena, variant(facts, asides_continue), question_text(facts));
	case CUE_HINT:
		return hint(arena, facts);
	case CUE_MODEL_ANSWER:
		return model_answer(arena, facts);
	case CUE_CLOSING:
		return closing(arena, facts);
	case CUE_CODING_TASK:
		return coding_task(arena, facts);
	case CUE_CODING_EDITOR:
		return coding_editor(arena, facts);
	case CUE_CODING_HINT:
		return coding_hint(facts);
	case CUE_CODING_ANSWER:
		return coding_answer(arena, facts);
	}
	return "";
}

enum err speak_cue(void *context, struct arena *arena, const struct cue_facts *facts,
                   struct speech *ret_speech)
{
	(void)context;
	*ret_speech = (struct speech){ .text = words_for(arena, facts), .engine = "builtin" };
	return OK;
}
