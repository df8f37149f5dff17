/* A desk whose answers a test writes down, which speaks in pieces; the bank's test question. */
#ifndef VIVA_TESTS_LLM_FIXTURE_H
#define VIVA_TESTS_LLM_FIXTURE_H

#include "check.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/config.h"
#include "base/text.h"
#include "exam_fixture.h"
#include "examiner/agent.h"
#include "examiner/examiner.h"

#define HAS(text, part)   CHECK(strstr(text, part) != NULL)
#define LACKS(text, part) CHECK(strstr(text, part) == NULL)

static struct desk_script {
	const char *answers[AGENT_COUNT]; /* NULL: LLM_TIMEOUT */
	enum llm_class class;             /* of all answers that are there */
	size_t piece;                     /* code points of a piece of speech; 0: not in pieces */
	size_t cut_at;                    /* pieces after which the model breaks off; 0: never */
	size_t pieces;                    /* that were given */
	int asked[AGENT_COUNT];
	const char *system, *user; /* of the last ask */
	bool is_closed;

	struct buf heard; /* what the listener got */
	int hearings;
	bool leaves; /* the listener, at the first piece */
} script;

static struct agent_desk desk;

static inline size_t piece_len(const char *text)
{
	const char *cursor = text, *end = text + strlen(text);

	for (size_t i = 0; i < script.piece && cursor < end; i++)
		text_next(&cursor, end);
	return (size_t)(cursor - text);
}

static inline enum llm_class script_talk(const struct agent_ask *ask, const char *text)
{
	while (*text != '\0') {
		const size_t len = piece_len(text);

		if (script.cut_at > 0 && script.pieces == script.cut_at)
			return LLM_INCOMPLETE;
		script.pieces++;
		if (!ask->on_text(ask->context, text, len))
			return LLM_CANCELLED;
		text += len;
	}
	return script.class;
}

/* Where a recording desk would have put the answer. */
enum { SCRIPT_RECORD = 41 };

static inline void script_ask(void *context, struct arena *memory, const struct agent_ask *ask,
                              struct llm_result *ret_result)
{
	const char *text = script.answers[ask->agent];

	(void)context, (void)memory;
	script.asked[ask->agent]++;
	/* The engine asks in memory that it gives back. */
	script.system = arena_strdup(arena, ask->system);
	script.user = arena_strdup(arena, ask->user);
	*ret_result = (struct llm_result){ .class = LLM_TIMEOUT, .text = "", .error = "" };
	if (text == NULL)
		return;
	ret_result->text = text;
	ret_result->record = SCRIPT_RECORD;
	ret_result->class = script.class;
	if (ask->on_text != NULL && script.piece > 0)
		ret_result->class = script_talk(ask, text);
}

static inline bool script_is_ready(void *context)
{
	(void)context;
	return !script.is_closed;
}

static inline bool script_hear(void *listener, const char *text, size_t len)
{
	(void)listener;
	CHECK(len > 0);
	CHECK(text_valid(text, len));
	buf_add(&script.heard, text, len);
	script.hearings++;
	return !script.leaves;
}

/* The engine at a fresh desk with the project's prompts; the model is called "scripted". */
static inline const struct examiner *engine(void)
{
	struct agent_kit *kit = NULL;

	setenv("OPENAI_MODEL", "scripted", 1);
	CHECK_INT(config_load(), OK);
	if (agent_kit_load(arena, "templates/prompts", &kit) != OK) {
		printf("Bail out! no prompts\n");
		exit(1);
	}
	script = (struct desk_script){ .piece = 7 };
	buf_init(&script.heard, arena);
	desk = (struct agent_desk){
		.kit = kit, .ask = script_ask, .is_ready = script_is_ready, .on_text = script_hear
	};
	return examiner_llm(arena, &desk);
}

static inline struct exam_question *question_in(enum language language)
{
	const struct fixture place = { "http", "technical", "core", "ADVANCED" };
	struct exam_question *question = arena_alloc(arena, sizeof(*question));

	CHECK_INT(exam_question_parse(arena, fixture_body(arena, &place), language, question), OK);
	return question;
}

#endif
