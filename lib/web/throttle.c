#include "web/throttle.h"

#include <string.h>

#include <arpa/inet.h>

#include "base/clock.h"

enum { MINUTE_MS = 60000, HALF = 8, MAPPED = 12 };

enum err throttle_count(struct request *request, const struct throttle *throttles, size_t count,
                        int *ret_wait_min)
{
	int64_t until = 0, now;
	enum err err = throttle_take(request->store, throttles, count, &until);

	if (err != ERR_LIMITED)
		return err;
	now = clock_now_ms();
	*ret_wait_min = until > now ? (int)((until - now + MINUTE_MS - 1) / MINUTE_MS) : 1;
	return ERR_LIMITED;
}

const char *throttle_network(const struct request *request)
{
	struct in6_addr six;
	char text[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET6, request->address, &six) != 1)
		return request->address;
	if (IN6_IS_ADDR_V4MAPPED(&six)) {
		inet_ntop(AF_INET, six.s6_addr + MAPPED, text, sizeof(text));
		return arena_printf(request->arena, "%s", text);
	}
	memset(six.s6_addr + HALF, 0, sizeof(six.s6_addr) - HALF);
	inet_ntop(AF_INET6, &six, text, sizeof(text));
	return arena_printf(request->arena, "%s/64", text);
}

const char *throttle_text(const struct request *request, int wait_min)
{
	return arena_printf(request->arena,
	                    i18n_plural(request->language, "Too many tries. Please wait %d minute.",
	                                "Too many tries. Please wait %d minutes.", wait_min),
	                    wait_min);
}
