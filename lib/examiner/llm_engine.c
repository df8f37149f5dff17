#include "examiner/llm_engine.h"

#include "base/json.h"

/*
 * A request waits long for a model and then for a reader, so what it takes to understand
 * and grade an answer, about a megabyte, is given back before the next wait.
 */

static void keep_facts(struct arena *arena, struct exam_facts *facts)
{
	facts->name = arena_strdup(arena, facts->name);
	facts->position = arena_strdup(arena, facts->position);
	facts->level = arena_strdup(arena, facts->level);
	facts->experience = arena_strdup(arena, facts->experience);
	facts->technologies = arena_strdup(arena, facts->technologies);
}

static void keep_observation(struct arena *arena, struct observation *seen)
{
	seen->reason = arena_strdup(arena, seen->reason);
	seen->correction = arena_strdup(arena, seen->correction);
	seen->follow_up = arena_strdup(arena, seen->follow_up);
	seen->engine = arena_strdup(arena, seen->engine);
	keep_facts(arena, &seen->facts);
}

static void keep_grade(struct arena *arena, struct grade *grade)
{
	struct exam_unproved *unproved = arena_array(arena, grade->unproved_count,
	                                             sizeof(*unproved));

	for (size_t i = 0; i < grade->unproved_count; i++)
		unproved[i] = (struct exam_unproved){
			.key_point_id = arena_strdup(arena, grade->unproved[i].key_point_id),
			.text = arena_strdup(arena, grade->unproved[i].text),
			.quote = arena_strdup(arena, grade->unproved[i].quote),
		};
	grade->unproved = unproved;
	grade->engine = arena_strdup(arena, grade->engine);
	grade->feedback_short = arena_strdup(arena, grade->feedback_short);
	grade->feedback_detailed = arena_strdup(arena, grade->feedback_detailed);
	grade->next_difficulty = arena_strdup(arena, grade->next_difficulty);
	grade->fallback = arena_strdup(arena, grade->fallback);
	score_keep(arena, &grade->result);
	if (grade->has_builtin)
		score_keep(arena, &grade->builtin);
}

static enum err observe(void *context, struct arena *arena, const struct exam_situation *situation,
                        const char *message, struct observation *ret_observation)
{
	struct arena *scratch = arena_create();
	enum err err;

	json_bind(scratch);
	err = llm_observe_message(context, scratch, situation, message, ret_observation);
	if (err == OK)
		keep_observation(arena, ret_observation);
	json_bind(arena);
	arena_destroy(scratch);
	return err;
}

static enum err grade(void *context, struct arena *arena, const struct exam_situation *situation,
                      struct grade *ret_grade)
{
	struct arena *scratch = arena_create();
	enum err err;

	json_bind(scratch);
	err = llm_grade_answer(context, scratch, situation, ret_grade);
	if (err == OK)
		keep_grade(arena, ret_grade);
	json_bind(arena);
	arena_destroy(scratch);
	return err;
}

const struct examiner *examiner_llm(struct arena *arena, const struct agent_desk *desk)
{
	struct llm_engine *engine = arena_alloc(arena, sizeof(*engine));

	engine->desk = desk;
	engine->examiner = (struct examiner){
		.name = "llm",
		.context = engine,
		.observe = observe,
		.speak = llm_speak_cue,
		.grade = grade,
	};
	return &engine->examiner;
}
