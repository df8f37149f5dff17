#include "report/basis.h"

#include <string.h>

#include "base/json.h"
#include "report/terms.h"

/* tests/unit/report_blind_test.c and tests/web/playback.test.mjs show that they change no mark. */
static const char *const never_used[] = {
	"name",       "user_name",          "cv", "profile", "photo", "personal", "typing",
	"time_spent", "earlier_interviews",
};

static bool has_kind(const struct report_source *source, bool is_coding)
{
	for (size_t i = 0; i < source->count; i++)
		if ((strcmp(source->questions[i].q_type, "coding") == 0) == is_coding)
			return true;
	return false;
}

static bool has_ruling(const struct report_source *source)
{
	for (size_t i = 0; source->rulings != NULL && i < source->count; i++)
		if (source->rulings[i].override != NULL || source->rulings[i].appeal_count > 0)
			return true;
	return false;
}

static void add_used(cJSON *used, const struct report_source *source)
{
	if (has_kind(source, false))
		json_add_string(used, "answers");
	if (has_kind(source, true)) {
		json_add_string(used, "tests");
		json_add_string(used, "attempts");
	}
	if (source->count == 0)
		return;
	json_add_string(used, "hints");
	json_add_string(used, "model_answers");
	if (has_ruling(source))
		json_add_string(used, "rulings");
}

void basis_add(cJSON *document, const struct report_source *source)
{
	cJSON *basis = json_set_object(document, "basis"), *not_used;

	add_used(json_set_array(basis, "used"), source);
	not_used = json_set_array(basis, "not_used");
	for (size_t i = 0; i < sizeof(never_used) / sizeof(never_used[0]); i++)
		json_add_string(not_used, never_used[i]);
}

static void present_list(enum language language, cJSON *shown, const cJSON *basis, const char *name)
{
	cJSON *rows = json_set_array(shown, name);
	const cJSON *code;

	cJSON_ArrayForEach(code, json_get(basis, name)) json_set_string(
	        json_add_object(rows), "text", terms_basis(language, cJSON_GetStringValue(code)));
}

void basis_present(enum language language, cJSON *page, const cJSON *document)
{
	const cJSON *basis = json_get(document, "basis");
	cJSON *shown;

	if (!cJSON_IsObject(basis)) {
		json_set_null(page, "basis");
		return;
	}
	shown = json_set_object(page, "basis");
	json_set_bool(shown, "has_used", json_count(basis, "used") > 0);
	present_list(language, shown, basis, "used");
	present_list(language, shown, basis, "not_used");
}
