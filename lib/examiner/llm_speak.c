#include "examiner/llm_engine.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "examiner/llm_checks.h"
#include "examiner/speak.h"

/* Words of a lead-in: what the prompt asks for, and what is let through at most. */
enum { LEAD_WORDS = 60, LEAD_WORDS_MAX = 90 };

/* Letters by which a lead-in is judged before anybody hears the first of it. */
enum { GATE_LETTERS = 20 };

/* Ticks in a row that fence a block of code. */
enum { FENCE = 3 };

/* What a lead-in may not begin with, and may not have anywhere: markup, JSON, lists. */
#define BAD_STARTS "#|[-=~"
#define BAD_BYTES  "{}<>\\"

enum talk_state {
	TALK_WAITING,  /* nothing is judged yet */
	TALK_OPEN,     /* is heard */
	TALK_FINISHED, /* is long enough */
	TALK_REFUSED   /* went wrong; what was heard was heard */
};

/* A lead-in while it comes. */
struct talk {
	struct arena *arena;
	const struct agent_desk *desk;
	enum language language;
	struct guard_leak *guard;
	enum talk_state state;
	struct buf said;  /* as it is stored; up to `heard` bytes of it the listener has got */
	struct buf shown; /* what the guard let through of a piece */
	size_t heard, words;
	size_t ticks;   /* ` in a row */
	bool is_spaced; /* white space came after the last word */
	bool came;      /* any text came by pieces */
	bool has_left;  /* the listener */
};

struct scene {
	struct arena *arena;
	const struct llm_engine *engine;
	const struct cue_facts *facts;
	const char *builtin; /* the built-in's words for the cue */
	const char *then;    /* the part of them that is said word for word */
	const char *message; /* the candidate's last one, fenced; NULL: none */
};

/* --- what is heard ----------------------------------------------------------- */

static void hear(struct talk *talk)
{
	const struct agent_desk *desk = talk->desk;
	const size_t len = talk->said.len - talk->heard;

	if (len == 0)
		return;
	talk->heard = talk->said.len;
	if (desk->on_text != NULL &&
	    !desk->on_text(desk->listener, talk->said.data + talk->said.len - len, len))
		talk->has_left = true;
}

static bool is_white(char c)
{
	return c != '\0' && strchr(" \t\r\n", c) != NULL;
}

static bool is_sentence_end(const struct buf *said)
{
	static const char ellipsis[] = "…";
	const size_t len = sizeof(ellipsis) - 1;

	if (said->len == 0)
		return false;
	return strchr(".!?", said->data[said->len - 1]) != NULL ||
	       (said->len >= len && memcmp(said->data + said->len - len, ellipsis, len) == 0);
}

/* At the beginning of a word: enough is enough, at best behind a whole sentence. */
static bool is_enough(struct talk *talk)
{
	if (talk->words >= LEAD_WORDS_MAX && !is_sentence_end(&talk->said))
		buf_str(&talk->said, "…");
	return talk->words >= LEAD_WORDS && is_sentence_end(&talk->said);
}

static void take_byte(struct talk *talk, char c)
{
	if (is_white(c)) {
		talk->is_spaced = true;
		return;
	}
	talk->ticks = c == '`' ? talk->ticks + 1 : 0;
	if (c == '*' || (c == '`' && talk->ticks < FENCE))
		return; /* emphasis, which is of no use here */
	if (c == '`' || strchr(BAD_BYTES, c) != NULL || (unsigned char)c < ' ' ||
	    (talk->said.len == 0 && strchr(BAD_STARTS, c) != NULL)) {
		talk->state = TALK_REFUSED;
		return;
	}
	if (talk->is_spaced || talk->said.len == 0) {
		if (is_enough(talk)) {
			talk->state = TALK_FINISHED;
			return;
		}
		talk->words++;
		if (talk->said.len > 0)
			buf_char(&talk->said, ' ');
		talk->is_spaced = false;
	}
	buf_char(&talk->said, c);
}

static size_t count_letters(const struct buf *said)
{
	const char *cursor = said->data, *end = said->data + said->len;
	size_t count = 0;

	while (cursor < end)
		count += text_is_letter(text_next(&cursor, end));
	return count;
}

static void take(struct talk *talk, const struct buf *shown, bool is_end)
{
	for (size_t i = 0; i < shown->len && talk->state <= TALK_OPEN; i++)
		take_byte(talk, shown->data[i]);
	if (talk->state == TALK_REFUSED && talk->heard == 0)
		return;
	if (talk->heard == 0) {
		const size_t letters = count_letters(&talk->said);

		if (letters == 0 || (letters < GATE_LETTERS && !is_end))
			return;
		if (!llm_checks_language(talk->said.data, talk->language)) {
			talk->state = TALK_REFUSED;
			return;
		}
		if (talk->state == TALK_WAITING)
			talk->state = TALK_OPEN;
	}
	hear(talk);
}

static bool feed(struct talk *talk, const char *text, size_t len)
{
	if (talk->state > TALK_OPEN)
		return false;
	buf_truncate(&talk->shown, 0);
	if (!guard_leak_feed(talk->guard, text, len, &talk->shown))
		talk->state = TALK_REFUSED;
	else
		take(talk, &talk->shown, false);
	return talk->state <= TALK_OPEN && !talk->has_left;
}

static bool on_text(void *context, const char *text, size_t len)
{
	struct talk *talk = context;

	talk->came = true;
	return feed(talk, text, len);
}

static void end_talk(struct talk *talk)
{
	if (talk->state > TALK_OPEN)
		return;
	buf_truncate(&talk->shown, 0);
	if (!guard_leak_end(talk->guard, &talk->shown))
		talk->state = TALK_REFUSED;
	else
		take(talk, &talk->shown, true);
}

/* --- asking ------------------------------------------------------------------ */

/* The name of the cue's part of the prompt; NULL: the built-in speaks alone. */
static const char *part_of(enum cue cue)
{
	switch (cue) {
	case CUE_INTRODUCTION:
		return "introduction";
	case CUE_QUESTION:
		return "question";
	case CUE_FOLLOW_UP:
		return "follow_up";
	case CUE_CORRECTION:
		return "correction";
	case CUE_BACK_TO_TOPIC:
		return "back_to_topic";
	case CUE_COUNTER_QUESTION:
		return "counter_question";
	case CUE_CONTINUE:
		return "continue";
	case CUE_CLOSING:
		return "closing";
	case CUE_CODING_TASK:
		return "coding_task";
	default:
		return NULL;
	}
}

/* What is said word for word after a lead-in. The built-in's own lead-in is a paragraph. */
static const char *said_then(const struct cue_facts *facts, const char *builtin)
{
	const char *rest;

	switch (facts->cue) {
	case CUE_INTRODUCTION:
	case CUE_FOLLOW_UP:
	case CUE_CLOSING:
		return builtin;
	case CUE_CORRECTION:
		return facts->text;
	default:
		rest = strstr(builtin, "\n\n");
		return rest != NULL ? rest + 2 : builtin;
	}
}

static void add_known(struct arena *arena, cJSON *data, const struct cue_facts *facts)
{
	const struct exam_facts none = { 0 };
	const struct exam_facts *known = facts->known != NULL ? facts->known : &none;
	const char *name = known->name != NULL ? known->name : facts->candidate;
	const struct {
		const char *key, *text;
	} rows[] = {
		{ "name", name },
		{ "position", known->position },
		{ "level", known->level },
		{ "experience", known->experience },
		{ "technologies", known->technologies },
	};
	cJSON *object = json_set_object(data, "known");

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].text != NULL && rows[i].text[0] != '\0')
			json_set_string(object, rows[i].key,
			                llm_checks_fence(arena, rows[i].text).shown);
}

static cJSON *data_of(const struct scene *scene)
{
	const struct cue_facts *facts = scene->facts;
	const struct observation *last = facts->last;
	cJSON *data = cJSON_CreateObject();

	json_set_string(data, "cue", part_of(facts->cue));
	json_set_string(data, "role", facts->role);
	json_set_number(data, "position", facts->position);
	json_set_number(data, "total", facts->total);
	json_set_string(data, "message", scene->message);
	json_set_string(data, "class", last != NULL ? message_class_name(last->class) : NULL);
	json_set_string(data, "correction", last != NULL ? last->correction : NULL);
	json_set_bool(data, "after_code", facts->after_code);
	json_set_string(data, "question",
	                facts->question != NULL ? facts->question->score.text : NULL);
	json_set_string(data, "then_said", scene->then);
	add_known(scene->arena, data, facts);
	return data;
}

static struct guard_leak *make_guard(const struct scene *scene, struct arena *scratch,
                                     const char *system)
{
	const struct cue_facts *facts = scene->facts;
	const struct score_texts secrets = llm_checks_secrets(scratch, system, facts->question);
	const char *const candidates[] = {
		scene->then,
		scene->message,
		facts->last != NULL ? facts->last->correction : NULL,
		facts->question != NULL ? facts->question->score.text : NULL,
	};
	const char **items = arena_array(scratch, 4, sizeof(*items));
	size_t used = 0;

	for (size_t i = 0; i < 4; i++)
		if (candidates[i] != NULL)
			items[used++] = candidates[i];
	return guard_leak_create(scene->arena, &secrets, &(struct score_texts){ items, used });
}

/* A guard keeps no text of its own: the prompt is made in passing. NULL: it cannot be made. */
static struct guard_leak *guard_of(const struct scene *scene, const struct agent_desk *desk,
                                   const struct agent_task *task)
{
	struct arena *scratch = arena_create();
	struct guard_leak *guard = NULL;
	const char *system;

	json_bind(scratch);
	if (agent_system(desk->kit, scratch, task, &system) == OK)
		guard = make_guard(scene, scratch, system);
	json_bind(scene->arena);
	arena_destroy(scratch);
	return guard;
}

static void ask(const struct scene *scene, struct talk *talk, struct llm_result *result)
{
	struct agent_desk desk = *talk->desk;
	cJSON *params = cJSON_CreateObject();
	const struct agent_task task = {
		.agent = AGENT_INTERVIEWER,
		.language = scene->facts->language,
		.subject = scene->facts->question_id,
		.params = params,
		.data = data_of(scene),
		.is_speech = true,
	};

	result->class = LLM_PERMANENT;
	json_set_bool(params, part_of(scene->facts->cue), true);
	if (!agent_is_there(desk.kit, AGENT_INTERVIEWER))
		return;
	talk->guard = guard_of(scene, &desk, &task);
	if (talk->guard == NULL)
		return;
	desk.on_text = on_text;
	desk.listener = talk;
	if (agent_run(&desk, scene->arena, &task, result) != OK)
		return;
	/* A desk may have the words only as a whole. */
	if (!talk->came && result->text != NULL)
		feed(talk, result->text, strlen(result->text));
	end_talk(talk);
}

/* --- speaking ---------------------------------------------------------------- */

static void say(struct talk *talk, const char *text)
{
	buf_str(&talk->said, text);
	hear(talk);
}

static struct speech speak(const struct scene *scene, struct talk *talk)
{
	struct llm_result result = { .class = LLM_PERMANENT };
	struct speech speech = { .engine = "builtin" };

	ask(scene, talk, &result);
	if (talk->heard == 0) {
		buf_truncate(&talk->said, 0);
		say(talk, scene->builtin);
	} else {
		speech.engine = agent_model(talk->desk->kit, AGENT_INTERVIEWER);
		speech.is_cut = talk->state == TALK_REFUSED ||
		                (talk->state == TALK_OPEN && result.class != LLM_OK);
		say(talk, arena_printf(scene->arena, "\n\n%s", scene->then));
	}
	speech.text = talk->said.data;
	return speech;
}

static struct scene scene_of(struct arena *arena, const struct llm_engine *engine,
                             const struct cue_facts *facts)
{
	struct scene scene = { .arena = arena, .engine = engine, .facts = facts };
	struct speech builtin;

	speak_cue(NULL, arena, facts, &builtin);
	scene.builtin = builtin.text;
	scene.then = said_then(facts, builtin.text);
	if (facts->message != NULL)
		scene.message = llm_checks_fence(arena, facts->message).shown;
	return scene;
}

enum err llm_speak_cue(void *context, struct arena *arena, const struct cue_facts *facts,
                       struct speech *ret_speech)
{
	const struct llm_engine *engine = context;
	const struct scene scene = scene_of(arena, engine, facts);
	struct talk talk = { .arena = arena, .desk = engine->desk, .language = facts->language };

	if (engine->desk == NULL) {
		*ret_speech = (struct speech){ .text = scene.builtin, .engine = "builtin" };
		return OK;
	}
	buf_init(&talk.said, arena);
	buf_init(&talk.shown, arena);
	if (part_of(facts->cue) != NULL) {
		*ret_speech = speak(&scene, &talk);
		return OK;
	}
	say(&talk, scene.builtin);
	*ret_speech = (struct speech){ .text = talk.said.data, .engine = "builtin" };
	return OK;
}
