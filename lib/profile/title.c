#include "profile/title.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "profile/occupation.h"
#include "score/passage.h"

/* Cosines from which on a role is meant, from which on it may be, and the lead it needs. */
#define LEAST_FIT     0.55
#define LEAST_UNCLEAR 0.28
#define LEAST_LEAD    0.04
#define NEARLY_SAME   0.999
#define TAG_SHARE     0.9 /* of what a title would count */
/* Of a word that most roles have, and of one that none has, against one that a single role has. */
#define COMMON_WEIGHT  0.1
#define UNKNOWN_WEIGHT 0.7
/* Less than this of a word that a single role has is common to many: "developer". */
#define LEAST_TELLING 0.62

/* A title or tag of a role. */
struct phrase {
	struct passage words;
	size_t role;
	double share;
};

struct titles {
	struct arena *arena;
	struct vocab *vocab;
	const struct role_list *roles;
	struct phrase *phrases;
	size_t count, capacity;
	double most;     /* weight of a word that a single role has */
	double *weights; /* by stem */
	bool *is_level;  /* by stem */
};

static void add_phrase(struct titles *titles, size_t role, const char *text, double share)
{
	if (titles->count == titles->capacity)
		return;
	passage_read(titles->arena, titles->vocab, text, strlen(text),
	             &titles->phrases[titles->count].words);
	titles->phrases[titles->count].role = role;
	titles->phrases[titles->count++].share = share;
}

/* Strings of an array, or of the arrays in an object. */
static void add_phrases(struct titles *titles, size_t role, const cJSON *list, double share)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (cJSON_IsString(item))
			add_phrase(titles, role, item->valuestring, share);
		else if (cJSON_IsArray(item))
			add_phrases(titles, role, item, share);
	}
}

static void add_role(struct titles *titles, size_t place)
{
	const struct role *role = &titles->roles->items[place];
	cJSON *list;

	for (int language = 0; language < LANG_COUNT; language++)
		add_phrase(titles, place, role->title[language], 1);
	if (json_parse(role->other_titles, strlen(role->other_titles), &list) == OK)
		add_phrases(titles, place, list, 1);
	if (json_parse(role->skill_tags, strlen(role->skill_tags), &list) == OK)
		add_phrases(titles, place, list, TAG_SHARE);
}

/* In how many roles each stem is. */
static double *count_roles(const struct titles *titles)
{
	const uint32_t stems = vocab_stem_count(titles->vocab);
	double *counts = arena_array(titles->arena, stems + 1, sizeof(*counts));
	size_t *last = arena_array(titles->arena, stems + 1, sizeof(*last));

	for (size_t i = 0; i < titles->count; i++) {
		const struct phrase *phrase = &titles->phrases[i];

		for (uint32_t j = 0; j < phrase->words.count; j++) {
			const uint32_t stem = phrase->words.tokens[j].stem;

			if (last[stem] != phrase->role + 1)
				counts[stem]++;
			last[stem] = phrase->role + 1;
		}
	}
	return counts;
}

static void weigh(struct titles *titles)
{
	const uint32_t stems = vocab_stem_count(titles->vocab);

	titles->most = log((double)titles->roles->count + 1);
	titles->weights = count_roles(titles);
	for (uint32_t i = 0; i < stems; i++) {
		const double count = titles->weights[i];
		const double rarity = log(((double)titles->roles->count + 1) / count);

		titles->weights[i] = count == 0 ? UNKNOWN_WEIGHT * titles->most
		                     : rarity > COMMON_WEIGHT * titles->most
		                             ? rarity
		                             : COMMON_WEIGHT * titles->most;
	}
}

static void mark_levels(struct titles *titles)
{
	static const char levels[] =
	        "junior middle senior intern trainee principal staff strong regular "
	        "младший старший ведущий главный стажёр джун джуниор мидл сеньор синьор "
	        "молодший старший провідний головний стажер стажист мідл сеньйор";
	struct passage words;

	passage_read(titles->arena, titles->vocab, levels, strlen(levels), &words);
	titles->is_level = arena_array(titles->arena, vocab_stem_count(titles->vocab) + 1,
	                               sizeof(*titles->is_level));
	for (uint32_t i = 0; i < words.count; i++)
		titles->is_level[words.tokens[i].stem] = true;
}

/* Sum of the weights of the words, each once; of those in `wanted` as well where it is given. */
static double weight_of(const struct titles *titles, const struct passage *words,
                        const struct passage *wanted)
{
	double sum = 0;

	for (uint32_t i = 0; i < words->count; i++) {
		const uint32_t stem = words->tokens[i].stem;
		bool counts = wanted == NULL, again = titles->is_level[stem];

		for (uint32_t j = 0; j < i; j++)
			again = again || words->tokens[j].stem == stem;
		for (uint32_t j = 0; wanted != NULL && j < wanted->count; j++)
			counts = counts || wanted->tokens[j].stem == stem;
		sum += counts && !again ? titles->weights[stem] : 0;
	}
	return sum;
}

static double likeness(const struct titles *titles, const struct passage *typed,
                       const struct phrase *phrase)
{
	const double common = weight_of(titles, typed, &phrase->words);
	const double product = weight_of(titles, typed, NULL) *
	                       weight_of(titles, &phrase->words, NULL);
	const double found = product > 0 ? phrase->share * common / sqrt(product) : 0;

	const bool is_telling = common >= LEAST_TELLING * titles->most || found > NEARLY_SAME;

	return is_telling ? found : fmin(found, LEAST_UNCLEAR);
}

/* Characters that steer the reader's eye belong to no title. */
static bool has_control(const char *title)
{
	const char *end = title + strlen(title);

	while (title < end)
		if (text_is_control(text_next(&title, end)))
			return true;
	return false;
}

static bool is_other_work(struct arena *arena, const char *title)
{
	const struct page page = page_read(arena, title);

	return occupation_in(&page, 0, page.count) == OCCUPATION_OTHER;
}

/* Takes the nearest roles out of the list of likenesses, in order. */
static struct title_match choose(const struct titles *titles, double *likenesses)
{
	struct title_match match = { .fit = TITLE_STRANGE };
	double taken[TITLE_NEAREST] = { 0 };

	while (match.count < TITLE_NEAREST && match.count < titles->roles->count) {
		size_t best = 0;

		for (size_t i = 1; i < titles->roles->count; i++)
			if (likenesses[i] > likenesses[best])
				best = i;
		if (likenesses[best] < LEAST_UNCLEAR)
			break;
		taken[match.count] = likenesses[best];
		match.nearest[match.count++] = &titles->roles->items[best];
		likenesses[best] = -1;
	}
	if (match.count > 0)
		match.fit = taken[0] >= LEAST_FIT && taken[0] >= taken[1] + LEAST_LEAD
		                    ? TITLE_FITS
		                    : TITLE_UNCLEAR;
	return match;
}

struct title_match title_match(struct arena *arena, const struct role_list *roles,
                               const char *title)
{
	enum { PHRASES = 120 };
	struct titles titles = {
		.arena = arena,
		.vocab = vocab_create(arena),
		.roles = roles,
		.capacity = roles->count * PHRASES,
	};
	double *likenesses = arena_array(arena, roles->count + 1, sizeof(*likenesses));
	struct passage typed;

	if (has_control(title) || is_other_work(arena, title))
		return (struct title_match){ .fit = TITLE_STRANGE };
	titles.phrases = arena_array(arena, titles.capacity + 1, sizeof(*titles.phrases));
	for (size_t i = 0; i < roles->count; i++)
		add_role(&titles, i);
	passage_read(arena, titles.vocab, title, strlen(title), &typed);
	mark_levels(&titles);
	weigh(&titles);
	for (size_t i = 0; i < titles.count; i++) {
		const double found = likeness(&titles, &typed, &titles.phrases[i]);

		if (found > likenesses[titles.phrases[i].role])
			likenesses[titles.phrases[i].role] = found;
	}
	return choose(&titles, likenesses);
}
