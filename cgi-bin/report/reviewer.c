/* What is different when an admin reads a report: what is hidden, decided and noted. */
#include <string.h>

#include "base/json.h"
#include "report.h"
#include "store/decision.h"
#include "view/decision_view.h"
#include "web/trail.h"

enum err document_interview(struct request *request, struct interview *ret_interview)
{
	const char *id = request->params[0];
	enum err err;

	if (request->user->is_admin) {
		err = interview_by_id(request->store, request->arena, id, ret_interview);
		return err == OK ? trail_read_interview(request, "report.read", id,
		                                        ret_interview->owner_id)
		                 : err;
	}
	return interview_of_owner(request->store, request->arena, id, request->user->id,
	                          ret_interview);
}

enum err reviewer_blind(struct request *request, struct blind *ret_blind)
{
	struct blind_reader reader = { .user = request->user };
	struct interview interview;
	enum err err;

	*ret_blind = (struct blind){ 0 };
	if (!request->user->is_admin || !request->user->is_blind)
		return OK;
	err = interview_by_id(request->store, request->arena, request->params[0], &interview);
	if (err != OK)
		return err;
	reader.language = interview.language;
	return blind_interview(request->store, request->arena, &reader, &interview, ret_blind);
}

enum err reviewer_look(struct request *request, bool shows_appeals, struct look *ret_look)
{
	struct look look = { 0 };
	enum err err = reviewer_blind(request, &look.blind);

	if (err == OK && shows_appeals)
		err = appeals_open(request, &look);
	for (size_t i = 0; err == OK && i < look.open.count; i++)
		look.open.items[i].comment = blind_text(request->arena, &look.blind,
		                                        look.open.items[i].comment);
	if (err == OK)
		*ret_look = look;
	return err;
}

/* What a blind reviewer may see is no longer what was signed: it is signed anew. */
void reviewer_hide(struct request *request, const struct blind *blind, cJSON *document,
                   struct report_row *report)
{
	if (blind->alias == NULL)
		return;
	cJSON_DetachItemFromObjectCaseSensitive(document, "signature");
	blind_document(request->arena, blind, document);
	report->body = json_text(document);
}

enum err reviewer_add_decision(struct request *request, cJSON *page,
                               const struct interview *interview)
{
	struct decision decision;
	enum err err = decision_of(request->store, request->arena, interview->id, &decision);

	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	decision_view_add(request->arena, page, interview->id, err == OK ? &decision : NULL,
	                  request->language);
	json_set_bool(page, "is_blind", request->user->is_blind);
	return OK;
}

enum err reviewer_note_download(struct request *request, const struct interview *interview,
                                const char *form)
{
	const struct audit_subject subject = { AUDIT_INTERVIEW, interview->id };

	if (strcmp(interview->owner_id, request->user->id) == 0)
		return OK;
	return trail_add(request, "report.download", subject,
	                 arena_printf(request->arena, "{\"form\":\"%s\"}", form));
}
