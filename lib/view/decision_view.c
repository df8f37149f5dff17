#include "view/decision_view.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"

static const struct {
	const char *code, *title, *help;
} verdicts[] = {
	{ "advance", N_("Advance"), N_("The candidate goes on to the next step.") },
	{ "hold", N_("Hold"), N_("It stays open; somebody looks at it again later.") },
	{ "reject", N_("Reject"), N_("The candidate does not go on.") },
};

enum { VERDICTS = sizeof(verdicts) / sizeof(*verdicts) };

const char *decision_view_title(enum language language, const char *verdict)
{
	for (size_t i = 0; i < VERDICTS; i++)
		if (strcmp(verdicts[i].code, verdict) == 0)
			return i18n(language, verdicts[i].title);
	return NULL;
}

void decision_view_add(struct arena *arena, cJSON *page, const char *interview_id,
                       const struct decision *decision, enum language language)
{
	cJSON *review = json_set_object(page, "review"), *shown;

	json_set_string(review, "interview_id", interview_id);
	if (decision == NULL)
		return;
	shown = json_set_object(review, "decision");
	json_set_string(shown, "verdict", decision->verdict);
	json_set_string(shown, "title", decision_view_title(language, decision->verdict));
	json_set_string(shown, "reason", decision->reason);
	json_set_string(shown, "author",
	                decision->author_name != NULL
	                        ? decision->author_name
	                        : i18n(language, "an account that was deleted"));
	json_set_string(shown, "date", format_date(arena, decision->created_at));
	json_set_bool(shown, "was_blind", decision->was_blind);
}

void decision_view_choices(cJSON *page, const char *chosen, enum language language)
{
	cJSON *choices = json_set_array(page, "choices");

	for (size_t i = 0; i < VERDICTS; i++) {
		cJSON *choice = json_add_object(choices);

		json_set_string(choice, "code", verdicts[i].code);
		json_set_string(choice, "title", i18n(language, verdicts[i].title));
		json_set_string(choice, "help", i18n(language, verdicts[i].help));
		json_set_bool(choice, "is_chosen", strcmp(verdicts[i].code, chosen) == 0);
	}
}
