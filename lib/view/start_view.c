#include "view/start_view.h"

#include <string.h>

#include "base/json.h"
#include "report/terms.h"
#include "view/options.h"

static void add_roles(cJSON *page, const struct role_list *roles, const char *chosen,
                      enum language language)
{
	cJSON *options = json_set_array(page, "roles");

	for (size_t i = 0; i < roles->count; i++)
		options_add(options, roles->items[i].id, roles->items[i].title[language], chosen);
}

static void add_types(cJSON *page, const char *chosen, enum language language)
{
	static const char *const codes[] = { "technical", "hr", "case", "mixed" };
	cJSON *options = json_set_array(page, "types");

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		options_add(options, codes[i], terms_type(language, codes[i]), chosen);
}

static void add_interview_languages(cJSON *page, enum language chosen)
{
	cJSON *options = json_set_array(page, "interview_languages");

	for (enum language language = 0; language < LANG_COUNT; language++)
		options_add(options, language_code(language), language_name(language),
		            language_code(chosen));
}

cJSON *start_view(const struct role_list *roles, const struct start_choice *choice,
                  enum language language, const char *nonce)
{
	cJSON *page = cJSON_CreateObject();

	add_roles(page, roles, choice->role_id, language);
	add_types(page, choice->type, language);
	options_levels(page, choice->level, language);
	add_interview_languages(page, choice->language);
	json_set_number(page, "question_count", choice->question_count);
	if (choice->time_limit_min > 0)
		json_set_number(page, "time_limit_min", choice->time_limit_min);
	json_set_string(page, "job_description", choice->job_description);
	json_set_string(page, "nonce", nonce);
	return page;
}
