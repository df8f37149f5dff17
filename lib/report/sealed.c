#include "report/sealed.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "seal/seal.h"

enum err sealed_read(struct store *store, struct arena *arena, const struct report_row *row,
                     cJSON **ret_document)
{
	struct seal_check check;
	const enum err err = seal_check(store, arena, row->body, strlen(row->body), &check);

	if (err != OK)
		return err;
	if (check.state != SEAL_VALID ||
	    strcmp(json_string(check.document, "session_id", ""), row->interview_id) != 0) {
		log_error("revision %d of the report of interview %s is not as it was signed",
		          row->revision, row->interview_id);
		return ERR_INTERNAL;
	}
	*ret_document = check.document;
	return OK;
}
