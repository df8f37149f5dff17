#include "view/verify_view.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "report/phrase.h"
#include "report/terms.h"

enum { TOO_LARGE = SEAL_UNREADABLE + 1, NONE };

/* In the order of enum seal_state. */
static const struct {
	const char *code, *title, *text;
} states[] = {
	[SEAL_VALID] = { "valid", N_("The report is genuine."),
	                 N_("The file is what Viva signed; not a byte of it was changed.") },
	[SEAL_REWRITTEN] = { "rewritten",
	                     N_("The content is genuine, but the file was written anew."),
	                     N_("All values are as Viva signed them. A program changed spaces or "
	                        "the order of members, so these are not the original bytes.") },
	[SEAL_CHANGED] = { "changed", N_("The report was changed."),
	                   N_("Something in this file is not as Viva signed it. Do not rely on "
	                      "any of it; ask for the original.") },
	[SEAL_UNKNOWN_KEY] = { "unknown", N_("The report is signed with an unknown key."),
	                       N_("It comes from another Viva, from a newer key than this page "
	                          "knows, or from a forger. Check it at the Viva that is said to "
	                          "have written it.") },
	[SEAL_UNSIGNED] = { "unsigned", N_("The file is not signed."),
	                    N_("There is no signature of Viva in it, so nobody can say whether it "
	                       "was changed.") },
	[SEAL_UNREADABLE] = { "unreadable", N_("The file is not a report."),
	                      N_("It is not JSON, or it was cut off on the way.") },
	[TOO_LARGE] = { "large", N_("The file is too large."),
	                N_("Files of at most 5 MB are checked by upload, of at most 64 MB in the "
	                   "browser "
	                   "and with the command “viva verify”.") },
};

static void add_states(cJSON *page, int shown, enum language language)
{
	cJSON *rows = json_set_array(page, "states");

	for (int i = 0; i < NONE; i++) {
		cJSON *row = json_add_object(rows);

		json_set_string(row, "code", states[i].code);
		json_set_string(row, "title", i18n(language, states[i].title));
		json_set_string(row, "text", i18n(language, states[i].text));
		json_set_bool(row, "is_shown", i == shown);
	}
}

static const char *score_of(struct arena *arena, const cJSON *report, enum language language)
{
	const cJSON *overall = json_get(json_get(report, "metrics"), "overall");

	return arena_printf(
	        arena, "%s / %s",
	        format_number(arena, language, json_number(overall, "total_score", NAN)),
	        format_number(arena, language, json_number(overall, "max_total_score", NAN)));
}

/* An answer of the API has the report in it. */
static void add_facts(struct arena *arena, cJSON *page, const struct seal_check *check,
                      enum language language)
{
	const cJSON *inner = json_get(check->document, "report");
	const cJSON *report = cJSON_IsObject(inner) ? inner : check->document;
	cJSON *facts = json_set_object(page, "facts");
	int64_t ms;

	if (json_string(report, "participant", NULL) != NULL)
		json_set_string(facts, "participant",
		                text_plain(arena, json_string(report, "participant", "")));
	json_set_string(facts, "role", json_string(json_get(report, "role"), "title", NULL));
	json_set_string(facts, "level", terms_level(language, json_string(report, "level", "")));
	if (phrase_iso_ms(json_string(report, "finished_at", ""), &ms))
		json_set_string(facts, "date", format_date(arena, ms));
	json_set_string(facts, "score", score_of(arena, report, language));
	json_set_string(facts, "key", check->key_id);
}

static void add(cJSON *page, int shown, enum language language)
{
	static const char *const levels[] = { "junior", "middle", "senior" };
	cJSON *named = json_set_object(page, "levels");

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		json_set_string(named, levels[i], terms_level(language, levels[i]));
	add_states(page, shown, language);
}

void verify_view_add(struct arena *arena, cJSON *page, const struct seal_check *check,
                     enum language language)
{
	add(page, check != NULL ? (int)check->state : NONE, language);
	if (check != NULL && (check->state == SEAL_VALID || check->state == SEAL_REWRITTEN))
		add_facts(arena, page, check, language);
}

void verify_view_too_large(cJSON *page, enum language language)
{
	add(page, TOO_LARGE, language);
}

void verify_view_embed(struct arena *arena, cJSON *page, const char *script, const char *style)
{
	json_set_html(page, "style", arena_printf(arena, "<style>%s</style>", style));
	json_set_html(page, "script", arena_printf(arena, "<script>%s</script>", script));
}
