#include "score/recent.h"

#include <stdint.h>
#include <string.h>

struct kept {
	struct arena *arena; /* of all that follows; NULL when there is nothing */
	struct score_question question;
	const struct score_key *key;
	uint64_t print;
	uint64_t used; /* when it was asked for */
};

struct recent {
	struct kept keys[RECENT_KEYS];
	size_t bytes;
	uint64_t now;
};

static void forget(struct recent *recent, struct kept *kept)
{
	recent->bytes -= arena_used(kept->arena);
	arena_destroy(kept->arena);
	*kept = (struct kept){ 0 };
}

static void forget_all(void *context)
{
	struct recent *recent = context;

	for (size_t i = 0; i < RECENT_KEYS; i++) {
		if (recent->keys[i].arena != NULL)
			forget(recent, &recent->keys[i]);
	}
}

struct recent *recent_create(struct arena *arena)
{
	struct recent *recent = arena_alloc(arena, sizeof(*recent));

	arena_defer(arena, forget_all, recent);
	return recent;
}

static uint64_t mix(uint64_t print, uint64_t value)
{
	return (print ^ value) * 0x100000001B3u;
}

static uint64_t print_texts(uint64_t print, const struct score_texts *texts)
{
	print = mix(print, texts->count);
	for (size_t i = 0; i < texts->count; i++)
		print = mix(print, strlen(texts->items[i]));
	return print;
}

/* Differs for nearly all different questions: the text's bytes, the lengths of the others. */
static uint64_t print_of(const struct score_question *question)
{
	uint64_t print = print_texts(question->point_count, &question->references);

	for (const char *p = question->text; *p != '\0'; p++)
		print = mix(print, (unsigned char)*p);
	for (size_t i = 0; i < question->point_count; i++) {
		print = mix(print, strlen(question->points[i].text));
		print = print_texts(print, &question->points[i].aliases);
		print = print_texts(print, &question->points[i].wrong);
	}
	return print;
}

static bool same_texts(const struct score_texts *a, const struct score_texts *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (strcmp(a->items[i], b->items[i]) != 0)
			return false;
	}
	return true;
}

static bool same_point(const struct score_key_point *a, const struct score_key_point *b)
{
	return strcmp(a->text, b->text) == 0 && same_texts(&a->aliases, &b->aliases) &&
	       same_texts(&a->wrong, &b->wrong);
}

static bool same_question(const struct score_question *a, const struct score_question *b)
{
	if (a->language != b->language || a->max_score < b->max_score ||
	    a->max_score > b->max_score || a->point_count != b->point_count ||
	    strcmp(a->text, b->text) != 0 || !same_texts(&a->references, &b->references))
		return false;
	for (size_t i = 0; i < a->point_count; i++) {
		if (!same_point(&a->points[i], &b->points[i]))
			return false;
	}
	return true;
}

static struct score_texts copy_texts(struct arena *arena, const struct score_texts *texts)
{
	const char **items = arena_array(arena, texts->count, sizeof(*items));

	for (size_t i = 0; i < texts->count; i++)
		items[i] = arena_strdup(arena, texts->items[i]);
	return (struct score_texts){ .items = items, .count = texts->count };
}

static struct score_question copy_question(struct arena *arena, const struct score_question *given)
{
	struct score_question question = *given;
	struct score_key_point *points = arena_array(arena, given->point_count, sizeof(*points));

	question.text = arena_strdup(arena, given->text);
	question.references = copy_texts(arena, &given->references);
	for (size_t i = 0; i < given->point_count; i++) {
		points[i].id = arena_strdup(arena, given->points[i].id);
		points[i].text = arena_strdup(arena, given->points[i].text);
		points[i].aliases = copy_texts(arena, &given->points[i].aliases);
		points[i].wrong = copy_texts(arena, &given->points[i].wrong);
	}
	question.points = points;
	return question;
}

static struct kept *find(struct recent *recent, const struct score_question *question,
                         uint64_t print)
{
	for (size_t i = 0; i < RECENT_KEYS; i++) {
		struct kept *kept = &recent->keys[i];

		if (kept->arena != NULL && kept->print == print &&
		    same_question(&kept->question, question))
			return kept;
	}
	return NULL;
}

/* The key that was used longest ago; NULL when there is none. */
static struct kept *oldest(struct recent *recent)
{
	struct kept *oldest = NULL;

	for (size_t i = 0; i < RECENT_KEYS; i++) {
		struct kept *kept = &recent->keys[i];

		if (kept->arena != NULL && (oldest == NULL || kept->used < oldest->used))
			oldest = kept;
	}
	return oldest;
}

/* An empty place, made by forgetting the oldest key when there is none. */
static struct kept *room(struct recent *recent)
{
	struct kept *old;

	for (size_t i = 0; i < RECENT_KEYS; i++) {
		if (recent->keys[i].arena == NULL)
			return &recent->keys[i];
	}
	old = oldest(recent);
	forget(recent, old);
	return old;
}

const struct score_key *recent_key(struct recent *recent, const struct score_question *question)
{
	uint64_t print = print_of(question);
	struct kept *kept = find(recent, question, print), *old;

	if (kept == NULL) {
		kept = room(recent);
		kept->arena = arena_create();
		kept->print = print;
		kept->question = copy_question(kept->arena, question);
		kept->key = score_prepare(kept->arena, &kept->question);
		recent->bytes += arena_used(kept->arena);
	}
	kept->used = ++recent->now;
	while (recent->bytes > RECENT_BYTES && (old = oldest(recent)) != kept)
		forget(recent, old);
	return kept->key;
}
