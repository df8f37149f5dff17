/* The technologies that a CV names, by a table of names and aliases. */
#ifndef VIVA_PROFILE_TECHNOLOGIES_H
#define VIVA_PROFILE_TECHNOLOGIES_H

#include "profile/page.h"

struct technology_found {
	const char *name;  /* as the table has it, or as a model's answer has it */
	const char *quote; /* the line of the CV that names it */
	size_t at;         /* the word where it stands first */
	double weight;     /* how often and where: the first one is the most important */
};

struct dictionary;

struct technologies {
	struct technology_found *items;
	size_t count;
	const struct dictionary *dictionary; /* by which they were found */
};

enum { TECHNOLOGIES_MAX = 50 };

/* The TECHNOLOGIES_MAX heaviest ones, by weight. */
struct technologies technologies_find(const struct page *page);

/*
 * The table's name of a technology and where it stands on the page; false if it does not
 * stand there. A name that the table does not know counts when its very words stand there.
 */
bool technologies_prove(const struct page *page, const struct technologies *found, const char *name,
                        struct technology_found *ret_found);

#endif
