#include "score/fold.h"

#include "base/text.h"

enum {
	BREVE = 0x306,
	DIAERESIS = 0x308,
	CYRILLIC_IE = 0x435,
	CYRILLIC_I = 0x438,
	CYRILLIC_SHORT_I = 0x439,
	CYRILLIC_GHE = 0x433,
	CYRILLIC_YO = 0x451,
	UKRAINIAN_IE = 0x454,
	UKRAINIAN_I = 0x456,
	UKRAINIAN_YI = 0x457,
	UKRAINIAN_GHE = 0x491
};

/* U+00E0..U+00FF without their accents. */
static const char latin_plain[] = "aaaaaaaceeeeiiiidnooooo/ouuuuyty";

uint32_t fold_letter(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	c = text_lower(c);
	if (c >= 0xE0 && c <= 0xFF && c != 0xF7)
		return (unsigned char)latin_plain[c - 0xE0];
	if (c == CYRILLIC_YO)
		return CYRILLIC_IE;
	return c;
}

uint32_t fold_compose(uint32_t base, uint32_t mark)
{
	if (base == CYRILLIC_I && mark == BREVE)
		return CYRILLIC_SHORT_I;
	if (base == UKRAINIAN_I && mark == DIAERESIS)
		return UKRAINIAN_YI;
	return base;
}

uint32_t fold_ukrainian(uint32_t c)
{
	switch (c) {
	case UKRAINIAN_I:
	case UKRAINIAN_YI:
		return CYRILLIC_I;
	case UKRAINIAN_IE:
		return CYRILLIC_IE;
	case UKRAINIAN_GHE:
		return CYRILLIC_GHE;
	default:
		return c;
	}
}

bool fold_is_mark(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36F) || c == 0xAD || (c >= 0x200B && c <= 0x200D) ||
	       c == 0x2060 || c == 0xFEFF;
}

bool fold_is_apostrophe(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xB4 || c == 0x2B9 || c == 0x2BC || c == 0x2018 ||
	       c == 0x2019 || c == 0x2032 || c == 0xFF07;
}

bool fold_is_cyrillic(uint32_t c)
{
	return c >= 0x400 && c <= 0x52F;
}

bool fold_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}
