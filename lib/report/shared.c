#include "report/shared.h"

#include <string.h>

#include "base/json.h"

/* Copies the members that are there; the list ends with NULL. */
static void copy(cJSON *to, const cJSON *from, const char *const *names)
{
	for (; *names != NULL; names++)
		if (json_get(from, *names) != NULL)
			json_set_copy(to, *names, json_get(from, *names));
}

/* True if not only the examiner decided what the score is. */
static bool is_corrected(const cJSON *ruling)
{
	return cJSON_IsObject(json_get(ruling, "override")) ||
	       json_number(ruling, "score_by_appeals", 0) >
	               json_number(ruling, "score_by_examiner", 0);
}

static void add_question(cJSON *rows, const cJSON *question)
{
	static const char *const members[] = { "order", "q_type", "title", "state", NULL };
	const bool is_coding = strcmp(json_string(question, "q_type", ""), "coding") == 0;
	const cJSON *part = json_get(json_get(question, "metrics"),
	                             is_coding ? "coding" : "theory");
	cJSON *row = json_add_object(rows);

	copy(row, question, members);
	json_set_copy(row, "score", json_get(part, is_coding ? "score_code" : "score"));
	json_set_copy(row, "max_score", json_get(part, is_coding ? "max_score_code" : "max_score"));
	json_set_copy(row, "verdict", json_get(part, "verdict"));
	json_set_copy(row, "graded_by", json_get(part, "graded_by"));
	json_set_bool(row, "is_corrected", is_corrected(json_get(question, "ruling")));
}

cJSON *shared_numbers(const cJSON *document)
{
	static const char *const head[] = { "session_id",  "participant", "role",     "track",
		                            "level",       "type",        "language", "started_at",
		                            "finished_at", NULL };
	static const char *const revision[] = { "number", "made_at", NULL };
	static const char *const scoring[] = { "version", "engines", NULL };
	static const char *const metrics[] = { "overall", "rubric", NULL };
	const cJSON *question;
	cJSON *numbers = cJSON_CreateObject(), *rows;

	copy(numbers, document, head);
	json_set_string(numbers, "scope", "numbers");
	copy(json_set_object(numbers, "revision"), json_get(document, "revision"), revision);
	copy(json_set_object(numbers, "scoring"), json_get(document, "scoring"), scoring);
	copy(json_set_object(numbers, "metrics"), json_get(document, "metrics"), metrics);
	rows = json_set_array(numbers, "questions");
	cJSON_ArrayForEach(question, json_get(document, "questions")) add_question(rows, question);
	return numbers;
}

static cJSON *member(cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static void take_out(cJSON *object, const char *name)
{
	cJSON_DetachItemFromObjectCaseSensitive(object, name);
}

/* What a person decided is told; what the two wrote each other about it is theirs. */
static void narrow_ruling(cJSON *ruling)
{
	cJSON *appeal;

	take_out(member(ruling, "override"), "reason");
	cJSON_ArrayForEach(appeal, member(ruling, "appeals"))
	{
		take_out(appeal, "comment");
		take_out(appeal, "reply");
	}
}

void shared_transcript(cJSON *document)
{
	cJSON *question;

	take_out(document, "owner_id");
	take_out(member(document, "revision"), "note");
	cJSON_ArrayForEach(question, member(document, "questions"))
	        narrow_ruling(member(question, "ruling"));
	json_set_string(document, "scope", "transcript");
}
