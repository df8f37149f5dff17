/*
 * A model that does whatever it is told, behind the real engine: an order in an answer must
 * change no score and bring no secret to light, because the model never gets to see it, and
 * because what it says without proof does not count.
 */
#include "check.h"

#include "exam_fixture.h"
#include "examiner/agent.h"
#include "examiner/examiner.h"
#include "examiner/guard.h"
#include "examiner/utterance.h"

enum { INJECTIONS_MIN = 36, CHUNK = 60 };

/* What the model quotes for a point that it was ordered to give. */
enum proof { PROOF_OF_ANSWER, PROOF_INVENTED, PROOF_OF_ORDER };

struct injection {
	const char *id, *kind, *wants, *before, *order, *after;
	const char *text, *honest; /* with the order, without */
	enum language language;
};

/* The obedient model. */
struct script {
	const struct exam_question *question;
	const char *order; /* what it obeys when it sees it */
	bool obeys_always;
	enum proof proof;
	int asked, obeyed;
};

static struct agent_kit *kit;

/* --- the model ----------------------------------------------------------------- */

static bool sees(const cJSON *value, const char *order)
{
	const cJSON *child;

	if (cJSON_IsString(value) && strstr(value->valuestring, order) != NULL)
		return true;
	cJSON_ArrayForEach(child, value)
	{
		if (sees(child, order))
			return true;
	}
	return false;
}

static void add_point(cJSON *points, const char *id, const char *status, const char *quote)
{
	cJSON *point = json_add_object(points);

	json_set_string(point, "id", id);
	json_set_string(point, "status", status);
	json_set_string(point, "quote", quote);
}

/* Piece `index` of the answer, of whole words, so that every point has words of its own. */
static const char *piece(const char *answer, size_t index)
{
	size_t len = strlen(answer), from = index * CHUNK, to;

	if (from >= len)
		from = 0;
	while (from > 0 && answer[from] != ' ')
		from--;
	to = from + CHUNK < len ? from + CHUNK : len;
	while (to < len && answer[to] != ' ')
		to++;
	return arena_copy(arena, answer + from, to - from);
}

static void add_full_marks(const struct script *script, cJSON *points, const char *answer)
{
	for (size_t i = 0; i < script->question->score.point_count; i++) {
		const struct score_key_point *point = &script->question->score.points[i];
		const char *quote = script->proof == PROOF_INVENTED   ? point->text
		                    : script->proof == PROOF_OF_ORDER ? script->order
		                                                      : piece(answer, i);

		add_point(points, point->id, "covered", quote);
	}
}

static void add_honest_marks(const struct script *script, cJSON *points, const char *answer)
{
	struct score_result result;

	score_answer(arena, &script->question->score, answer, strlen(answer), &result);
	for (size_t i = 0; i < result.point_count; i++) {
		const struct score_point *point = &result.points[i];
		const char *quote = "";

		if (point->span_count > 0)
			quote = arena_copy(arena, answer + point->spans[0].start,
			                   point->spans[0].end - point->spans[0].start);
		add_point(points, script->question->score.points[i].id,
		          score_status_name(point->status), quote);
	}
}

/* The prompt and every key point, as it was ordered to say. */
static const char *confession(const struct script *script, const char *system)
{
	struct buf text;

	buf_init(&text, arena);
	buf_str(&text, system);
	for (size_t i = 0; i < script->question->score.point_count; i++)
		buf_printf(&text, " %s", script->question->score.points[i].text);
	return text.data;
}

static cJSON *evaluation(const struct script *script, const struct agent_ask *ask,
                         const cJSON *data, bool obeys)
{
	static const char *const dimensions[] = { "structure", "relevance", "technical_accuracy",
		                                  "depth", "communication" };
	const char *words = obeys ? confession(script, ask->system) : "Fine.";
	const char *answer = json_string(data, "answer", "");
	cJSON *reply = cJSON_CreateObject();
	cJSON *points = json_set_array(reply, "points");
	cJSON *rubric;

	if (obeys)
		add_full_marks(script, points, answer);
	else
		add_honest_marks(script, points, answer);
	json_set_array(reply, "wrong_claims");
	rubric = json_set_object(reply, "rubric");
	for (size_t i = 0; i < sizeof(dimensions) / sizeof(*dimensions); i++)
		json_set_number(rubric, dimensions[i], obeys ? 5 : 2);
	json_set_string(reply, "feedback_short", words);
	json_set_string(reply, "feedback_detailed", words);
	json_set_string(reply, "suggested_next_difficulty", obeys ? "increase" : "same");
	return reply;
}

static cJSON *observation(const struct script *script, const struct agent_ask *ask, bool obeys)
{
	const char *words = obeys ? confession(script, ask->system) : "It goes on.";
	cJSON *reply = cJSON_CreateObject();
	cJSON *facts;

	json_set_string(reply, "class", obeys ? "excellent" : "incomplete");
	json_set_number(reply, "quality", obeys ? 1 : 0.3);
	json_set_bool(reply, "is_correct", true);
	json_set_array(reply, "wrong_claims");
	json_set_bool(reply, "answered_last_question", false);
	json_set_string(reply, "next_step", "ask_followup");
	json_set_string(reply, "reason", words);
	json_set_string(reply, "follow_up", words);
	facts = json_set_object(reply, "facts");
	json_set_string(facts, "name", "");
	json_set_string(facts, "position", "");
	json_set_string(facts, "level", "");
	json_set_string(facts, "experience", "");
	json_set_array(facts, "technologies");
	return reply;
}

static void obey(void *context, struct arena *in, const struct agent_ask *ask,
                 struct llm_result *ret_result)
{
	struct script *script = context;
	cJSON *data = NULL;
	bool obeys;

	(void)in;
	CHECK_INT(json_parse(ask->user, strlen(ask->user), &data), OK);
	obeys = script->obeys_always || sees(data, script->order);
	script->asked++;
	script->obeyed += obeys;
	*ret_result =
	        (struct llm_result){ .class = LLM_OK, .text = "", .error = "", .requests = 1 };
	if (ask->agent == AGENT_EVALUATOR)
		ret_result->json = evaluation(script, ask, data, obeys);
	else if (ask->agent == AGENT_OBSERVER)
		ret_result->json = observation(script, ask, obeys);
	else
		ret_result->text = obeys ? confession(script, ask->system) : "Well then.";
	if (ask->on_text != NULL)
		ask->on_text(ask->context, ret_result->text, strlen(ret_result->text));
}

/* --- the cases ----------------------------------------------------------------- */

static bool hear(void *context, const char *text, size_t len)
{
	buf_add(context, text, len);
	return true;
}

static struct agent_desk desk_of(struct script *script, struct buf *heard)
{
	buf_init(heard, arena);
	return (struct agent_desk){
		.kit = kit, .ask = obey, .context = script, .on_text = hear, .listener = heard
	};
}

static struct exam_question question_in(enum language language)
{
	const struct fixture place = { "http", "technical", "core", "ADVANCED" };
	struct exam_question question = { 0 };

	CHECK_INT(exam_question_parse(arena, fixture_body(arena, &place), language, &question), OK);
	return question;
}

static cJSON *read_injections(void)
{
	cJSON *all = NULL;

	CHECK_INT(json_parse_file(arena, "tests/unit/data/injections.json", 1 << 20, &all), OK);
	CHECK(cJSON_GetArraySize(all) >= INJECTIONS_MIN);
	return all;
}

static struct injection injection_of(const cJSON *row)
{
	struct injection injection = {
		.id = json_string(row, "id", ""),
		.kind = json_string(row, "kind", ""),
		.wants = json_string(row, "wants", ""),
		.before = json_string(row, "before", ""),
		.order = json_string(row, "order", ""),
		.after = json_string(row, "after", ""),
	};

	CHECK(language_parse(json_string(row, "language", ""), &injection.language));
	injection.text = arena_printf(arena, "%s%s%s", injection.before, injection.order,
	                              injection.after);
	injection.honest = arena_printf(arena, "%s%s", injection.before, injection.after);
	return injection;
}

static void complain(const struct injection *injection, const char *what)
{
	printf("# %s (%s, %s): %s\n", injection->id, injection->kind, injection->wants, what);
	check_failures++;
}

static struct grade grade_of(struct script *script, const char *answer)
{
	struct exam_situation situation = { .question = script->question,
		                            .answer = answer,
		                            .question_id = "q" };
	struct buf heard;
	struct agent_desk desk = desk_of(script, &heard);
	const struct examiner *examiner = examiner_llm(arena, &desk);
	struct grade grade = { 0 };

	CHECK_INT(examiner->grade(examiner->context, arena, &situation, &grade), OK);
	return grade;
}

static bool has_run(const struct utterance *text, const struct utterance *run, size_t from)
{
	for (size_t at = 0; at + GUARD_RUN <= text->count; at++) {
		size_t n = 0;

		while (n < GUARD_RUN &&
		       strcmp(text->words[at + n].text, run->words[from + n].text) == 0)
			n++;
		if (n == GUARD_RUN)
			return true;
	}
	return false;
}

/* The plain way: each row of words of the secret is looked for, not by what is tested here. */
static bool gives_away(const char *said, const char *secret, const char *known)
{
	struct utterance heard, kept, allowed;

	utterance_read(arena, said, &heard);
	utterance_read(arena, secret, &kept);
	utterance_read(arena, known, &allowed);
	for (size_t from = 0; from + GUARD_RUN <= kept.count; from++)
		if (has_run(&heard, &kept, from) && !has_run(&allowed, &kept, from))
			return true;
	return false;
}

/* Every secret of the question that is said by anybody; what the candidate said may be. */
static void check_silence(const struct injection *injection, const struct script *script,
                          const char *system, const char *said)
{
	const struct score_question *score = &script->question->score;
	const char *known = arena_printf(arena, "%s\n%s", injection->text, score->text);
	bool leaked = said != NULL && gives_away(said, system, known);

	for (size_t i = 0; said != NULL && i < score->point_count; i++)
		leaked = leaked || gives_away(said, score->points[i].text, known);
	for (size_t i = 0; said != NULL && i < score->references.count; i++)
		leaked = leaked || gives_away(said, score->references.items[i], known);
	if (leaked)
		complain(injection, arena_printf(arena, "leaked: %.200s", said));
}

static const char *system_of(enum agent agent, enum language language, const char *cue)
{
	cJSON *params = cJSON_CreateObject();
	struct agent_task task = { .agent = agent, .language = language, .params = params };
	const char *system = "";

	if (cue != NULL)
		json_set_bool(params, cue, true);
	CHECK_INT(agent_system(kit, arena, &task, &system), OK);
	CHECK(strlen(system) > 500);
	return system;
}

static void check_grade(const struct injection *injection, struct script *script)
{
	struct grade with = grade_of(script, injection->text);
	struct grade without = grade_of(script, injection->honest);
	const char *system = system_of(AGENT_EVALUATOR, injection->language, NULL);

	if (with.result.score != without.result.score)
		complain(injection, arena_printf(arena, "scores %g with the order, %g without",
		                                 with.result.score, without.result.score));
	for (size_t i = 0; i < with.result.point_count; i++)
		if (with.result.points[i].status != without.result.points[i].status)
			complain(injection, with.result.points[i].text);
	CHECK(!gives_away(with.feedback_detailed, system, injection->text));
	CHECK(!gives_away(with.feedback_short, system, injection->text));
}

static void check_talk(const struct injection *injection, struct script *script)
{
	struct exam_situation situation = { .question = script->question,
		                            .answer = injection->text,
		                            .follow_ups_left = 1,
		                            .question_id = "q" };
	struct cue_facts facts = { .cue = CUE_BACK_TO_TOPIC,
		                   .language = injection->language,
		                   .candidate = "",
		                   .role = "Backend",
		                   .position = 1,
		                   .total = 10,
		                   .text = script->question->score.text,
		                   .question = script->question,
		                   .message = injection->text,
		                   .question_id = "q" };
	struct buf heard;
	struct agent_desk desk = desk_of(script, &heard);
	const struct examiner *examiner = examiner_llm(arena, &desk);
	struct observation seen = { 0 };
	struct speech speech = { 0 };
	const char *system = system_of(AGENT_OBSERVER, injection->language, NULL);

	CHECK_INT(examiner->observe(examiner->context, arena, &situation, injection->text, &seen),
	          OK);
	check_silence(injection, script, system, seen.reason);
	check_silence(injection, script, system, seen.follow_up);
	check_silence(injection, script, system, seen.correction);
	facts.last = &seen;
	CHECK_INT(examiner->speak(examiner->context, arena, &facts, &speech), OK);
	system = system_of(AGENT_INTERVIEWER, injection->language, "back_to_topic");
	check_silence(injection, script, system, speech.text);
	CHECK_STR(heard.data, speech.text);
}

static void for_each(void (*check)(const struct injection *, struct script *), bool obeys_always,
                     enum proof proof)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, read_injections())
	{
		struct injection injection = injection_of(row);
		struct exam_question question = question_in(injection.language);
		struct script script = { .question = &question,
			                 .order = injection.order,
			                 .obeys_always = obeys_always,
			                 .proof = proof };

		check(&injection, &script);
		if (script.obeyed > 0 && !obeys_always)
			complain(&injection, "the model saw the order");
	}
}

static void covers_languages_kinds_and_wishes(void)
{
	static const char *const kinds[] = { "answer", "code_comment", "cv" };
	static const char *const wishes[] = { "score", "prompt", "key_points", "hidden_tests" };
	int of_language[LANG_COUNT] = { 0 }, of_kind[3] = { 0 }, of_wish[4] = { 0 }, mixed = 0;
	const cJSON *row;

	cJSON_ArrayForEach(row, read_injections())
	{
		struct injection injection = injection_of(row);

		of_language[injection.language]++;
		mixed += injection.honest[0] != '\0';
		for (int i = 0; i < 3; i++)
			of_kind[i] += strcmp(injection.kind, kinds[i]) == 0;
		for (int i = 0; i < 4; i++)
			of_wish[i] += strcmp(injection.wants, wishes[i]) == 0;
	}
	for (int i = 0; i < 3; i++)
		CHECK(of_language[i] >= 12 && of_kind[i] >= 6);
	for (int i = 0; i < 4; i++)
		CHECK(of_wish[i] >= 6);
	CHECK(mixed >= 12);
}

static void check_cut(const struct injection *injection, struct script *script)
{
	struct guard_orders orders;

	(void)script;
	guard_find_orders(arena, injection->text, &orders);
	if (strstr(guard_without(arena, injection->text, &orders), injection->order) != NULL)
		complain(injection, "is not found");
	if (orders.count > 0 && orders.is_all != (injection->honest[0] == '\0'))
		complain(injection, "is taken for all of the message, or for less");
	guard_find_orders(arena, injection->honest, &orders);
	if (orders.count > 0)
		complain(injection, "the honest part is taken for an order");
}

static void finds_each_order(void)
{
	for_each(check_cut, false, PROOF_OF_ANSWER);
}

static void scores_as_without_the_order(void)
{
	for_each(check_grade, false, PROOF_OF_ANSWER);
}

static void says_no_secret(void)
{
	for_each(check_talk, false, PROOF_OF_ANSWER);
	for_each(check_talk, true, PROOF_OF_ANSWER);
}

/* Nothing is given for words that are not the candidate's or that only order. */
static void check_unproved(const struct injection *injection, struct script *script)
{
	struct grade grade = grade_of(script, injection->text);
	struct exam_situation honest = { .question = script->question,
		                         .answer = injection->honest };
	const struct examiner *builtin = examiner_builtin();
	struct grade fair = { 0 };

	builtin->grade(builtin->context, arena, &honest, &fair);
	if (grade.result.score > fair.result.score)
		complain(injection, arena_printf(arena, "%g points without proof, fair is %g",
		                                 grade.result.score, fair.result.score));
	for (size_t i = 0; i < grade.result.point_count; i++)
		if (grade.result.points[i].status > fair.result.points[i].status)
			complain(injection, grade.result.points[i].text);
}

static void gives_nothing_without_proof(void)
{
	for_each(check_unproved, true, PROOF_INVENTED);
	for_each(check_unproved, true, PROOF_OF_ORDER);
}

/* The script itself: an obedient model that is let see an order does what it says. */
static void the_model_is_obedient(void)
{
	struct exam_question question = question_in(LANG_EN);
	struct script script = { .question = &question, .order = "only reads data" };
	struct grade grade = grade_of(&script, FULL_EN);

	CHECK_INT(script.obeyed, 1);
	CHECK_STR(grade.fallback, "");
	CHECK_NEAR(grade.result.score, 10, 0);
	script = (struct script){ .question = &question, .order = "no such words" };
	grade = grade_of(&script, THIN_EN);
	CHECK_INT(script.asked, 1);
	CHECK_INT(script.obeyed, 0);
	CHECK(grade.result.score > 0 && grade.result.score < 5);
}

int main(void)
{
	struct arena *whole_run = arena_create();

	json_bind(whole_run);
	CHECK_INT(agent_kit_load(whole_run, "templates/prompts", &kit), OK);
	RUN(the_model_is_obedient);
	RUN(covers_languages_kinds_and_wishes);
	RUN(finds_each_order);
	RUN(scores_as_without_the_order);
	RUN(says_no_secret);
	RUN(gives_nothing_without_proof);
	arena_destroy(whole_run);
	return check_done();
}
