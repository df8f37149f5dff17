/* Signatures of documents, their keys, and what becomes of either when somebody meddles. */
#include <sys/wait.h>

#include <sodium.h>

#include "store_fixture.h"

#include "base/base64.h"
#include "seal/canonical.h"
#include "seal/seal.h"
#include "store/audit.h"
#include "store/signing_key.h"

/* Of the first test of RFC 8032, section 7.1. */
static const char seed[] = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
static const char public_key[] = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

static cJSON *parsed(const char *text)
{
	cJSON *document = NULL;

	CHECK_INT(json_parse(text, strlen(text), &document), OK);
	return document;
}

/* The canonical bytes of the document, signed. */
static const char *signed_text(struct store *store, const char *text)
{
	cJSON *document = parsed(text);
	struct buf out;

	buf_init(&out, arena);
	CHECK_INT(seal_sign(store, arena, document), OK);
	CHECK_INT(canonical_write(document, &out), OK);
	return out.data;
}

static enum seal_state state_of(struct store *store, const char *text)
{
	struct seal_check check = { .state = SEAL_UNREADABLE };

	CHECK_INT(seal_check(store, arena, text, strlen(text), &check), OK);
	return check.state;
}

/* The text with its first `what` written as `with`. */
static const char *edited(const char *text, const char *what, const char *with)
{
	const char *place = strstr(text, what);

	CHECK(place != NULL);
	if (place == NULL)
		return text;
	return arena_printf(arena, "%.*s%s%s", (int)(place - text), text, with,
	                    place + strlen(what));
}

/* RFC 8032, section 7.1, test 3; and a signature that another library (OpenSSL) made. */
static void signatures_are_those_of_the_standard(void)
{
	static const char message[] = "\xaf\x82";
	static const char expected[] =
	        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
	        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";
	unsigned char given[32], public[32], secret[64], value[64];
	char hex[129];
	struct store *store = fixture_store();
	struct signing_key key = { "21fe31dfa154a261", public_key, seed, 0, 0 };

	sodium_hex2bin(given, sizeof(given),
	               "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", 64, NULL,
	               NULL, NULL);
	crypto_sign_seed_keypair(public, secret, given);
	crypto_sign_detached(value, NULL, (const unsigned char *)message, 2, secret);
	CHECK_STR(sodium_bin2hex(hex, sizeof(hex), value, sizeof(value)), expected);

	CHECK_INT(signing_key_add(store, &key), OK);
	CHECK_STR(signed_text(store, "{\"name\": \"Зоя\", \"a\": [1, 0.10]}"),
	          "{\"a\":[1,0.1],\"name\":\"Зоя\",\"signature\":{\"algorithm\":\"Ed25519\","
	          "\"key_id\":\"21fe31dfa154a261\",\"value\":\"DS/3jK+lYpUU/WFkuLyX3SA6o2h9PjjujvRF"
	          "1Cg+Qrm4CIphv9b5yjRANpO31lItZ/MvTht7X8YvYF4gVPDeAQ==\"}}");
	fixture_remove();
}

static void each_byte_counts(void)
{
	struct store *store = fixture_store();
	const char *text = signed_text(
	        store, "{\"score\": 7.5, \"name\": \"Олена\", \"tags\": [\"a\", null, true]}");
	const size_t len = strlen(text);

	CHECK_INT(state_of(store, text), SEAL_VALID);
	for (size_t i = 0; i < len; i++) {
		char *other = arena_copy(arena, text, len);

		other[i] ^= 1;
		CHECK(state_of(store, other) != SEAL_VALID);
		other[i] ^= 1 ^ 0x20;
		CHECK(state_of(store, other) != SEAL_VALID);
		CHECK(state_of(store, arena_copy(arena, text, i)) != SEAL_VALID);
	}
	fixture_remove();
}

static void what_was_done_to_a_document_is_told(void)
{
	struct store *store = fixture_store();
	const char *text = signed_text(store, "{\"score\":7.5,\"name\":\"Олена\",\"z\":{}}");
	const char *pretty = cJSON_Print(parsed(text));

	CHECK_INT(state_of(store, pretty), SEAL_REWRITTEN);
	CHECK_INT(state_of(store, arena_printf(arena, "%s\n", text)), SEAL_REWRITTEN);
	CHECK_INT(state_of(store, edited(text, "7.5", "7.50")), SEAL_REWRITTEN);
	CHECK_INT(state_of(store, edited(text, "7.5", "8.5")), SEAL_CHANGED);
	CHECK_INT(state_of(store, edited(text, "\"score\":7.5,", "")), SEAL_CHANGED);
	CHECK_INT(state_of(store, edited(text, "\"z\":{}", "\"z\":{\"note\":1}")), SEAL_CHANGED);
	CHECK_INT(state_of(store, edited(text, "\"value\"", "\"note\":1,\"value\"")), SEAL_CHANGED);
	CHECK_INT(state_of(store, edited(text, "==\"", "=\"")), SEAL_CHANGED);
	CHECK_INT(state_of(store, edited(text, "{\"name\"", "{\"signature\":1,\"name\"")),
	          SEAL_UNREADABLE);
	CHECK_INT(state_of(store, edited(text, "\"z\":{}", "\"z\":{},\"z\":{}")), SEAL_UNREADABLE);
	CHECK_INT(state_of(store, edited(text, "Ed25519", "ed25519")), SEAL_UNSIGNED);
	CHECK_INT(state_of(store, "{\"score\":7.5}"), SEAL_UNSIGNED);
	CHECK_INT(state_of(store, "[]"), SEAL_UNREADABLE);
	CHECK_INT(state_of(store, ""), SEAL_UNREADABLE);
	fixture_remove();
}

static void a_signature_of_strangers_is_of_an_unknown_key(void)
{
	struct store *store = fixture_store();
	const char *text = signed_text(store, "{\"score\":7.5}");

	CHECK_INT(fixture_sql(database, "UPDATE signing_keys SET id = '0123456789abcdef'"),
	          SQLITE_OK);
	CHECK_INT(state_of(store, text), SEAL_UNKNOWN_KEY);
	CHECK_INT(fixture_sql(database, "UPDATE signing_keys SET secret_seed = 'AAAA'"), SQLITE_OK);
	CHECK_INT(seal_sign(store, arena, parsed("{}")), ERR_INTERNAL);
	CHECK_INT(seal_sign(store, arena, parsed("[]")), ERR_INVALID);
	CHECK_INT(seal_sign(store, arena, parsed("{\"a\":1,\"a\":1}")), ERR_INVALID);
	fixture_remove();
}

static void a_new_key_leaves_what_the_old_one_signed_valid(void)
{
	struct store *store = fixture_store();
	const char *old = signed_text(store, "{\"score\":7.5}"), *key_id = "", *new;
	const char *kept = fixture_ask(database, "SELECT secret_seed FROM signing_keys");
	struct audit_check audit;
	struct buf keys;

	CHECK_INT(seal_rotate(store, arena, &key_id), OK);
	new = signed_text(store, "{\"score\":7.5}");
	CHECK(strstr(new, key_id) != NULL && strstr(old, key_id) == NULL);
	CHECK_INT(state_of(store, old), SEAL_VALID);
	CHECK_INT(state_of(store, new), SEAL_VALID);
	CHECK_STR(fixture_ask(database, "SELECT group_concat(secret_seed IS NULL, ' ') FROM"
	                                " (SELECT * FROM signing_keys ORDER BY created_at, rowid)"),
	          "1 0");
	CHECK_STR(fixture_ask(database, arena_printf(arena,
	                                             "SELECT count(*) FROM signing_keys"
	                                             " WHERE secret_seed = '%s'",
	                                             kept)),
	          "0");
	CHECK_INT(audit_verify(store, arena, NULL, &audit), OK);
	CHECK_INT(audit.rows, 1);
	buf_init(&keys, arena);
	CHECK_INT(seal_keys(store, arena, &keys), OK);
	CHECK_INT((long long)json_count(parsed(keys.data), "keys"), 2);
	CHECK(strstr(keys.data, "seed") == NULL);
	fixture_remove();
}

static int start_program(void)
{
	struct store *store = NULL;

	return store_open(database, &store) == OK && seal_init(store, arena) == OK ? 0 : 1;
}

static void programs_that_start_at_once_make_one_key(void)
{
	enum { PROGRAMS = 4 };
	pid_t programs[PROGRAMS];
	int status;

	fixture_store();
	for (int i = 0; i < PROGRAMS; i++) {
		programs[i] = fork();
		if (programs[i] == 0)
			_exit(start_program());
	}
	for (int i = 0; i < PROGRAMS; i++) {
		CHECK_INT(waitpid(programs[i], &status, 0), programs[i]);
		CHECK_INT(status, 0);
	}
	CHECK_STR(fixture_ask(database, "SELECT count(*) FROM signing_keys"), "1");
	fixture_remove();
}

int main(void)
{
	RUN(signatures_are_those_of_the_standard);
	RUN(each_byte_counts);
	RUN(what_was_done_to_a_document_is_told);
	RUN(a_signature_of_strangers_is_of_an_unknown_key);
	RUN(a_new_key_leaves_what_the_old_one_signed_valid);
	RUN(programs_that_start_at_once_make_one_key);
	return check_done();
}
