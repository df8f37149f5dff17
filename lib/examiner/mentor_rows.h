/* What the mentor knows: a lesson for each exception or compiler's complaint. */
#ifndef VIVA_EXAMINER_MENTOR_ROWS_H
#define VIVA_EXAMINER_MENTOR_ROWS_H

#include "base/i18n.h"

/*
 * A row fits when the class is `class` (its last part: "out_of_range" of
 * "std::out_of_range") and the message holds `part`; NULL fits any. The first one that
 * fits wins; of compilers' complaints, which may be many, the one that comes first.
 */
struct mentor_row {
	const char *class, *part;
	const char *text; /* message id: what it means and the next step; NULL ends a table */
};

/* NULL when there is no such language. */
const struct mentor_row *mentor_rows_of(const char *code_language);

/* Of every language, tried before its own. */
extern const struct mentor_row mentor_rows_common[];

/* Tables of single languages. */
extern const struct mentor_row mentor_rows_python[], mentor_rows_javascript[], mentor_rows_sql[],
        mentor_rows_c[], mentor_rows_go[], mentor_rows_java[], mentor_rows_rust[];

/* Said of more than one language. */
#define MENTOR_INDEX                                                                        \
	N_("An index is outside the list: the first element has index 0, the last one the " \
	   "length minus 1. Check the bounds of the loop and what happens with an empty list.")
#define MENTOR_DIVISION                                                                  \
	N_("Something is divided by zero. Find out for which input the divisor becomes " \
	   "zero, and handle that case before the division.")
#define MENTOR_RECURSION                                                                     \
	N_("The calls nest too deep: a function calls itself without ever reaching its end " \
	   "case, or too many times. Check that every call gets closer to the end case, or " \
	   "use a loop.")
#define MENTOR_MEMORY                                                                       \
	N_("The program asked for more memory than it may use. Look for a list that grows " \
	   "without end or a table far larger than the input, and keep only what is still " \
	   "needed.")
#define MENTOR_UNKNOWN_NAME                                                                 \
	N_("A name is used that does not exist at this place. Check its spelling and that " \
	   "it is defined before this line and in the same scope.")
#define MENTOR_NOTHING_THERE                                                               \
	N_("The code uses an object where there is none: the value is empty (null, None, " \
	   "nil, undefined). Find out where it comes from, and test it before it is used.")
#define MENTOR_CONVERSION                                                                     \
	N_("A text could not be read as a number. Print the text: a space, an empty line or " \
	   "a sign that is not a digit is often in it.")
#define MENTOR_TYPES                                                                          \
	N_("The type of a value is not the one that is expected here. Compare the two types " \
	   "in the message, and convert the value or change the declaration.")
#define MENTOR_SYNTAX                                                                        \
	N_("The code cannot be read at this place: a bracket, a comma, a quotation mark or " \
	   "another sign is missing or too many. Look at this line and at the one before it.")
#define MENTOR_SEMICOLON                                                                  \
	N_("A semicolon is missing, most often at the end of the line before the one in " \
	   "the message.")
#define MENTOR_NO_RETURN                                                                \
	N_("The function can end without returning a value. Make sure that every path " \
	   "through it, also the last one, ends with a return.")
#define MENTOR_ARGUMENTS                                                                   \
	N_("A function is called with the wrong number or kind of arguments. Compare the " \
	   "call with the function's definition.")
#define MENTOR_NO_MEMBER                                                                      \
	N_("This type has no field or method of that name. Check the spelling and what type " \
	   "the value really has.")
#define MENTOR_UNSET                                                                          \
	N_("A variable is read before it has got a value. Give it one before the first use, " \
	   "on every path that leads there.")
#define MENTOR_CONSTANT                                                                      \
	N_("A value is assigned to something that was declared as unchangeable. Declare it " \
	   "as changeable, or use a new variable.")
#define MENTOR_CHANGED_IN_LOOP                                                         \
	N_("A collection is changed while a loop walks over it. Walk over a copy, or " \
	   "collect the changes and make them after the loop.")
#define MENTOR_OVERFLOW                                                                  \
	N_("A result is too large for its number type. Use a wider type, or reduce the " \
	   "numbers before they grow that far.")
#define MENTOR_ABORTED                                                                       \
	N_("The program stopped itself: a check inside it or in a library failed. The last " \
	   "line on the error output says which one.")
#define MENTOR_PLACEHOLDER                                                                 \
	N_("The place that says not implemented is still there. Put your solution in its " \
	   "place.")
#define MENTOR_ASSERTION                                                                  \
	N_("A check in your own code failed: the condition was not true for this input. " \
	   "Print the values it compares.")
#define MENTOR_NO_SUCH_KEY                                                                 \
	N_("There is no entry with this key. Ask whether the key is there before reading " \
	   "it, or give a default value.")

#endif
