/* The rows of the language table, one a file; language.c puts them in order. */
#ifndef VIVA_JUDGE_LANGUAGE_ROWS_H
#define VIVA_JUDGE_LANGUAGE_ROWS_H

#include "judge/language.h"

/* Scripts: no signature is needed. */
extern const struct judge_language language_python, language_javascript, language_sql;

/* Typed ones: a `main` is generated from the signature. */
extern const struct judge_language language_c, language_cpp, language_go, language_java,
        language_rust;

#endif
