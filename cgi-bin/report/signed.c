/* Signatures of the documents that leave the house. */
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "report.h"
#include "seal/canonical.h"
#include "seal/seal.h"

enum err signed_check(struct request *request, const struct report_row *report,
                      const cJSON *document)
{
	struct seal_check check;
	enum err err;

	err = seal_check(request->store, request->arena, report->body, strlen(report->body),
	                 &check);
	if (err == OK &&
	    (check.state != SEAL_VALID ||
	     strcmp(json_string(document, "session_id", ""), report->interview_id) != 0)) {
		log_error("revision %d of the report of interview %s is not as it was signed",
		          report->revision, report->interview_id);
		return ERR_INTERNAL;
	}
	return err;
}

enum err signed_write(struct request *request, cJSON *document, struct buf *out)
{
	enum err err = seal_sign(request->store, request->arena, document);

	return err == OK ? canonical_write(document, out) : err;
}
