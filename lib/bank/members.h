/* Every member that a question or a coding task may have, with its rule. */
#ifndef VIVA_BANK_MEMBERS_H
#define VIVA_BANK_MEMBERS_H

enum member_kind {
	MEMBER_PLAIN,      /* a text, a number, or an array of them */
	MEMBER_TRANSLATED, /* an object of languages, or an array of such */
	MEMBER_OBJECT,     /* with members of its own, or an array of such */
	MEMBER_CODES,      /* programming languages, an object of the members each */
	MEMBER_DATA        /* of a test or a variant: anything */
};

struct member {
	const char *path; /* "key_points.id"; NULL ends a list */
	enum member_kind kind;
	const char *rule; /* English, for authors; NULL: nobody writes it, it is computed */
};

/* Of questions and of coding tasks. */
extern const struct member members_question[], members_task[];

#endif
