/* Reports for programs. */
#include <string.h>

#include "report.h"
#include "web/api.h"
#include "web/reply.h"

/* Seconds after which a report that is being judged or written is worth another look. */
#define LOOK_AGAIN "3"

static enum err reply_document(struct request *request, enum document_kind kind)
{
	struct interview interview;
	struct document document;
	enum err err = document_interview(request, &interview);

	if (err != OK)
		return err;
	if (strcmp(interview.status, "completed") != 0) {
		api_fault(request, NULL,
		          i18n(request->language,
		               "This interview is not finished yet, so it has no report."));
		return ERR_CONFLICT;
	}
	err = document_get(request, kind, &document);
	if (err == ERR_BUSY) {
		reply_header(request, "Retry-After", LOOK_AGAIN);
		api_fault(request, NULL,
		          i18n(request->language,
		               "The report is not ready yet: answers are still being judged, "
		               "or it is being written."));
	}
	if (err != OK)
		return err;
	return api_reply_tagged(request, document.type, document.body, document.len);
}

static enum err get_report(struct request *request)
{
	return reply_document(request, DOCUMENT_API);
}

static enum err get_txt(struct request *request)
{
	return reply_document(request, DOCUMENT_TXT);
}

static enum err get_pdf(struct request *request)
{
	return reply_document(request, DOCUMENT_PDF);
}

/* Of a participant, for admins: that of the interview that was finished last. */
static enum err get_latest(struct request *request)
{
	enum err err = interview_latest_finished(request->store, request->arena, request->params[0],
	                                         &request->params[0]);

	if (err == ERR_NOT_FOUND)
		api_fault(request, NULL,
		          i18n(request->language,
		               "There is no such participant, or no interview of theirs is "
		               "finished."));
	return err == OK ? reply_document(request, DOCUMENT_API) : err;
}

static const struct route routes[] = {
	{ GET, "/api/interviews/*/report", CANDIDATE, get_report, NULL },
	{ GET, "/api/interviews/*/report.txt", CANDIDATE, get_txt, NULL },
	{ GET, "/api/interviews/*/report.pdf", CANDIDATE, get_pdf, NULL },
	{ GET, "/api/admin/participants/*/report", ADMIN, get_latest, NULL },
};

const struct route_table api_routes = ROUTE_TABLE(routes);
