/*
 * What the typed languages share. For a function task a row of the table generates a
 * program that reads a test's arguments, calls the candidate's function and answers.
 *
 * The arguments are words, each with one space behind it: numbers as decimal text (also
 * nan, inf, -inf), bools as 0 and 1, a string as its length in bytes and its bytes, an
 * array as its length and its items; a list as an array, a tree the same, level by level,
 * with n for a missing child.
 */
#ifndef VIVA_JUDGE_GLUE_H
#define VIVA_JUDGE_GLUE_H

#include "base/buf.h"
#include "judge/language.h"

/* ERR_INVALID with a fault if no generated program could make this call. */
enum err glue_check(const struct judge_job *job, const char **ret_fault);

/* The same for languages whose strings cannot be changed in place. */
enum err glue_check_fixed_strings(const struct judge_job *job, const char **ret_fault);

/* True if the answer is the first argument after the call. */
bool glue_in_place(const struct judge_job *job);

/* The type of what the program sends back. */
struct type glue_answer(const struct judge_job *job);

/* `encode` of every typed language: the words above; nothing for other kinds. */
enum err glue_encode(struct arena *arena, const struct judge_job *job,
                     const struct judge_case *test, const char **ret_bytes, size_t *ret_len);

/*
 * The line on which the candidate's function seems to be defined, else 1. Generated calls
 * claim to stand there, so that a wrong signature is reported where it is.
 */
int glue_line(const struct judge_job *job);

/* True if a parameter or the answer is made of that type. */
bool glue_has_type(const struct signature *signature, enum type_base base);

/* True if the candidate's code has that word followed by the other one. */
bool glue_has_words(const struct judge_job *job, const char *word, const char *next);

/* Adds a generated file, one of lib/judge/harness, the candidate's code. */
void glue_add_text(struct program *program, const char *name, const char *text);
void glue_add_harness(struct program *program, const char *name);
void glue_add_code(struct program *program, const char *name, const struct judge_job *job);

/* A copy of NULL-ended strings in the arena: an argv or environment. */
const char *const *glue_strings(struct arena *arena, const char *const *strings);

/*
 * The number behind "`file`:" in the first line of `text` that also holds `marker` ("":
 * any); 0 if there is none.
 */
int glue_find_line(const char *text, const char *file, const char *marker);

/* The line in `text` that holds `marker`, from behind it on; NULL if none does. */
char *glue_text_after(struct arena *arena, const char *text, const char *marker);

/* `name` in camelCase if wanted, with '_' behind it if some typed language reserves it. */
char *glue_parameter_name(struct arena *arena, const char *name, bool in_camel_case);

#endif
