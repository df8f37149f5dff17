/* Signatures of the documents that leave the house. */
#include "report.h"
#include "seal/canonical.h"
#include "seal/seal.h"

enum err signed_write(struct request *request, cJSON *document, struct buf *out)
{
	enum err err = seal_sign(request->store, request->arena, document);

	return err == OK ? canonical_write(document, out) : err;
}
