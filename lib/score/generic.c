#include "score/generic.h"

#include <stdlib.h>
#include <string.h>

/* Stems as the stemmers leave them, in strcmp order; Ukrainian in fold_ukrainian's letters. */
static const char *const generic[] = {
	"allow",         "becom",      "call",        "case",
	"come",          "find",       "found",       "gave",
	"general",       "give",       "given",       "go",
	"goe",           "good",       "happen",      "help",
	"keep",          "kind",       "known",       "let",
	"look",          "made",       "make",        "mean",
	"need",          "often",      "one",         "possibl",
	"provid",        "say",        "see",         "seen",
	"show",          "sometim",    "sort",        "take",
	"tell",          "time",       "took",        "tri",
	"type",          "usag",       "use",         "usual",
	"want",          "way",        "work",        "бачит",
	"бер",           "берет",      "брат",        "бува",
	"быва",          "важлив",     "важн",        "вещ",
	"взят",          "видбувает",  "видет",       "видн",
	"використан",    "використов", "використову", "використовуват",
	"використовует", "випадк",     "випадок",     "возможн",
	"врем",          "да",         "дает",        "дат",
	"дают",          "дел",        "дела",        "дивит",
	"дивл",          "добр",       "дозволя",     "дозволяют",
	"зазвича",       "знач",       "зробит",      "имеет",
	"имет",          "имеют",      "использ",     "использова",
	"использован",   "кажд",       "можлив",      "називает",
	"называ",        "нуж",        "нужн",        "один",
	"одн",           "означа",     "отримат",     "отриму",
	"отримуют",      "позволя",    "показа",      "показат",
	"показу",        "показыва",   "получ",       "получа",
	"потриб",        "потрибн",    "пробова",     "пробуват",
	"происход",      "раз",        "рич",         "роб",
	"робит",         "робл",       "робля",       "сам",
	"сама",          "сами",       "сдела",       "случа",
	"смотр",         "смотрет",    "снача",       "спосиб",
	"способ",        "спочатк",    "справ",       "ста",
	"станов",        "стат",       "хорош",       "цел",
	"цил",           "час",        "част",        "частин"
};

static int compare(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

bool generic_stem(const char *stem)
{
	return bsearch(stem, generic, sizeof(generic) / sizeof(generic[0]), sizeof(generic[0]),
	               compare) != NULL;
}
