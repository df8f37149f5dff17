/* A store with a small bank, and short ways to lead an interview through it. */
#ifndef VIVA_TESTS_FLOW_FIXTURE_H
#define VIVA_TESTS_FLOW_FIXTURE_H

#include "store_fixture.h"

#include "exam_fixture.h"
#include "interview/flow.h"

static struct store *store;
static struct user candidate;
static int nonces;

static const char *const difficulty_names[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT" };

static inline struct bank_question planned_question(const char *type, const char *category,
                                                    int number)
{
	const int difficulty = number % 4;
	const struct fixture place = { arena_printf(arena, "%s-%02d", category, number), type,
		                       category, difficulty_names[difficulty] };

	return (struct bank_question){ .id = place.id,
		                       .type = type,
		                       .track = "backend",
		                       .category = category,
		                       .level = "junior",
		                       .difficulty = difficulty,
		                       .body = fixture_body(arena, &place),
		                       .enabled = true };
}

static inline int by_id(const void *a, const void *b)
{
	return strcmp(((const struct bank_question *)a)->id, ((const struct bank_question *)b)->id);
}

/* `each` questions of every category; difficulties go round. */
static inline struct bank_question_list fixture_pool(int each)
{
	static const struct {
		const char *type, *category;
	} kinds[] = {
		{ "technical", "core" },       { "technical", "advanced" },
		{ "technical", "practical" },  { "hr", "behavioural" },
		{ "hr", "situational" },       { "hr", "role_specific" },
		{ "case", "problem_solving" }, { "case", "system_design" },
	};
	const size_t kind_count = sizeof(kinds) / sizeof(*kinds);
	struct bank_question_list pool = {
		.items = arena_array(arena, kind_count * (size_t)each, sizeof(*pool.items)),
	};

	for (size_t i = 0; i < kind_count; i++)
		for (int number = 0; number < each; number++)
			pool.items[pool.count++] = planned_question(kinds[i].type,
			                                            kinds[i].category, number);
	qsort(pool.items, pool.count, sizeof(*pool.items), by_id);
	return pool;
}

static inline void fixture_set_up(int each)
{
	struct bank_question_list pool = fixture_pool(each);
	int edition;

	store = fixture_store();
	candidate = fixture_user(store, "ann", "Ann");
	fixture_role(store);
	for (size_t i = 0; i < pool.count; i++)
		CHECK_INT(bank_save(store, arena, &pool.items[i]), OK);
	CHECK_INT(edition_save(store, arena, "backend", &pool, &edition), OK);
}

static inline char *new_nonce(void)
{
	return arena_printf(arena, "nonce-%d", ++nonces);
}

static inline struct flow_options fixture_options(const char *type, int count)
{
	return (struct flow_options){ .role_id = "backend",
		                      .level = "junior",
		                      .type = type,
		                      .language = LANG_EN,
		                      .question_count = count,
		                      .job_description = "",
		                      .nonce = new_nonce() };
}

/* The start button pressed by `user`; the results stay as they are when not given. */
static inline enum err press_start(const struct user *user, const struct flow_options *options,
                                   const char **ret_id, int64_t *ret_allowed_at)
{
	struct flow_started started = { *ret_id, 0 };
	enum err err = flow_start(store, arena, user, options, &started);

	*ret_id = started.id;
	*ret_allowed_at = started.allowed_at;
	return err;
}

/* Opens a user's interview with the built-in examiner, nobody reading along. */
static inline enum err open_as(const struct user *user, const char *id, struct flow *ret_flow)
{
	const struct flow_setting setting = { .store = store, .arena = arena };

	return flow_open(&setting, user, id, ret_flow);
}

/* Starts and opens a technical interview in English. */
static inline struct flow begin(int count)
{
	struct flow_options options = fixture_options("technical", count);
	struct flow flow = { 0 };
	const char *id = NULL;
	int64_t allowed_at;

	CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), OK);
	CHECK_INT(open_as(&candidate, id, &flow), OK);
	return flow;
}

static inline void reopen(struct flow *flow)
{
	CHECK_INT(open_as(&candidate, flow->interview.id, flow), OK);
}

static inline enum err step(struct flow *flow, enum flow_action action, const char *text)
{
	const struct flow_input input = { .action = action,
		                          .text = text,
		                          .question_id = flow->active ? flow->active->id : "",
		                          .nonce = new_nonce() };

	return flow_step(flow, &input);
}

static inline void say(struct flow *flow, const char *text)
{
	CHECK_INT(step(flow, FLOW_SAY, text), OK);
}

static inline void press(struct flow *flow, enum flow_action action)
{
	CHECK_INT(step(flow, action, NULL), OK);
}

static inline const char *state_of(const struct flow *flow, size_t index)
{
	return flow->questions.items[index].state;
}

static inline const struct turn *last_turn(const struct flow *flow)
{
	return &flow->turns.items[flow->turns.count - 1];
}

static inline struct evaluation evaluation_at(const struct flow *flow, size_t index)
{
	struct evaluation evaluation = { 0 };

	CHECK_INT(evaluation_get(store, arena, flow->questions.items[index].id, &evaluation), OK);
	return evaluation;
}

static inline void check_not_graded(const struct flow *flow, size_t index)
{
	struct evaluation evaluation;

	CHECK_INT(evaluation_get(store, arena, flow->questions.items[index].id, &evaluation),
	          ERR_NOT_FOUND);
}

static inline bool is_completed(const struct flow *flow)
{
	return strcmp(flow->interview.status, "completed") == 0 &&
	       flow->interview.finished_at > 0 && flow->active == NULL;
}

#endif
