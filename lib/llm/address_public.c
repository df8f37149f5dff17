/* Which addresses belong to the internet at large (IANA's special-purpose registries). */
#include <netinet/in.h>
#include <string.h>

#include "llm/address.h"

struct range {
	unsigned char first[16];
	int bits;
};

static const struct range private_4[] = {
	{ { 0 }, 8 },                 /* this network */
	{ { 10 }, 8 },                /* private */
	{ { 100, 64 }, 10 },          /* carriers' shared addresses; metadata of a cloud */
	{ { 127 }, 8 },               /* loopback */
	{ { 168, 63, 129, 16 }, 32 }, /* metadata of a cloud, though public by its number */
	{ { 169, 254 }, 16 },         /* link-local; metadata of most clouds */
	{ { 172, 16 }, 12 },          /* private */
	{ { 192, 0, 0 }, 24 },        /* protocols; metadata of a cloud */
	{ { 192, 0, 2 }, 24 },        /* documentation */
	{ { 192, 88, 99 }, 24 },      /* relays of 6to4 */
	{ { 192, 168 }, 16 },         /* private */
	{ { 198, 18 }, 15 },          /* benchmarks */
	{ { 198, 51, 100 }, 24 },     /* documentation */
	{ { 203, 0, 113 }, 24 },      /* documentation */
	{ { 224 }, 4 },               /* multicast */
	{ { 240 }, 4 },               /* reserved; broadcast */
};

/* Only 2000::/3 is in use as public; of that not these. */
static const struct range public_6 = { { 0x20 }, 3 };
static const struct range private_6[] = {
	{ { 0x20, 0x01 }, 23 },             /* protocols, Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
	{ { 0x20, 0x02 }, 16 },             /* 6to4: holds any IPv4 address */
	{ { 0x3f, 0xff }, 20 },             /* documentation */
};

/* Behind these 96 bits stands an IPv4 address that is meant: IPv4-mapped, NAT64. */
static const struct range holds_4[] = {
	{ { [10] = 0xff, [11] = 0xff }, 96 },
	{ { 0x00, 0x64, 0xff, 0x9b }, 96 },
};

#define COUNT(ranges) (sizeof(ranges) / sizeof(*(ranges)))

static bool is_in(const unsigned char *bytes, const struct range *range)
{
	const size_t whole = (size_t)range->bits / 8;
	const int rest = range->bits % 8;

	if (memcmp(bytes, range->first, whole) != 0)
		return false;
	return rest == 0 || (bytes[whole] ^ range->first[whole]) >> (8 - rest) == 0;
}

static bool is_in_any(const unsigned char *bytes, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_in(bytes, &ranges[i]))
			return true;
	return false;
}

static bool is_public_4(const unsigned char *bytes)
{
	return !is_in_any(bytes, private_4, COUNT(private_4));
}

static bool is_public_6(const unsigned char *bytes)
{
	if (is_in_any(bytes, holds_4, COUNT(holds_4)))
		return is_public_4(bytes + 12);
	return is_in(bytes, &public_6) && !is_in_any(bytes, private_6, COUNT(private_6));
}

bool address_is_public(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return is_public_4(
		        (const unsigned char *)&((const struct sockaddr_in *)address)->sin_addr);
	if (address->sa_family == AF_INET6)
		return is_public_6(
		        (const unsigned char *)&((const struct sockaddr_in6 *)address)->sin6_addr);
	return false;
}
