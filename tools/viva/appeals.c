/* viva appeals labels: what persons decided about key points, to measure scorers against. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "report/ruling.h"
#include "store/appeal_desk.h"
#include "viva.h"

/* A decided appeal and what it is about. */
struct label {
	const struct appeal *appeal;
	struct question question;
	struct evaluation evaluation;
	struct ruling ruling;
	enum language language;
	int number; /* of the label, from 1 */
};

static enum err load(struct store *store, struct arena *arena, struct label *label)
{
	struct interview interview;
	enum err err = question_by_id(store, arena, label->appeal->question_id, &label->question);

	if (err == OK)
		err = interview_by_id(store, arena, label->question.interview_id, &interview);
	if (err == OK)
		err = evaluation_get(store, arena, label->question.id, &label->evaluation);
	if (err == OK)
		err = ruling_of(store, arena, label->question.id, &label->ruling);
	if (err == OK)
		label->language = interview.language;
	return err;
}

/* As a person decided, where one did; else as the examiner did. */
static const char *status_of(const struct label *label, const struct mark *mark)
{
	for (size_t i = 0; i < label->ruling.appeal_count; i++) {
		const struct appeal *appeal = &label->ruling.appeals[i];

		if (appeal->granted[0] != '\0' &&
		    strcmp(appeal->key_point_id, mark->key_point_id) == 0)
			return appeal->granted;
	}
	return mark->status;
}

/* Of ten points, as the graded answers have it. */
static double score_of(const struct label *label)
{
	const struct evaluation *evaluation = &label->evaluation;
	const double score = label->ruling.override != NULL
	                             ? label->ruling.override->score
	                             : ruling_score(evaluation, &label->question, &label->ruling);

	return evaluation->max_score > 0 ? json_rounded(10 * score / evaluation->max_score) : 0;
}

static void add_decision(cJSON *line, const struct appeal *appeal)
{
	const bool is_accepted = appeal->granted[0] != '\0';
	cJSON *item = json_set_object(line, "appeal"), *span;

	json_set_string(item, "key_point", appeal->key_point_id);
	json_set_string(item, "examiner", appeal->status_before);
	json_set_string(item, "person", is_accepted ? appeal->granted : appeal->status_before);
	json_set_bool(item, "accepted", is_accepted);
	span = json_set_array(item, "span");
	json_add(span, cJSON_CreateNumber((double)appeal->span_start));
	json_add(span, cJSON_CreateNumber((double)appeal->span_end));
}

static void print_label(struct arena *arena, const struct label *label)
{
	const struct question *question = &label->question;
	cJSON *line = cJSON_CreateObject(), *points;

	json_set_string(line, "id", arena_printf(arena, "%s/%d", question->bank_id, label->number));
	json_set_string(line, "lang", language_code(label->language));
	json_set_string(line, "question_id", question->bank_id);
	json_set_string(line, "split", "dev");
	json_set_string(line, "answer", question->answer);
	json_set_number(line, "score", score_of(label));
	points = json_set_object(line, "points");
	for (size_t i = 0; i < label->evaluation.mark_count; i++)
		json_set_string(points, label->evaluation.marks[i].key_point_id,
		                status_of(label, &label->evaluation.marks[i]));
	add_decision(line, label->appeal);
	puts(json_text(line));
}

static enum err print_all(struct store *store, struct arena *arena)
{
	struct arena *scratch = arena_create();
	struct appeal_list list;
	enum err err = appeal_desk_decided(store, arena, &list);

	json_bind(scratch);
	for (size_t i = 0; err == OK && i < list.count; i++) {
		struct label label = { .appeal = &list.items[i], .number = (int)i + 1 };

		err = load(store, scratch, &label);
		if (err == OK)
			print_label(scratch, &label);
		/* One that is deleted meanwhile is no label. */
		else if (err == ERR_NOT_FOUND)
			err = OK;
		arena_reset(scratch);
	}
	json_bind(arena);
	arena_destroy(scratch);
	return err;
}

int appeals_labels(struct arena *arena, int argc, char **argv)
{
	struct store *store = open_store_to_read(arena);

	(void)argc;
	(void)argv;
	return store != NULL && print_all(store, arena) == OK ? 0 : 1;
}
