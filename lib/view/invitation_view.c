#include "view/invitation_view.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/json.h"
#include "report/terms.h"
#include "view/labels.h"
#include "view/options.h"
#include "view/qr.h"

/* --- what it is about ---------------------------------------------------------------- */

void invitation_view_facts(struct arena *arena, cJSON *page, const struct invitation *invitation,
                           enum language language)
{
	const int questions = invitation->question_count, tasks = invitation->coding_count;
	const int minutes = invitation->time_limit_min;

	json_set_string(page, "title", invitation->title);
	json_set_string(page, "role", invitation->role_title[language]);
	json_set_string(page, "level", terms_level(language, invitation->level));
	json_set_string(page, "type", terms_type(language, invitation->type));
	json_set_string(page, "language", language_name(invitation->language));
	json_set_string(page, "language_code", language_code(invitation->language));
	json_set_string(
	        page, "questions_text",
	        arena_printf(arena, i18n_plural(language, "%d question", "%d questions", questions),
	                     questions));
	if (tasks > 0) {
		json_set_string(page, "coding",
		                arena_printf(arena,
		                             i18n_plural(language, "%d coding task",
		                                         "%d coding tasks", tasks),
		                             tasks));
		json_set_string(page, "code_language",
		                terms_code_language(invitation->code_language));
	}
	if (minutes > 0)
		json_set_string(page, "limit",
		                arena_printf(arena,
		                             i18n_plural(language, "%d minute from the start",
		                                         "%d minutes from the start", minutes),
		                             minutes));
	json_set_string(page, "until", format_date(arena, invitation->expires_at));
	if (invitation->job_description[0] != '\0')
		json_set_string(page, "job_description", invitation->job_description);
}

/* --- for candidates --------------------------------------------------------------------- */

cJSON *invitation_view_landing(struct arena *arena, const struct invitation *invitation,
                               enum language language)
{
	cJSON *page = cJSON_CreateObject();

	invitation_view_facts(arena, page, invitation, language);
	json_set_string(page, "token", invitation->token);
	return page;
}

static cJSON *closed(const char *heading, const char *text)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "heading", heading);
	json_set_string(page, "text", text);
	return page;
}

cJSON *invitation_view_closed(enum invitation_state state, enum language language)
{
	static const struct {
		const char *heading, *text;
	} words[] = {
		[INVITATION_USED_UP] = { N_("This invitation is used up"),
		                         N_("As many people as it was meant for have taken it. Ask "
		                            "whoever sent you the link for another one.") },
		[INVITATION_EXPIRED] = { N_("This invitation has expired"),
		                         N_("Its time is over. Ask whoever sent you the link for "
		                            "another one.") },
		[INVITATION_REVOKED] = { N_("This invitation is withdrawn"),
		                         N_("Whoever made it has taken it back. Ask them for "
		                            "another link if you still expect an interview.") },
	};

	/* It was open a moment ago: somebody else took the last use. */
	if (state == INVITATION_OPEN)
		state = INVITATION_USED_UP;
	return closed(i18n(language, words[state].heading), i18n(language, words[state].text));
}

cJSON *invitation_view_deleted(enum language language)
{
	return closed(i18n(language, "You have already taken this interview"),
	              i18n(language, "It was deleted afterwards, and an invitation can be taken "
	                             "only once."));
}

/* --- for recruiters ------------------------------------------------------------------- */

static const char *uses_text(struct arena *arena, const struct invitation *invitation)
{
	if (invitation->most_uses == 0)
		return arena_printf(arena, "%d / ∞", invitation->uses);
	return arena_printf(arena, "%d / %d", invitation->uses, invitation->most_uses);
}

static const char *state_text(enum invitation_state state, enum language language)
{
	static const char *const words[] = {
		[INVITATION_OPEN] = N_("open"),
		[INVITATION_USED_UP] = N_("used up"),
		[INVITATION_EXPIRED] = N_("expired"),
		[INVITATION_REVOKED] = N_("revoked"),
	};

	return i18n(language, words[state]);
}

static void add_state(struct arena *arena, cJSON *item, const struct invitation *invitation,
                      const char *origin, enum language language)
{
	const enum invitation_state state = invitation_state(invitation, clock_now_ms());

	json_set_string(item, "id", invitation->id);
	json_set_string(item, "state", state_text(state, language));
	json_set_bool(item, "is_open", state == INVITATION_OPEN);
	json_set_bool(item, "is_revoked", state == INVITATION_REVOKED);
	json_set_string(item, "uses", uses_text(arena, invitation));
	json_set_number(item, "uses_count", invitation->uses);
	json_set_string(item, "made", format_date(arena, invitation->created_at));
	json_set_string(item, "link",
	                arena_printf(arena, "%s/invitations/%s", origin, invitation->token));
}

cJSON *invitation_view_list(struct arena *arena, const struct invitation_list *list,
                            const char *origin, enum language language)
{
	cJSON *page = cJSON_CreateObject(), *rows = json_set_array(page, "invitations");

	for (size_t i = 0; i < list->count; i++) {
		cJSON *item = json_add_object(rows);

		invitation_view_facts(arena, item, &list->items[i], language);
		add_state(arena, item, &list->items[i], origin, language);
	}
	json_set_bool(page, "has_invitations", list->count > 0);
	return page;
}

static const char *difficulty(const cJSON *body, enum language language)
{
	static const char *const codes[] = { "BASIC", "INTERMEDIATE", "ADVANCED", "EXPERT" };
	const char *code = json_string(body, "difficulty", "");

	for (int i = 0; i < (int)(sizeof(codes) / sizeof(codes[0])); i++)
		if (strcmp(codes[i], code) == 0)
			return label_difficulty(language, i);
	return "";
}

/* The bank's text of now is of no account: this is what is asked. */
static void add_question(cJSON *rows, const struct invited_question *question,
                         enum language asked_in, enum language language)
{
	const bool is_coding = strcmp(question->q_type, "coding") == 0;
	cJSON *item = json_add_object(rows), *body = NULL;
	const cJSON *texts;

	if (json_parse(question->snapshot, strlen(question->snapshot), &body) != OK)
		body = NULL;
	texts = json_get(body, is_coding ? "title" : "question");
	json_set_string(item, "text",
	                json_string(texts, language_code(asked_in),
	                            json_string(texts, language_code(LANG_EN), question->bank_id)));
	if (is_coding)
		json_set_string(item, "kind", i18n(language, "Coding task"));
	json_set_string(item, "difficulty", difficulty(body, language));
}

void invitation_view_questions(cJSON *page, const struct invited_question_list *list,
                               enum language asked_in, enum language language)
{
	cJSON *rows = json_set_array(page, "questions");

	for (size_t i = 0; i < list->count; i++)
		add_question(rows, &list->items[i], asked_in, language);
	json_set_string(page, "asked_in", language_code(asked_in));
}

cJSON *invitation_view_page(struct arena *arena, const struct invitation *invitation,
                            const char *origin, enum language language)
{
	cJSON *page = cJSON_CreateObject();
	const char *link = arena_printf(arena, "%s/invitations/%s", origin, invitation->token);

	invitation_view_facts(arena, page, invitation, language);
	add_state(arena, page, invitation, origin, language);
	json_set_html(page, "picture",
	              qr_svg(arena, link, i18n(language, "Picture with the link, for a phone")));
	return page;
}

/* --- the form ----------------------------------------------------------------------------- */

static void add_days(cJSON *page, int chosen, enum language language)
{
	static const int days[] = { 1, 3, 7, 14, 30, 60, 90 };
	cJSON *options = json_set_array(page, "days");
	char wanted[16];

	snprintf(wanted, sizeof(wanted), "%d", chosen);
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		char code[16], text[80];

		snprintf(code, sizeof(code), "%d", days[i]);
		snprintf(text, sizeof(text), i18n_plural(language, "%d day", "%d days", days[i]),
		         days[i]);
		options_add(options, code, text, wanted);
	}
}

void invitation_view_wish(cJSON *page, const struct invite_wish *wish, enum language language)
{
	json_set_string(page, "invitation_title", wish->title);
	if (wish->most_uses > 0)
		json_set_number(page, "most_uses", wish->most_uses);
	add_days(page, wish->days, language);
	json_set_string(page, "draw", wish->draw);
}

void invitation_view_pages(cJSON *page, struct invitation_page part, int total)
{
	const int pages = (total + part.size - 1) / part.size;

	json_set_number(page, "page", part.number);
	json_set_number(page, "pages", pages > 0 ? pages : 1);
	json_set_bool(page, "has_pages", pages > 1);
	if (part.number > 1)
		json_set_number(page, "previous", part.number - 1);
	if (part.number < pages)
		json_set_number(page, "next", part.number + 1);
}
