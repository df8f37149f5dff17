/*
 * The flow where a model is configured: introduction, who reads along, one answer at a
 * time. The endpoint is a port where nobody listens, so every call fails at once.
 */
#include "flow_fixture.h"

#include "base/buf.h"
#include "base/config.h"
#include "base/lock.h"
#include "store/fact.h"

static struct model *model;

/* What a reader got, reply by reply. */
static struct reader {
	struct buf heard;
	int replies, states;
	bool leaves; /* at the first word */
} reader;

static void hear_state(void *context, const char *state)
{
	(void)context;
	CHECK(state[0] != '\0');
	reader.states++;
}

static void hear_reply(void *context, const char *kind)
{
	(void)context;
	buf_printf(&reader.heard, "[%s]", kind);
	reader.replies++;
}

static bool hear_text(void *context, const char *text, size_t len)
{
	(void)context;
	buf_add(&reader.heard, text, len);
	return !reader.leaves;
}

static const struct flow_listener listener = {
	.on_state = hear_state,
	.on_reply = hear_reply,
	.on_text = hear_text,
	.fd = -1,
};

static struct flow_setting setting = { .listener = &listener };

static void listen_anew(void)
{
	reader = (struct reader){ 0 };
	buf_init(&reader.heard, arena);
}

static enum err open_here(const char *id, struct flow *ret_flow)
{
	setting.store = store;
	setting.arena = arena;
	return flow_open(&setting, &candidate, id, ret_flow);
}

/* Starts as a page does where a model is configured, with the setting of these tests. */
static struct flow begin_with_model(int count)
{
	struct flow_options options = fixture_options("technical", count);
	struct flow flow = { 0 };
	const char *id = NULL;
	int64_t allowed_at;

	options.has_model = true;
	CHECK_INT(press_start(&candidate, &options, &id, &allowed_at), OK);
	listen_anew();
	CHECK_INT(open_here(id, &flow), OK);
	return flow;
}

static void a_talk_opens_with_an_introduction(void)
{
	struct flow flow;

	fixture_set_up(4);
	flow = begin_with_model(3);
	CHECK(flow.interview.is_introduction);
	CHECK(flow.active == NULL);
	CHECK_STR(last_turn(&flow)->kind, "introduction");
	CHECK_INT(step(&flow, FLOW_SAY,
	               "I am Ann, a junior backend developer, two years of "
	               "Python and PostgreSQL."),
	          OK);
	CHECK(!flow.interview.is_introduction);
	CHECK(flow.active != NULL);
	CHECK_STR(last_turn(&flow)->kind, "question");
	CHECK(flow.facts.technologies != NULL && strstr(flow.facts.technologies, "Python") != NULL);
	CHECK(flow.facts.technologies != NULL &&
	      strstr(flow.facts.technologies, "PostgreSQL") != NULL);
	CHECK(strstr(last_turn(&flow)->observation, "\"introduction\"") != NULL);
	fixture_remove();
}

static void a_known_profile_needs_none(void)
{
	struct flow flow;

	fixture_set_up(4);
	candidate.position = "Backend developer";
	candidate.stack = "Python";
	flow = begin_with_model(3);
	CHECK(!flow.interview.is_introduction);
	CHECK(flow.active != NULL);
	fixture_remove();
}

static void an_introduction_can_be_skipped_and_ended(void)
{
	struct flow flow;

	fixture_set_up(4);
	flow = begin_with_model(3);
	CHECK_INT(step(&flow, FLOW_STOP, ""), OK);
	CHECK(flow.interview.stop_requested);
	CHECK_INT(step(&flow, FLOW_CONTINUE, ""), OK);
	CHECK_STR(last_turn(&flow)->kind, "introduction");
	CHECK_INT(step(&flow, FLOW_SKIP, ""), OK);
	CHECK(flow.active != NULL);

	flow = begin_with_model(3);
	CHECK_INT(step(&flow, FLOW_SAY, "stop, give me feedback"), OK);
	CHECK(flow.interview.stop_requested);
	CHECK_INT(step(&flow, FLOW_SAY, "yes"), OK);
	CHECK_STR(flow.interview.status, "completed");
	for (size_t i = 0; i < flow.questions.count; i++)
		CHECK_STR(flow.questions.items[i].state, "unanswered");
	fixture_remove();
}

/* All replies of the last step as they were stored, in the form the reader noted them. */
static const char *stored_since(const struct flow *flow, size_t count)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (size_t i = count; i < flow->turns.count; i++)
		if (strcmp(flow->turns.items[i].author, "interviewer") == 0)
			buf_printf(&buf, "[%s]%s", flow->turns.items[i].kind,
			           flow->turns.items[i].body);
	return buf.data;
}

static void a_reader_hears_what_is_stored(void)
{
	struct flow flow;
	size_t before;

	fixture_set_up(4);
	flow = begin_with_model(3);
	before = flow.turns.count;
	CHECK_INT(step(&flow, FLOW_SAY, "Ann, Python"), OK);
	CHECK(reader.replies == 1 && reader.states >= 2);
	CHECK_STR(reader.heard.data, stored_since(&flow, before));

	listen_anew();
	before = flow.turns.count;
	CHECK_INT(step(&flow, FLOW_SAY, WRONG_EN), OK);
	CHECK(reader.replies >= 2); /* a correction and what follows it */
	CHECK_STR(reader.heard.data, stored_since(&flow, before));
	fixture_remove();
}

static void nothing_is_lost_when_the_reader_leaves(void)
{
	struct flow flow, again;

	fixture_set_up(4);
	flow = begin_with_model(3);
	reader.leaves = true;
	CHECK_INT(step(&flow, FLOW_SAY, "Ann, Python"), OK);
	CHECK_INT(open_as(&candidate, flow.interview.id, &again), OK);
	CHECK(again.active != NULL);
	CHECK_STR(last_turn(&again)->kind, "question");
	CHECK(strstr(last_turn(&again)->body, again.active_exam.score.text) != NULL);
	fixture_remove();
}

/* The endpoint is dead: the built-in examiner takes every step and says why. */
static void a_dead_endpoint_costs_nothing(void)
{
	struct flow flow;

	fixture_set_up(4);
	setting.model = model;
	flow = begin_with_model(1);
	CHECK_INT(step(&flow, FLOW_SAY, "Ann, Python"), OK);
	CHECK_INT(step(&flow, FLOW_SAY, FULL_EN), OK);
	CHECK_STR(flow.interview.status, "completed");
	CHECK_STR(evaluation_at(&flow, 0).engine, "builtin");
	CHECK(evaluation_at(&flow, 0).fallback[0] != '\0');
	CHECK(evaluation_at(&flow, 0).score >= 8.5);
	CHECK(evaluation_at(&flow, 0).created_at > 0);
	setting.model = NULL;
	fixture_remove();
}

static void one_request_answers_at_a_time(void)
{
	struct lock *lock = NULL;
	struct flow flow;
	const char *path, *name;

	fixture_set_up(4);
	setting.model = model;
	flow = begin_with_model(2);
	CHECK_INT(step(&flow, FLOW_SKIP, ""), OK);
	path = arena_printf(arena, "%s/locks", config()->var);
	name = arena_printf(arena, "talk:%s", flow.interview.id);
	CHECK_INT(lock_take(arena, path, name, 0, &lock), OK);
	CHECK_INT(step(&flow, FLOW_SAY, "said while another request answers"), ERR_CONFLICT);
	CHECK_STR(flow.draft, "said while another request answers");
	lock_release(lock);
	CHECK_INT(step(&flow, FLOW_SAY, FULL_EN), OK);
	CHECK_STR(state_of(&flow, 0), "answered");
	setting.model = NULL;
	fixture_remove();
}

static void an_open_turn_is_shown_as_being_answered(void)
{
	struct lock *lock = NULL;
	struct flow flow, other;
	struct turn turn = { .author = "candidate", .kind = "answer", .body = FULL_EN };

	fixture_set_up(4);
	setting.model = model;
	flow = begin_with_model(2);
	CHECK_INT(step(&flow, FLOW_SKIP, ""), OK);
	turn.question_id = flow.active->id;
	turn.nonce = new_nonce();
	CHECK_INT(turn_add(store, flow.interview.id, &turn), OK);
	CHECK_INT(lock_take(arena, arena_printf(arena, "%s/locks", config()->var),
	                    arena_printf(arena, "talk:%s", flow.interview.id), 0, &lock),
	          OK);
	CHECK_INT(open_here(flow.interview.id, &other), OK);
	CHECK(other.is_answering);
	CHECK_STR(last_turn(&other)->body, FULL_EN);
	lock_release(lock);
	CHECK_INT(open_here(flow.interview.id, &other), OK);
	CHECK(!other.is_answering);
	CHECK_STR(last_turn(&other)->author, "interviewer");
	setting.model = NULL;
	fixture_remove();
}

static bool open_model(struct arena *lasting)
{
	char var[] = "/tmp/viva-model-XXXXXX";

	if (mkdtemp(var) == NULL)
		return false;
	setenv("VIVA_VAR", var, 1);
	setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1", 1);
	setenv("OPENAI_MODEL", "none", 1);
	setenv("LITELLM_MAX_RETRIES", "0", 1);
	json_bind(lasting);
	return config_load() == OK && model_open(lasting, &model) == OK && model != NULL;
}

int main(void)
{
	struct arena *lasting = arena_create();

	if (!open_model(lasting)) {
		printf("Bail out! no model\n");
		return 1;
	}
	RUN(a_talk_opens_with_an_introduction);
	RUN(a_known_profile_needs_none);
	RUN(an_introduction_can_be_skipped_and_ended);
	RUN(a_reader_hears_what_is_stored);
	RUN(nothing_is_lost_when_the_reader_leaves);
	RUN(a_dead_endpoint_costs_nothing);
	RUN(one_request_answers_at_a_time);
	RUN(an_open_turn_is_shown_as_being_answered);
	arena_destroy(lasting);
	return check_done();
}
