/* Candidates of one invitation side by side. */
#include <string.h>

#include "admin.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "report/blind.h"
#include "report/sealed.h"
#include "report/side_by_side.h"
#include "report/terms.h"
#include "store/audit.h"
#include "store/decision.h"
#include "store/interview.h"
#include "store/invitation.h"
#include "view/decision_view.h"
#include "view/side_by_side_view.h"
#include "web/form.h"
#include "web/reply.h"

/* Those who were chosen, in the order of the address. */
struct chosen {
	struct invitation invitation;
	const char *ids[SIDE_BY_SIDE_MAX];
	struct interview interviews[SIDE_BY_SIDE_MAX];
	const cJSON *documents[SIDE_BY_SIDE_MAX];
	struct side_by_side_person people[SIDE_BY_SIDE_MAX];
	size_t count;
};

static bool is_chosen(const struct chosen *chosen, const char *id)
{
	for (size_t i = 0; i < chosen->count; i++)
		if (strcmp(chosen->ids[i], id) == 0)
			return true;
	return false;
}

/* The ticks of the page come as c1=ID&c7=ID, for a field may come only once; false: too many. */
static bool read_ids(const struct request *request, struct chosen *chosen)
{
	for (size_t i = 0; i < request->query.count; i++) {
		const struct form_field *field = &request->query.fields[i];

		if (strcmp(field->name, "invitation") == 0 || is_chosen(chosen, field->value))
			continue;
		if (chosen->count == SIDE_BY_SIDE_MAX)
			return false;
		chosen->ids[chosen->count++] = field->value;
	}
	return true;
}

/* Why there is no table, with the way back to the invitation. */
static enum err refuse(struct request *request, const struct chosen *chosen, int status,
                       const char *text)
{
	cJSON *page = cJSON_CreateObject();

	json_set_string(page, "id", chosen->invitation.id);
	json_set_string(page, "title", chosen->invitation.title);
	json_set_string(page, "text", text);
	return reply_page_status(request, status, "side_by_side_refused", page);
}

/* --- reading -------------------------------------------------------------------------------- */

static const char *graders(struct arena *arena, const cJSON *document, enum language language)
{
	const cJSON *engine;
	struct buf names;

	buf_init(&names, arena);
	cJSON_ArrayForEach(engine, json_get(json_get(document, "scoring"), "engines"))
	        buf_printf(&names, "%s%s (%s)", names.len > 0 ? ", " : "",
	                   terms_engine(language, json_string(engine, "engine", "")),
	                   json_string(engine, "version", ""));
	return names.len > 0 ? names.data : NULL;
}

static enum err read_report(struct request *request, struct chosen *chosen, size_t i)
{
	struct report_row row;
	cJSON *document = NULL;
	enum err err = report_of_interview(request->store, request->arena, chosen->ids[i], &row);

	if (err == ERR_NOT_FOUND)
		return ERR_CONFLICT;
	if (err == OK)
		err = sealed_read(request->store, request->arena, &row, &document);
	chosen->documents[i] = document;
	return err;
}

static enum err read_person(struct request *request, struct chosen *chosen, size_t i)
{
	struct side_by_side_person *person = &chosen->people[i];
	struct decision decision;
	enum err err;

	*person = (struct side_by_side_person){
		.name = text_plain(request->arena,
		                   json_string(chosen->documents[i], "participant", "")),
		.interview_id = chosen->ids[i],
		.graded_by = graders(request->arena, chosen->documents[i], request->language),
		.finished_at = chosen->interviews[i].finished_at,
	};
	err = decision_of(request->store, request->arena, person->interview_id, &decision);
	if (err == OK)
		person->decision = decision_view_title(request->language, decision.verdict);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	return blind_interview_name(request->store, request->arena,
	                            &(struct blind_reader){ request->user, request->language },
	                            person->interview_id, &person->name);
}

static bool is_namesake(const struct chosen *chosen, size_t a, size_t b)
{
	return strcmp(chosen->people[a].name, chosen->people[b].name) == 0 &&
	       strcmp(chosen->interviews[a].owner_id, chosen->interviews[b].owner_id) != 0;
}

/* Of people with one name the user names, too; aliases are never alike. */
static enum err tell_apart(struct request *request, struct chosen *chosen)
{
	bool has_namesake[SIDE_BY_SIDE_MAX] = { false };
	enum err err = OK;

	for (size_t i = 0; i < chosen->count; i++)
		for (size_t other = 0; other < chosen->count; other++)
			has_namesake[i] |= is_namesake(chosen, i, other);
	for (size_t i = 0; err == OK && i < chosen->count; i++) {
		struct side_by_side_person *person = &chosen->people[i];
		struct user user;

		if (!has_namesake[i])
			continue;
		err = user_by_id(request->store, request->arena, chosen->interviews[i].owner_id,
		                 &user);
		if (err == OK)
			person->name = arena_printf(request->arena, "%s (%s)", person->name,
			                            user.username);
	}
	return err;
}

/* ERR_NOT_FOUND: one is not of this invitation. ERR_CONFLICT: one has no report yet. */
static enum err read_all(struct request *request, struct chosen *chosen)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < chosen->count; i++) {
		struct interview *interview = &chosen->interviews[i];

		err = interview_by_id(request->store, request->arena, chosen->ids[i], interview);
		if (err == OK && (interview->invitation_id == NULL ||
		                  strcmp(interview->invitation_id, chosen->invitation.id) != 0))
			err = ERR_NOT_FOUND;
		if (err == OK)
			err = read_report(request, chosen, i);
		if (err == OK)
			err = read_person(request, chosen, i);
	}
	return err == OK ? tell_apart(request, chosen) : err;
}

/* --- the page --------------------------------------------------------------------------------- */

/* The link to the file names the same people. */
static const char *query_of(struct arena *arena, const struct chosen *chosen)
{
	struct buf query;

	buf_init(&query, arena);
	buf_printf(&query, "invitation=%s", chosen->invitation.id);
	for (size_t i = 0; i < chosen->count; i++)
		buf_printf(&query, "&c%zu=%s", i + 1, chosen->ids[i]);
	return query.data;
}

static enum err show(struct request *request, const struct chosen *chosen)
{
	cJSON *page = side_by_side_view(request->arena,
	                                side_by_side(chosen->documents, chosen->count),
	                                chosen->people, request->language);

	json_set_string(page, "id", chosen->invitation.id);
	json_set_string(page, "title", chosen->invitation.title);
	json_set_string(page, "asked_in", language_code(chosen->invitation.language));
	json_set_string(page, "version",
	                json_string(json_get(chosen->documents[0], "scoring"), "version", ""));
	json_set_string(page, "query", query_of(request->arena, chosen));
	return reply_page(request, "side_by_side", page);
}

static enum err send_csv(struct request *request, const struct chosen *chosen)
{
	const struct audit_entry entry = {
		.actor_id = request->user->id,
		.action = "export.csv",
		.subject = { AUDIT_OTHER,
		             arena_printf(request->arena, "invitation %s", chosen->invitation.id) },
		.details = "{\"table\":\"comparison\"}",
	};
	const char *text = side_by_side_view_csv(request->arena,
	                                         side_by_side(chosen->documents, chosen->count),
	                                         chosen->people, request->language);
	enum err err = audit_add(request->store, &entry);

	if (err != OK)
		return err;
	return reply_download(request, "viva_comparison.csv", "text/csv; charset=utf-8", text,
	                      strlen(text));
}

static enum err compare(struct request *request,
                        enum err (*answer)(struct request *request, const struct chosen *chosen))
{
	struct chosen *chosen = arena_alloc(request->arena, sizeof(*chosen));
	const char *id = request_query(request, "invitation", "");
	enum err err;

	*chosen = (struct chosen){ 0 };
	err = invitation_by_id(request->store, request->arena, id, &chosen->invitation);
	if (err != OK)
		return err;
	if (!read_ids(request, chosen) || chosen->count < SIDE_BY_SIDE_MIN)
		return refuse(
		        request, chosen, 400,
		        i18n(request->language, "Please tick two to five candidates to compare."));
	err = read_all(request, chosen);
	if (err == ERR_CONFLICT)
		return refuse(
		        request, chosen, 409,
		        i18n(request->language,
		             "One of them has no report yet, so there is nothing to compare."));
	if (err != OK)
		return err;
	if (!side_by_side_is_fair(chosen->documents, chosen->count))
		return refuse(
		        request, chosen, 409,
		        i18n(request->language,
		             "These reports were scored by different versions of the rules, so "
		             "their scores cannot be compared. The operator’s command “viva "
		             "rescore” brings them to one version."));
	return answer(request, chosen);
}

static enum err get_compare(struct request *request)
{
	return compare(request, show);
}

static enum err get_csv(struct request *request)
{
	return compare(request, send_csv);
}

static const struct route routes[] = {
	{ GET, "/admin/compare", ADMIN, get_compare, NULL },
	{ GET, "/admin/compare.csv", ADMIN, get_csv, NULL },
};

const struct route_table compare_routes = ROUTE_TABLE(routes);
