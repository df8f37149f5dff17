/* Webhooks: who may be connected to, how events are signed, stored, sent and tried again. */
#include <arpa/inet.h>

#include "fixture.h"
#include "model_fixture.h"
#include "store_fixture.h"

#include "base/base64.h"
#include "base/config.h"
#include "llm/address.h"
#include "notify/webhook.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

/* --- addresses -------------------------------------------------------------------- */

static bool is_public(const char *text)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return address_is_public((const struct sockaddr *)&v4);
	CHECK_INT(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	return address_is_public((const struct sockaddr *)&v6);
}

static void only_the_internet_at_large_is_public(void)
{
	static const char *const public[] = {
		"1.1.1.1",         "8.8.8.8",          "9.255.255.255",   "11.0.0.0",
		"100.63.255.255",  "100.128.0.0",      "126.255.255.255", "128.0.0.1",
		"169.253.255.255", "169.255.0.0",      "172.15.255.255",  "172.32.0.0",
		"192.0.1.1",       "192.167.255.255",  "192.169.0.0",     "198.17.255.255",
		"198.20.0.0",      "223.255.255.255",  "168.63.129.15",   "2606:4700::1111",
		"2a00:1450::1",    "2001:200::1",      "2003::1",         "3ffe:ffff::1",
		"::ffff:8.8.8.8",  "64:ff9b::808:808",
	};
	static const char *const others[] = {
		"0.0.0.0",
		"0.1.2.3",
		"10.0.0.1",
		"10.255.255.255",
		"100.64.0.0",
		"100.100.100.200",
		"100.127.255.255",
		"127.0.0.1",
		"127.255.255.255",
		"168.63.129.16",
		"169.254.0.1",
		"169.254.169.254",
		"172.16.0.1",
		"172.31.255.255",
		"192.0.0.192",
		"192.0.2.1",
		"192.88.99.1",
		"192.168.0.1",
		"192.168.255.255",
		"198.18.0.1",
		"198.19.255.255",
		"198.51.100.1",
		"203.0.113.1",
		"224.0.0.1",
		"239.255.255.255",
		"240.0.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"::7f00:1",
		"::ffff:127.0.0.1",
		"::ffff:10.0.0.1",
		"64:ff9b::7f00:1",
		"64:ff9b::a9fe:a9fe",
		"64:ff9b:1::1",
		"100::1",
		"2001::1",
		"2001:db8::1",
		"2002:7f00:1::1",
		"2002:808:808::1",
		"3fff::1",
		"4000::1",
		"fc00::1",
		"fd00:ec2::254",
		"fe80::1",
		"fec0::1",
		"ff02::1",
		"1fff::1",
	};

	for (size_t i = 0; i < sizeof(public) / sizeof(*public); i++)
		if (!is_public(public[i]))
			CHECK_STR(public[i], "public");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (is_public(others[i]))
			CHECK_STR(others[i], "not public");
	CHECK(!address_is_public(&(struct sockaddr){ .sa_family = AF_UNIX }));
}

static void an_address_has_no_user_name_and_its_origin_no_path(void)
{
	const char *fault;

	CHECK_INT(address_check("https://hooks.example.org/a?token=b", &fault), OK);
	CHECK_INT(address_check("http://[::1]:8080", &fault), OK);
	CHECK_INT(address_check("ftp://example.org", &fault), ERR_INVALID);
	CHECK_INT(address_check("file:///etc/passwd", &fault), ERR_INVALID);
	CHECK_INT(address_check("example.org", &fault), ERR_INVALID);
	CHECK_INT(address_check("https://me:secret@example.org/", &fault), ERR_INVALID);
	CHECK(strstr(fault, "secret") == NULL);
	CHECK_STR(address_origin(arena, "https://hooks.example.org/a?token=b"),
	          "https://hooks.example.org:443");
	CHECK_STR(address_origin(arena, "nowhere"), "");
}

/* --- signing ---------------------------------------------------------------------- */

static void base64_goes_there_and_back(void)
{
	static const char *const pairs[][2] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
	};
	static const char *const broken[] = {
		"Z", "Zg=", "Zg===", "Z===", "Zm9v=", "Zm 9v", "Zm-_"
	};
	size_t len = 0;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		CHECK_STR(base64_encode(arena, pairs[i][0], strlen(pairs[i][0])), pairs[i][1]);
		CHECK_STR((const char *)base64_decode(arena, pairs[i][1], &len), pairs[i][0]);
		CHECK(len == strlen(pairs[i][0]));
	}
	CHECK_STR((const char *)base64_decode(arena, "Zm9vYg", &len), "foob");
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++)
		if (base64_decode(arena, broken[i], &len) != NULL)
			CHECK_STR(broken[i], "refused");
}

/* The test vector of the specification's own libraries. */
static void events_are_signed_as_others_sign_them(void)
{
	const struct webhook_delivery delivery = { .id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
		                                   .body = "{\"test\": 2432232314}" };
	struct hash_key key;

	CHECK_INT(webhook_key(arena, SECRET, &key), OK);
	CHECK(key.len == 24);
	CHECK_STR(webhook_signature(arena, &key, &delivery, 1614265330),
	          "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

static void a_weak_or_misspelt_secret_is_none(void)
{
	static const char *const others[] = {
		"",
		"secret",
		"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
		"whsec_",
		"whsec_c2hvcnQ=",
		"whsec_not base64 at all, but long enough to be",
		"whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
	};
	struct hash_key key;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		CHECK_INT(webhook_key(arena, others[i], &key), ERR_INVALID);
	CHECK_INT(webhook_key(
	                  arena,
	                  arena_printf(arena, "whsec_%s", base64_encode(arena, SECRET SECRET, 65)),
	                  &key),
	          ERR_INVALID);
}

/* --- the schedule ----------------------------------------------------------------- */

static void tries_get_rarer_for_three_days_and_end(void)
{
	int64_t all = 0;
	int tries = 1;

	CHECK_INT(webhook_pause_ms(1, 0), 5000);
	for (; webhook_pause_ms(tries, 0) > 0; tries++)
		all += webhook_pause_ms(tries, 0);
	CHECK_INT(tries, 10);
	CHECK_INT(all / 3600000, 75);
	CHECK_INT(webhook_pause_ms(10, 60000), -1);
}

static void the_other_side_may_ask_for_a_day_at_most(void)
{
	CHECK_INT(webhook_pause_ms(1, 120000), 120000);
	CHECK_INT(webhook_pause_ms(2, 1000), 300000);
	CHECK_INT(webhook_pause_ms(1, INT64_MAX), 86400000);
}

/* --- what is stored --------------------------------------------------------------- */

static struct store *store;
static struct interview interview;

static void open_all(void)
{
	store = fixture_store();
	fixture_role(store);
	interview = fixture_interview(store, fixture_user(store, "ann", "Ann Lee").id, "start");
}

static enum err add_report(void)
{
	struct report_row report = {
		.interview_id = interview.id,
		.version = "1",
		.body = "{\"metrics\":{\"overall\":{\"score_ratio\":0.725}},\"status\":{"
		        "\"questions\":4,"
		        "\"answered\":3},\"scoring\":{\"engines\":[{\"engine\":\"builtin\","
		        "\"questions\":1},"
		        "{\"engine\":\"small\",\"questions\":2}]},\"secret_answer\":\"my words\"}",
		.total_score = 29,
		.max_score = 40,
	};

	return report_add(store, arena, &report);
}

static const char *ask(const char *sql)
{
	return fixture_ask(database, sql);
}

static void a_report_and_its_event_are_stored_together(void)
{
	const char *body;

	open_all();
	CHECK_INT(store_begin(store), OK);
	CHECK_INT(add_report(), OK);
	store_rollback(store);
	CHECK_STR(ask("SELECT count(*) FROM webhook_deliveries"), "0");
	CHECK_INT(add_report(), OK);
	CHECK_INT(add_report(), ERR_CONFLICT);
	CHECK_STR(ask("SELECT count(*) || state || tries FROM webhook_deliveries"), "1waiting0");
	body = ask("SELECT body FROM webhook_deliveries");
	CHECK(strstr(body, "\"type\":\"interview.completed\"") != NULL);
	CHECK(strstr(body, "\"full_name\":\"Ann Lee\"") != NULL);
	CHECK(strstr(body, "\"overall\":{\"score\":29,\"max_score\":40,\"ratio\":0.725}") != NULL);
	CHECK(strstr(body, "\"answered\":3") != NULL);
	CHECK(strstr(body, "\"engine\":\"small\"") != NULL);
	CHECK(strstr(body, "my words") == NULL);
	CHECK_INT(fixture_sql(database, "DELETE FROM users"), SQLITE_OK);
	CHECK_STR(ask("SELECT count(*) FROM webhook_deliveries"), "0");
	fixture_remove();
}

/* --- sending ---------------------------------------------------------------------- */

static struct webhook *webhook;

static int requests(void)
{
	return atomic_load(&model_endpoint.requests);
}

static enum err send_now(void)
{
	CHECK_INT(fixture_sql(database, "UPDATE webhook_deliveries SET next_at = 1"), SQLITE_OK);
	return webhook_send(store, arena, webhook);
}

static void a_failed_try_waits_and_the_next_is_the_same_event(void)
{
	const char *id;

	open_all();
	ENDPOINT_SCRIPT({ 500, "no", false }, { 200, "", false });
	CHECK_INT(add_report(), OK);
	id = ask("SELECT id FROM webhook_deliveries");
	CHECK_INT(webhook_send(store, arena, webhook), ERR_UPSTREAM);
	CHECK(strstr(model_endpoint.last, arena_printf(arena, "webhook-id: %s", id)) != NULL);
	CHECK_STR(ask("SELECT state || tries || status || error FROM webhook_deliveries"),
	          "waiting1500HTTP 500");
	CHECK_STR(ask("SELECT next_at - created_at BETWEEN 5000 AND 10000 FROM webhook_deliveries"),
	          "1");
	CHECK_INT(webhook_send(store, arena, webhook), ERR_NOT_FOUND);
	CHECK_INT(send_now(), OK);
	CHECK(strstr(model_endpoint.last, arena_printf(arena, "webhook-id: %s", id)) != NULL);
	CHECK_STR(ask("SELECT state || tries || status || error FROM webhook_deliveries"),
	          "delivered2200");
	CHECK_INT(send_now(), ERR_NOT_FOUND);
	CHECK_INT(requests(), 2);
	fixture_remove();
}

static void gone_means_gone_and_ten_tries_are_enough(void)
{
	open_all();
	ENDPOINT_SCRIPT({ 410, "", false }, { 503, "", false });
	CHECK_INT(add_report(), OK);
	CHECK_INT(send_now(), ERR_UPSTREAM);
	CHECK_STR(ask("SELECT state || tries || status FROM webhook_deliveries"), "failed1410");
	CHECK_INT(
	        fixture_sql(database, "UPDATE webhook_deliveries SET state = 'waiting', tries = 9"),
	        SQLITE_OK);
	CHECK_INT(send_now(), ERR_UPSTREAM);
	CHECK_STR(ask("SELECT state || tries || status FROM webhook_deliveries"), "failed10503");
	fixture_remove();
}

static void sent_again_is_as_it_was_seen_or_not_at_all(void)
{
	struct webhook_query query = { .state = "", .page = 1, .page_size = 5 };
	struct webhook_delivery seen;
	struct webhook_list list;

	open_all();
	ENDPOINT_SCRIPT({ 200, "", false }, { 200, "", false });
	CHECK_INT(add_report(), OK);
	CHECK_INT(send_now(), OK);
	CHECK_INT(webhook_find(store, arena, &query, &list), OK);
	CHECK_INT(list.total, 1);
	seen = list.items[0];
	CHECK_STR(seen.state, "delivered");
	CHECK_STR(seen.full_name, "Ann Lee");
	CHECK_INT(webhook_again(store, &seen, clock_now_ms()), OK);
	CHECK_STR(ask("SELECT state || tries FROM webhook_deliveries"), "waiting0");
	CHECK_INT(webhook_send(store, arena, webhook), OK);
	CHECK_INT(webhook_again(store, &seen, clock_now_ms()), OK);
	CHECK_STR(ask("SELECT state FROM webhook_deliveries"), "delivered");
	seen.id = "gone";
	CHECK_INT(webhook_again(store, &seen, 1), ERR_NOT_FOUND);
	query.page = 0;
	CHECK_INT(webhook_find(store, arena, &query, &list), ERR_INVALID);
	fixture_remove();
}

static void a_step_rests_after_a_failure(void)
{
	open_all();
	ENDPOINT_SCRIPT({ 503, "", false }, { 200, "", false });
	CHECK_INT(add_report(), OK);
	CHECK(!webhook_step(store, arena, webhook));
	CHECK_INT(fixture_sql(database, "UPDATE webhook_deliveries SET next_at = 1"), SQLITE_OK);
	CHECK(!webhook_step(store, arena, webhook));
	CHECK_INT(requests(), 1);
	fixture_remove();
}

/* --- configuration ---------------------------------------------------------------- */

static enum webhook_state configured(const char *url, const char *secret)
{
	struct webhook *made;
	enum webhook_state state;

	setenv("VIVA_WEBHOOK_URL", url, 1);
	setenv("VIVA_WEBHOOK_SECRET", secret, 1);
	CHECK_INT(config_load(), OK);
	state = webhook_configure(arena, &made);
	CHECK((made != NULL) == (state == WEBHOOK_READY));
	return state;
}

static void it_is_off_unless_all_is_there(void)
{
	CHECK_INT(configured("https://hooks.example.org", SECRET), WEBHOOK_READY);
	CHECK_INT(configured("https://hooks.example.org", "weak"), WEBHOOK_BAD_SECRET);
	CHECK_INT(configured("https://a:b@hooks.example.org", SECRET), WEBHOOK_BAD_URL);
	CHECK_INT(configured("gopher://hooks.example.org", SECRET), WEBHOOK_BAD_URL);
}

static char var_folder[] = "/tmp/viva-webhook-XXXXXX";

int main(void)
{
	struct arena *lasting = arena_create();

	log_folder();
	setenv("VIVA_VAR", mkdtemp(var_folder), 1);
	setenv("VIVA_HOME", ".", 1);
	setenv("VIVA_WEBHOOK_URL", endpoint_start(), 1);
	setenv("VIVA_WEBHOOK_SECRET", SECRET, 1);
	setenv("VIVA_WEBHOOK_PRIVATE", "1", 1);
	CHECK_INT(config_load(), OK);
	webhook = webhook_open(lasting);
	RUN(only_the_internet_at_large_is_public);
	RUN(an_address_has_no_user_name_and_its_origin_no_path);
	RUN(base64_goes_there_and_back);
	RUN(events_are_signed_as_others_sign_them);
	RUN(a_weak_or_misspelt_secret_is_none);
	RUN(tries_get_rarer_for_three_days_and_end);
	RUN(the_other_side_may_ask_for_a_day_at_most);
	RUN(a_report_and_its_event_are_stored_together);
	RUN(a_failed_try_waits_and_the_next_is_the_same_event);
	RUN(gone_means_gone_and_ten_tries_are_enough);
	RUN(sent_again_is_as_it_was_seen_or_not_at_all);
	RUN(a_step_rests_after_a_failure);
	RUN(it_is_off_unless_all_is_there);
	endpoint_stop();
	arena_destroy(lasting);
	remove_folder(var_folder);
	remove_folder(log_folder());
	return check_done();
}
