#include "examiner/guard_letter.h"

#include "base/text.h"
#include "score/fold.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct pair {
	uint32_t from, to;
};

enum {
	MATH_FIRST = 0x1D400,
	MATH_LAST = 0x1D6A3,
	MATH_STEP = 52,
	LETTERS = 26,
	CYRILLIC_A = 0x430
};

/* Greek, and Cyrillic of languages that nobody writes here: always a disguise of Latin. */
static const struct pair foreign[] = {
	{ 0x3B1, 'a' },  { 0x3B2, 'b' },  { 0x3B3, 'y' },  { 0x3B5, 'e' },  { 0x3B7, 'n' },
	{ 0x3B9, 'i' },  { 0x3BA, 'k' },  { 0x3BD, 'v' },  { 0x3BF, 'o' },  { 0x3C1, 'p' },
	{ 0x3C4, 't' },  { 0x3C5, 'u' },  { 0x3C7, 'x' },  { 0x3C9, 'w' },  { 0x455, 's' },
	{ 0x458, 'j' },  { 0x4BB, 'h' },  { 0x4CF, 'l' },  { 0x501, 'd' },  { 0x51B, 'q' },
	{ 0x51D, 'w' },  { 0x131, 'i' },  { 0x251, 'a' },  { 0x261, 'g' },  { 0x26A, 'i' },
	{ 0x262, 'g' },  { 0x274, 'n' },  { 0x280, 'r' },  { 0x1D07, 'e' }, { 0x1D0F, 'o' },
	{ 0x1D18, 'p' }, { 0x1D1B, 't' }, { 0x29F, 'l' },  { 0x1D00, 'a' }, { 0x1D04, 'c' },
	{ 0x1D05, 'd' }, { 0x1D0D, 'm' }, { 0x1D1C, 'u' },
};

/* Russian and Ukrainian letters and what they look like. */
static const struct pair cyrillic[] = {
	{ 0x430, 'a' }, { 0x432, 'b' }, { 0x441, 'c' }, { 0x435, 'e' }, { 0x43D, 'h' },
	{ 0x456, 'i' }, { 0x457, 'i' }, { 0x43A, 'k' }, { 0x43C, 'm' }, { 0x43E, 'o' },
	{ 0x440, 'p' }, { 0x442, 't' }, { 0x443, 'y' }, { 0x445, 'x' }, { 0x433, 'r' },
	{ 0x43F, 'n' }, { 0x438, 'u' },
};

static const struct pair latin_digits[] = {
	{ '0', 'o' }, { '1', 'i' }, { '3', 'e' }, { '4', 'a' }, { '5', 's' },
	{ '7', 't' }, { '8', 'b' }, { '@', 'a' }, { '$', 's' },
};

static const struct pair cyrillic_digits[] = {
	{ '0', 0x43E }, { '1', 0x456 }, { '3', 0x437 }, { '4', 0x447 },
	{ '6', 0x431 }, { '@', 0x430 }, { '$', 0x441 },
};

static uint32_t mapped(const struct pair *pairs, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count; i++)
		if (pairs[i].from == c)
			return pairs[i].to;
	return c;
}

/* The Cyrillic letter that a Latin one looks like; the Latin one if none does. */
static uint32_t to_cyrillic(uint32_t c)
{
	for (size_t i = 0; i < COUNT(cyrillic); i++)
		if (cyrillic[i].to == c)
			return cyrillic[i].from;
	return c;
}

static bool is_latin(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

uint32_t guard_letter_plain(uint32_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	else if (c >= 0x24B6 && c <= 0x24E9)
		c = 'a' + (c - 0x24B6) % LETTERS;
	else if (c >= MATH_FIRST && c <= MATH_LAST)
		c = 'a' + (c - MATH_FIRST) % MATH_STEP % LETTERS;
	else if (c >= 0x1F130 && c <= 0x1F189)
		c = 'a' + (c - 0x1F130) % 32 % LETTERS;
	return mapped(foreign, COUNT(foreign), fold_letter(c));
}

/* How many letters of a word are of which kind. */
struct tally {
	size_t latin, cyrillic, others, only_latin, only_cyrillic;
};

static struct tally tally_of(const uint32_t *letters, size_t count)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < count; i++) {
		uint32_t c = letters[i];

		if (is_latin(c)) {
			tally.latin++;
			tally.only_latin += to_cyrillic(c) == c;
		} else if (fold_is_cyrillic(c)) {
			tally.cyrillic++;
			tally.only_cyrillic += mapped(cyrillic, COUNT(cyrillic), c) == c;
		} else {
			tally.others++;
		}
	}
	return tally;
}

/* True if the word is to be read in Latin letters. */
static bool reads_latin(const struct tally *tally, enum guard_reading reading)
{
	if (tally->only_latin != tally->only_cyrillic)
		return tally->only_latin > tally->only_cyrillic;
	if (reading != GUARD_AS_WRITTEN)
		return reading == GUARD_AS_LATIN;
	return tally->latin >= tally->cyrillic;
}

void guard_letter_settle(uint32_t *letters, size_t count, enum guard_reading reading)
{
	struct tally tally = tally_of(letters, count);
	bool latin = reads_latin(&tally, reading);

	if (tally.latin + tally.cyrillic == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		uint32_t c = letters[i];

		if (c == '1' && latin && reading == GUARD_AS_LATIN)
			letters[i] = 'l';
		else if (c == '4' && !latin && reading == GUARD_AS_CYRILLIC)
			letters[i] = CYRILLIC_A;
		else if (latin)
			letters[i] = mapped(latin_digits, COUNT(latin_digits),
			                    mapped(cyrillic, COUNT(cyrillic), c));
		else
			letters[i] = mapped(cyrillic_digits, COUNT(cyrillic_digits),
			                    to_cyrillic(c));
	}
}
