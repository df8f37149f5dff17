#include "recheck.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "seal/seal.h"
#include "store/revision.h"
#include "store/signing_key.h"
#include "viva.h"

static bool wrong(const char *what)
{
	fprintf(stderr, "viva: %s\n", what);
	return false;
}

static bool check_report(struct store *store, struct arena *arena)
{
	const char *id;
	bool is_right;
	enum err err = revision_log_newest(store, arena, &id);

	if (err == ERR_NOT_FOUND) {
		puts("there is no report in it to be verified");
		return true;
	}
	if (err == OK)
		err = verify_one(store, arena, id, &is_right);
	if (err != OK)
		return wrong("its newest report could not be verified");
	printf("its newest report, of interview %s, is %s\n", id, is_right ? "right" : "NOT right");
	return is_right;
}

/* Both halves of the key in use belong together. */
static bool check_key(struct store *store, struct arena *arena)
{
	cJSON *document = cJSON_CreateObject();
	struct signing_key key;
	struct seal_check check;
	const char *text;
	enum err err = signing_key_current(store, arena, &key);

	if (err == ERR_NOT_FOUND)
		return wrong("it has no key to sign reports with");
	json_set_string(document, "purpose", "a trial");
	if (err == OK)
		err = seal_sign(store, arena, document);
	if (err != OK)
		return wrong("its key does not sign");
	text = json_text(document);
	if (seal_check(store, arena, text, strlen(text), &check) != OK ||
	    (check.state != SEAL_VALID && check.state != SEAL_REWRITTEN))
		return wrong("the halves of its key do not belong together");
	return true;
}

static bool check_keys(struct store *store, struct arena *arena)
{
	int64_t count = 0;

	if (revision_log_keyless(store, &count) != OK)
		return wrong("its keys could not be looked at");
	if (count > 0) {
		fprintf(stderr, "viva: %" PRId64 " reports are signed with keys it does not have\n",
		        count);
		return false;
	}
	if (!check_key(store, arena))
		return false;
	puts("its keys fit the signatures");
	return true;
}

bool recheck_store(struct store *store, struct arena *arena)
{
	const bool is_report_right = check_report(store, arena);

	return check_keys(store, arena) && is_report_right;
}

bool recheck_file(struct arena *arena, const char *path)
{
	struct store *store;
	bool is_right;

	if (store_open_still(path, &store) != OK)
		return wrong("its database cannot be opened");
	is_right = recheck_store(store, arena);
	store_close(store);
	return is_right;
}
