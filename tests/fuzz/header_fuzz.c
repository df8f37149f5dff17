/*
 * Values of headers and of what people type in one line: languages, zones, codes, the pauses that
 * other servers ask for, addresses, file names. The first byte says which.
 */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "target.h"

#include "base/arena.h"
#include "base/base32.h"
#include "base/base64.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/zone.h"
#include "llm/address.h"
#include "llm/retry.h"
#include "notify/webhook.h"
#include "web/download.h"
#include "web/form.h"
#include "web/one_time.h"
#include "web/second_factor.h"

#define NOW INT64_C(1767225600000)

static void read_language(struct arena *arena, const char *text)
{
	(void)arena;
	must(language_negotiate(text) < LANG_COUNT);
}

static void read_zone(struct arena *arena, const char *text)
{
	const char *name = zone_find(text);

	zone_bind(text);
	must(zone_offset_min(NOW) >= -24 * 60 && zone_offset_min(NOW) <= 24 * 60);
	must(zone_day_start(NOW) <= NOW);
	if (name != NULL)
		must(zone_find(name) == name || strcmp(zone_find(name), name) == 0);
	must(zone_text(arena, NOW, CLOCK_DATE_TIME)[0] != '\0');
	zone_bind("");
}

static void read_pause(struct arena *arena, const char *text)
{
	const int64_t one = retry_after_ms(text, NULL, NOW), two = retry_after_ms(NULL, text, NOW);

	(void)arena;
	must(one >= -1 && two >= -1);
	must(retry_spread_ms(one < 0 ? 0 : one) >= 0);
}

static void read_code(struct arena *arena, const char *text)
{
	unsigned char bytes[20];
	int64_t step;
	size_t len;

	if (base32_decode(text, bytes, sizeof(bytes), &len))
		must(len <= sizeof(bytes));
	if (second_factor_is_secret(text))
		must(strlen(text) == 32);
	(void)second_factor_step("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", text, NOW, &step);
	(void)second_factor_step(text, "123456", NOW, &step);
	must(strlen(one_time_hash(arena, text)) == 64);
}

static void read_base64(struct arena *arena, const char *text)
{
	size_t len = 0, again = 0;
	const unsigned char *bytes = base64_decode(arena, text, &len);
	struct hash_key key;

	if (bytes != NULL) {
		const char *written = base64_encode(arena, bytes, len);
		const unsigned char *back = base64_decode(arena, written, &again);

		must(back != NULL && again == len && memcmp(back, bytes, len) == 0);
	}
	(void)webhook_key(arena, text, &key);
}

static void read_address(struct arena *arena, const char *text)
{
	const char *fault = NULL, *base = NULL, *again = NULL;

	if (address_base(arena, text, &base, &fault) == OK) {
		must(address_base(arena, base, &again, &fault) == OK && strcmp(base, again) == 0);
		must(address_same_origin(base, base));
		(void)address_below(arena, base, "/embeddings");
		(void)address_is_loopback(base);
	} else {
		must(fault != NULL);
	}
	if (address_check(text, &fault) == OK)
		must(address_origin(arena, text) != NULL);
	must(strchr(address_shown(arena, text), '@') == NULL || strchr(text, '@') != NULL);
}

static void read_socket(struct arena *arena, const char *text)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	(void)arena;
	if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
		(void)address_is_public((const struct sockaddr *)&four);
	if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
		(void)address_is_public((const struct sockaddr *)&six);
}

/* A header has no line end, no control and nothing that is not ASCII. */
static void read_file_name(struct arena *arena, const char *text)
{
	const char *header = download_disposition(arena, text);

	for (; *header != '\0'; header++)
		must(*header >= ' ' && *header < 0x7F);
}

/* What is encoded is decoded as it was. */
static void read_escapes(struct arena *arena, const char *text)
{
	const char *back = NULL;

	if (form_decode(arena, text, strlen(text), true, &back))
		must(text_valid(back, strlen(back)));
	if (!text_valid(text, strlen(text)))
		return;
	back = form_encode(arena, text);
	must(form_decode(arena, back, strlen(back), false, &back) && strcmp(back, text) == 0);
}

static void read_text(struct arena *arena, const char *text)
{
	long long number;

	if (text_integer(text, -5, 5, &number))
		must(number >= -5 && number <= 5);
	must(text_valid(text_plain(arena, text), strlen(text_plain(arena, text))));
	if (text_valid(text, strlen(text)))
		must(text_valid(text_name(arena, text), strlen(text_name(arena, text))));
	(void)text_shortened(arena, text, 3);
	(void)text_is_listed(arena, text, "a");
	(void)text_search_key(arena, text);
	(void)text_one_line(arena, text);
}

static void (*const readers[])(struct arena *arena, const char *text) = {
	read_language, read_zone,   read_pause,     read_code,    read_base64,
	read_address,  read_socket, read_file_name, read_escapes, read_text,
};

FUZZ_TARGET("header")
{
	struct arena *arena = arena_create();
	const size_t count = sizeof(readers) / sizeof(*readers);

	if (size > 0 && data[0] >= 'a' && data[0] < 'a' + count)
		readers[data[0] - 'a'](arena, arena_copy(arena, data + 1, size - 1));
	arena_destroy(arena);
	return 0;
}
