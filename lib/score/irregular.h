/* Forms that no stemmer leads back to their word: "sent", "двух", "знайшов". */
#ifndef VIVA_SCORE_IRREGULAR_H
#define VIVA_SCORE_IRREGULAR_H

/* The base form of a folded word; NULL when it is regular. */
const char *irregular_base(const char *word);

#endif
