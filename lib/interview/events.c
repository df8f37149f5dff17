#include "interview/events.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

/* The largest number that makes sense of anything a page counts. */
#define MOST 1e9

enum note { NOTE_INVALID, NOTE_NOTHING, NOTE_WORTH };

static bool read_count(const cJSON *item, const char *name, double *ret_count)
{
	const double count = json_number(item, name, -1);

	if (!(count >= 0 && count <= MOST))
		return false;
	*ret_count = floor(count);
	return true;
}

static enum note read_focus_lost(struct arena *arena, const cJSON *item, cJSON *evidence)
{
	double ms;

	(void)arena;
	if (!read_count(item, "ms", &ms))
		return NOTE_INVALID;
	json_set_number(evidence, "ms", ms);
	return ms >= EVENTS_MIN_AWAY_MS ? NOTE_WORTH : NOTE_NOTHING;
}

static enum note read_large_paste(struct arena *arena, const cJSON *item, cJSON *evidence)
{
	const char *excerpt = json_string(item, "excerpt", "");
	double chars;

	if (!read_count(item, "chars", &chars))
		return NOTE_INVALID;
	json_set_number(evidence, "chars", chars);
	json_set_string(evidence, "excerpt", text_shortened(arena, excerpt, EVENTS_MAX_EXCERPT));
	return chars >= EVENTS_MIN_PASTE_CHARS ? NOTE_WORTH : NOTE_NOTHING;
}

/* A page may call anything fast: the speed is computed here. */
static enum note read_fast_typing(struct arena *arena, const cJSON *item, cJSON *evidence)
{
	double chars, ms, per_second;

	(void)arena;
	if (!read_count(item, "chars", &chars) || !read_count(item, "ms", &ms))
		return NOTE_INVALID;
	per_second = chars * 1000 / fmax(ms, 1);
	json_set_number(evidence, "chars", chars);
	json_set_number(evidence, "ms", ms);
	json_set_number(evidence, "chars_per_second", json_rounded(per_second));
	return chars >= EVENTS_MIN_TYPED_CHARS && per_second > EVENTS_MAX_CHARS_PER_S
	               ? NOTE_WORTH
	               : NOTE_NOTHING;
}

static const struct kind {
	const char *name;
	enum note (*read)(struct arena *arena, const cJSON *item, cJSON *evidence);
} kinds[] = {
	{ "focus_lost", read_focus_lost },
	{ "large_paste", read_large_paste },
	{ "fast_typing", read_fast_typing },
};

/* Fills in kind and evidence of what is worth a note. */
static enum note read_item(struct arena *arena, const cJSON *item, struct event_row *event)
{
	const char *name = json_string(item, "kind", "");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		cJSON *evidence;
		enum note note;

		if (strcmp(kinds[i].name, name) != 0)
			continue;
		evidence = cJSON_CreateObject();
		note = kinds[i].read(arena, item, evidence);
		event->kind = kinds[i].name;
		event->evidence = json_text(evidence);
		return note;
	}
	return NOTE_INVALID;
}

static enum err store_all(struct store *store, const struct event_row *events, size_t count)
{
	enum err err = store_begin_soft(store);

	if (err != OK)
		return err;
	for (size_t i = 0; err == OK && i < count; i++)
		err = event_add(store, &events[i]);
	if (err == OK || err == ERR_LIMITED)
		err = store_commit(store);
	if (err != OK)
		store_rollback(store);
	return err;
}

enum err events_note(struct store *store, struct arena *arena, const struct interview *interview,
                     const char *question_id, const char *json_text)
{
	struct event_row events[EVENTS_MAX_ITEMS];
	const size_t len = strlen(json_text);
	const cJSON *item;
	size_t count = 0;
	cJSON *array;

	if (len > EVENTS_MAX_BYTES || json_parse(json_text, len, &array) != OK ||
	    !cJSON_IsArray(array) || cJSON_GetArraySize(array) > EVENTS_MAX_ITEMS)
		return ERR_INVALID;
	cJSON_ArrayForEach(item, array)
	{
		struct event_row event = { .interview_id = interview->id,
			                   .question_id = question_id };
		const enum note note = read_item(arena, item, &event);

		if (note == NOTE_INVALID)
			return ERR_INVALID;
		if (note == NOTE_WORTH)
			events[count++] = event;
	}
	if (count == 0 || strcmp(interview->status, "in_progress") != 0)
		return OK;
	return store_all(store, events, count);
}
