#include "report/mistakes.h"

#include "base/json.h"
#include "report/facts.h"

struct mistakes mistakes_of(struct arena *arena, const cJSON *document)
{
	struct mistakes mistakes = {
		.question_ids = arena_array(arena, json_count(document, "questions") + 1,
		                            sizeof(*mistakes.question_ids)),
	};
	const cJSON *question;

	cJSON_ArrayForEach(question, json_get(document, "questions"))
	{
		/* Nothing could be scored: the ratio is NaN, which is not full either. */
		if (!(facts_of(question).ratio >= 1))
			mistakes.question_ids[mistakes.count++] = json_string(question,
			                                                      "question_id", "");
	}
	return mistakes;
}
