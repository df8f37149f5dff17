#include "report/name_forms.h"

#include <stddef.h>
#include <string.h>

enum { LETTER_BYTES = 2 };

/* True if the list of words with single spaces between them has it. */
static bool is_in(const char *list, const char *word)
{
	const size_t len = strlen(word);

	for (const char *at = list; *at != '\0'; at += strcspn(at, " ")) {
		at += strspn(at, " ");
		if (strncmp(at, word, len) == 0 && (at[len] == ' ' || at[len] == '\0'))
			return len > 0;
	}
	return false;
}

/* What stands instead of the ending in the other cases; `least` letters stand before it. */
static const struct {
	const char *ending, *forms;
	size_t least;
} rules[] = {
	/* Ольга, Олена, Саша, Королева, Шевська */
	{ "а", "и ы і е у ой ою о", 1 },
	{ "га", "зі", 1 },
	{ "ка", "ці", 1 },
	{ "ха", "сі", 1 },
	{ "жа", "жей жею", 1 },
	{ "ча", "чей чею", 1 },
	{ "ша", "шей шею", 1 },
	{ "ща", "щей щею", 1 },
	{ "ца", "цей цею", 1 },
	{ "ва", "вої вій", 2 },
	{ "на", "ної ній", 2 },
	{ "ька", "ької ькій", 2 },
	/* Мария, Настя, Белая */
	{ "я", "и і ї е є ю ей ею єю", 1 },
	{ "ая", "ой ую ою", 3 },
	{ "яя", "ей юю ею", 3 },
	/* Сергей, Юрій, Гнатовский, Білий, Толстой */
	{ "й", "я ю ем єм е є и ї єві", 1 },
	{ "ий", "ого его ому ему им ом ем ім", 3 },
	{ "ый", "ого ому ым ом", 3 },
	{ "ой", "ого ому ым им ом", 3 },
	/* Игорь, Коваль, Любовь; Ігор */
	{ "ь", "я ю ем е и і ью еві", 1 },
	{ "р", "ря рю рем реві рі", 2 },
	/* Дмитро, Шевченко */
	{ "о", "а у ом ові е і", 1 },
	/* Королев, Пушкин, Ковалів */
	{ "в", "вым вим", 2 },
	{ "н", "ным ним", 2 },
	/* A vowel that goes or changes: Павел, Лев, Кравець, Федір */
	{ "ел", "ла лу лом ле", 1 },
	{ "ек", "ка ку ком ке", 1 },
	{ "ок", "ка ку ком ке", 1 },
	{ "ев", "ьва ьву ьвом ьве", 1 },
	{ "ец", "ца цу цем цом це", 1 },
	{ "ець", "ця цю цем цеві ці", 1 },
	{ "ень", "ня ню нем не неві ні", 1 },
	{ "ір", "ора ору ором орові орі оре", 1 },
	{ "ін", "она ону оном онові оні оне", 1 },
	{ "іп", "опа опу опом опові опі опе", 1 },
	{ "ів", "ова ову овим овом ові ове ева еву евим евом еві еве", 1 },
};

/* Марк, Роман, Ткач */
static const char consonants[] = "б в г ґ д ж з к л м н п р с т ф х ц ч ш щ";
static const char after_consonants[] = "а у ом ем е і ові еві";

static bool has_instead(const char *name, const char *word, size_t stem, const char *forms)
{
	return strncmp(name, word, stem) == 0 && is_in(forms, word + stem);
}

bool name_forms_has(const char *name, const char *word)
{
	const size_t len = strlen(name);

	if (strcmp(name, word) == 0)
		return true;
	if (len <= LETTER_BYTES)
		return false;
	if (is_in(consonants, name + len - LETTER_BYTES) &&
	    has_instead(name, word, len, after_consonants))
		return true;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const size_t ending = strlen(rules[i].ending);

		if (len >= ending + rules[i].least * LETTER_BYTES &&
		    strcmp(name + len - ending, rules[i].ending) == 0 &&
		    has_instead(name, word, len - ending, rules[i].forms))
			return true;
	}
	return false;
}

bool name_forms_is_common(const char *name)
{
	static const char names[] =
	        "art bill chase dean drew faith frank grace grant guy hope hunter jack joy june "
	        "mark max may miles pat ray rich rob rose sky sue will "
	        "вера віра дар катя коля лада лев лилия лілія любов любовь макс марк мила мира "
	        "надежда надія рая роза роман света слава толя";

	return is_in(names, name);
}
