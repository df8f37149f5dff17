/* The route tables of the program report, each from the file of its name. */
#ifndef VIVA_CGI_REPORT_H
#define VIVA_CGI_REPORT_H

#include "report/blind.h"
#include "store/interview.h"
#include "store/ruling.h"
#include "web/app.h"

extern const struct route_table document_routes, api_routes, verify_routes, share_routes,
        shared_routes, appeal_routes, revision_routes;

/* Opens the cache of rendered reports and the model that writes new ones, if any. */
bool document_open(struct arena *lasting, struct background_work *work);

/*
 * The interview of the path, if this visitor may read its report; else ERR_NOT_FOUND. That an
 * admin reads it is noted in the audit log.
 */
enum err document_interview(struct request *request, struct interview *ret_interview);

/* What of the person of the path's interview this visitor is not to see. */
enum err reviewer_blind(struct request *request, struct blind *ret_blind);

/* What is not in the stored report and still makes a difference to what the reader sees. */
struct look {
	struct blind blind;
	struct appeal_list open; /* not decided yet; empty where they are not shown */
	bool may_appeal;         /* it is the candidate's, and not too late */
};

enum err reviewer_look(struct request *request, bool shows_appeals, struct look *ret_look);

/* Hides that of the person in the document and in the row that it was read from. */
void reviewer_hide(struct request *request, const struct blind *blind, cJSON *document,
                   struct report_row *report);

/* Adds to a page for admins what was decided, and where to decide. */
enum err reviewer_add_decision(struct request *request, cJSON *page,
                               const struct interview *interview);

/* Notes in the audit log that an admin downloads another's report in that form. */
enum err reviewer_note_download(struct request *request, const struct interview *interview,
                                const char *form);

enum document_kind { DOCUMENT_PAGE, DOCUMENT_TXT, DOCUMENT_PDF, DOCUMENT_JSON, DOCUMENT_API };

struct document {
	const char *file_name, *type;
	const char *body; /* kept until the request ends */
	size_t len;
	bool texts_follow; /* a model is at work on the texts: there will be a next revision */
};

/*
 * What the reader may have of the report of the interview of the path, which
 * document_interview found completed. ERR_BUSY: its code is still being judged.
 */
enum err document_get(struct request *request, enum document_kind kind,
                      struct document *ret_document);

/* Signs the document and appends its canonical bytes. */
enum err signed_write(struct request *request, cJSON *document, struct buf *out);

/*
 * For admins: adds the events of the interview to its page, and to the end of its text. They are
 * read anew each time, since code of another candidate may turn out equal later on.
 */
enum err events_add(struct request *request, cJSON *page, const struct interview *interview);
enum err events_append(struct request *request, struct document *document);

/* The appeals of the interview of the path that wait for a decision, and if there can be more. */
enum err appeals_open(struct request *request, struct look *look);

/* What tells what is shown with these from what is shown with others. */
const char *appeals_key(struct request *request, const struct look *look);

#endif
