#include "examiner/examiner.h"

#include <string.h>

#include "base/json.h"

/* What is being read and in which language. */
struct reader {
	struct arena *arena;
	const char *language;
	bool failed; /* a part that must be there is not */
};

static const char *const difficulties[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT" };

static const char *read_text(struct reader *reader, const cJSON *object, const char *name)
{
	const char *text = json_string(object, name, "");

	if (text[0] == '\0')
		reader->failed = true;
	return arena_strdup(reader->arena, text);
}

static const char *read_translated(struct reader *reader, const cJSON *object, const char *name)
{
	return read_text(reader, json_get(object, name), reader->language);
}

static struct score_texts read_texts(struct reader *reader, const cJSON *object, const char *name)
{
	const size_t count = json_count(object, name);
	const char **items = arena_array(reader->arena, count, sizeof(*items));
	size_t used = 0;
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(object, name))
	{
		if (cJSON_IsString(item) && item->valuestring[0] != '\0')
			items[used++] = arena_strdup(reader->arena, item->valuestring);
		else
			reader->failed = true;
	}
	return (struct score_texts){ .items = items, .count = used };
}

static void read_key_points(struct reader *reader, const cJSON *body, struct score_question *score)
{
	const size_t count = json_count(body, "key_points");
	struct score_key_point *points = arena_array(reader->arena, count, sizeof(*points));
	size_t used = 0;
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(body, "key_points"))
	{
		points[used++] = (struct score_key_point){
			.id = read_text(reader, item, "id"),
			.text = read_translated(reader, item, "text"),
			.aliases = read_texts(reader, json_get(item, "aliases"), reader->language),
		};
	}
	if (count == 0)
		reader->failed = true;
	score->points = points;
	score->point_count = used;
}

static struct score_key_point *point_by_id(struct score_question *score, const char *id)
{
	for (size_t i = 0; i < score->point_count; i++)
		if (strcmp(score->points[i].id, id) == 0)
			return (struct score_key_point *)&score->points[i];
	return NULL;
}

/* A point may be named by several mistakes; all their claims are its wrong ones. */
static void add_wrong(struct arena *arena, struct score_key_point *point, struct score_texts claims)
{
	const size_t count = point->wrong.count + claims.count;
	const char **items = arena_array(arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = i < point->wrong.count ? point->wrong.items[i]
		                                  : claims.items[i - point->wrong.count];
	point->wrong = (struct score_texts){ .items = items, .count = count };
}

static size_t count_claims(const cJSON *body, const char *language)
{
	size_t count = 0;
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(body, "mistakes"))
	        count += json_count(json_get(item, "claim"), language);
	return count;
}

static void read_mistakes(struct reader *reader, const cJSON *body, struct exam_question *question)
{
	const size_t most = count_claims(body, reader->language);
	struct exam_mistake *mistakes = arena_array(reader->arena, most, sizeof(*mistakes));
	size_t used = 0;
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(body, "mistakes"))
	{
		struct score_key_point *point = point_by_id(&question->score,
		                                            json_string(item, "key_point", ""));
		struct score_texts claims = read_texts(reader, json_get(item, "claim"),
		                                       reader->language);
		const char *fact = read_translated(reader, item, "fact");

		if (point == NULL || claims.count == 0) {
			reader->failed = true;
			continue;
		}
		add_wrong(reader->arena, point, claims);
		for (size_t i = 0; i < claims.count; i++)
			mistakes[used++] = (struct exam_mistake){ .claim = claims.items[i],
				                                  .fact = fact };
	}
	question->mistakes = mistakes;
	question->mistake_count = used;
}

static void read_follow_ups(struct reader *reader, const cJSON *body,
                            struct exam_question *question)
{
	const size_t count = json_count(body, "follow_ups");
	struct exam_follow_up *follow_ups = arena_array(reader->arena, count, sizeof(*follow_ups));
	size_t used = 0;
	const cJSON *item;

	cJSON_ArrayForEach(item, json_get(body, "follow_ups"))
	{
		follow_ups[used++] = (struct exam_follow_up){
			.key_point_id = read_text(reader, item, "key_point"),
			.text = read_translated(reader, item, "question"),
		};
	}
	question->follow_ups = follow_ups;
	question->follow_up_count = used;
}

/* Stored answers may be left out, both of them; one alone is a slip. */
static void read_answers(struct reader *reader, const cJSON *body, struct exam_question *question)
{
	const cJSON *answers = json_get(body, "answers");

	question->good_answer = question->thin_answer = "";
	if (answers == NULL)
		return;
	question->good_answer = read_translated(reader, answers, "good");
	question->thin_answer = read_translated(reader, answers, "thin");
}

static int read_difficulty(struct reader *reader, const cJSON *body)
{
	const char *name = json_string(body, "difficulty", "");

	for (int i = 0; i < (int)(sizeof(difficulties) / sizeof(*difficulties)); i++)
		if (strcmp(difficulties[i], name) == 0)
			return i;
	reader->failed = true;
	return 0;
}

static struct exam_question read_question(struct reader *reader, const cJSON *body,
                                          enum language language)
{
	struct exam_question question = {
		.bank_id = read_text(reader, body, "id"),
		.track = read_text(reader, body, "track"),
		.level = read_text(reader, body, "level"),
		.category = read_text(reader, body, "category"),
		.difficulty = read_difficulty(reader, body),
		.expected_min = json_number(body, "estimated_answer_time_min", 0),
		.hint = read_translated(reader, body, "hint"),
		.skill_tags = read_texts(reader, body, "skill_tags"),
		.score = {
			.language = language,
			.text = read_translated(reader, body, "question"),
			.references = read_texts(reader, json_get(body, "reference_answer"),
			                         reader->language),
			.max_score = json_number(body, "max_score", 0),
		},
	};

	read_key_points(reader, body, &question.score);
	read_mistakes(reader, body, &question);
	read_follow_ups(reader, body, &question);
	read_answers(reader, body, &question);
	if (question.score.references.count == 0 || !(question.score.max_score > 0))
		reader->failed = true;
	else
		question.model_answer = question.score.references.items[0];
	return question;
}

enum err exam_question_parse(struct arena *arena, const char *body, enum language language,
                             struct exam_question *ret_question)
{
	struct reader reader = { .arena = arena, .language = language_code(language) };
	struct exam_question question;
	cJSON *json;
	enum err err = json_parse(body, strlen(body), &json);

	if (err != OK)
		return err;
	question = read_question(&reader, json, language);
	if (reader.failed)
		return ERR_INVALID;
	*ret_question = question;
	return OK;
}
