#include "profile/proposal.h"

#include <string.h>

#include "base/json.h"

static void add_value(cJSON *object, const char *name, const struct proposal_value *value)
{
	cJSON *item;

	if (value->value == NULL) {
		json_set_null(object, name);
		return;
	}
	item = json_set_object(object, name);
	json_set_string(item, "value", value->value);
	json_set_string(item, "quote", value->quote);
}

cJSON *proposal_json(const struct proposal *proposal)
{
	cJSON *object = cJSON_CreateObject(), *item;

	add_value(object, "position", &proposal->position);
	add_value(object, "level", &proposal->level);
	if (proposal->years < 0) {
		json_set_null(object, "years");
	} else {
		item = json_set_object(object, "years");
		json_set_number(item, "value", proposal->years);
		json_set_string(item, "quote", proposal->years_quote);
	}
	item = json_set_array(object, "technologies");
	for (size_t i = 0; i < proposal->count; i++) {
		cJSON *technology = json_add_object(item);

		json_set_string(technology, "value", proposal->technologies[i].value);
		json_set_string(technology, "quote", proposal->technologies[i].quote);
	}
	return object;
}

static struct proposal_value read_value(const cJSON *item)
{
	return (struct proposal_value){
		.value = json_string(item, "value", NULL),
		.quote = json_string(item, "quote", NULL),
	};
}

enum err proposal_read(struct arena *arena, const char *json, struct proposal *ret_proposal)
{
	const cJSON *technologies, *years, *item;
	struct proposal proposal = { 0 };
	cJSON *object;

	if (json_parse(json, strlen(json), &object) != OK)
		return ERR_INVALID;
	technologies = json_get(object, "technologies");
	years = json_get(object, "years");
	if (!cJSON_IsArray(technologies))
		return ERR_INVALID;
	proposal.position = read_value(json_get(object, "position"));
	proposal.level = read_value(json_get(object, "level"));
	proposal.years = json_number(years, "value", -1);
	proposal.years_quote = json_string(years, "quote", NULL);
	proposal.technologies = arena_array(arena, json_count(object, "technologies"),
	                                    sizeof(*proposal.technologies));
	cJSON_ArrayForEach(item, technologies)
	{
		const struct proposal_value value = read_value(item);

		if (value.value != NULL)
			proposal.technologies[proposal.count++] = value;
	}
	*ret_proposal = proposal;
	return OK;
}
