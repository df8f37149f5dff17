#include "view/start_view.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "judge/language.h"
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

static void add_shares(cJSON *page, const char *chosen, enum language language)
{
	static const struct {
		const char *code, *text;
	} shares[] = {
		{ "0", N_("None") },  { "25", N_("A quarter") },
		{ "50", N_("Half") }, { "75", N_("Three quarters") },
		{ "100", N_("All") },
	};
	cJSON *options = json_set_array(page, "coding_shares");

	for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++)
		options_add(options, shares[i].code, i18n(language, shares[i].text), chosen);
}

/* SQL is asked where the role needs it; nobody solves the other tasks in it. */
static bool is_choice(const struct judge_language *language)
{
	return (language->kinds & 1u << JUDGE_FUNCTION) != 0;
}

const char *start_code_languages(struct arena *arena)
{
	struct buf names;

	buf_init(&names, arena);
	for (size_t i = 0; languages[i] != NULL; i++) {
		if (!is_choice(languages[i]))
			continue;
		if (names.len > 0)
			buf_char(&names, ' ');
		buf_str(&names, languages[i]->name);
	}
	return names.data;
}

static void add_code_languages(cJSON *page, const char *chosen)
{
	cJSON *options = json_set_array(page, "code_languages");

	for (size_t i = 0; languages[i] != NULL; i++)
		if (is_choice(languages[i]))
			options_add(options, languages[i]->name, languages[i]->title, chosen);
}

cJSON *start_view(const struct role_list *roles, const struct start_choice *choice,
                  enum language language, const char *nonce)
{
	cJSON *page = cJSON_CreateObject();
	char share[16];

	add_roles(page, roles, choice->role_id, language);
	json_set_string(page, "role_title", choice->role_title);
	json_set_string(page, "asked_title", choice->asked_title);
	add_types(page, choice->type, language);
	options_levels(page, choice->level, language);
	add_interview_languages(page, choice->language);
	snprintf(share, sizeof(share), "%d", choice->coding_percent);
	add_shares(page, share, language);
	add_code_languages(page, choice->code_language);
	json_set_number(page, "question_count", choice->question_count);
	if (choice->time_limit_min > 0)
		json_set_number(page, "time_limit_min", choice->time_limit_min);
	json_set_string(page, "job_description", choice->job_description);
	json_set_string(page, "nonce", nonce);
	return page;
}
