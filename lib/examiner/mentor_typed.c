#include <stddef.h>

#include "examiner/mentor_rows.h"

/* C and C++, of gcc and clang. */
const struct mentor_row mentor_rows_c[] = {
	{ "SIGSEGV", NULL,
	  N_("The program touched memory that is not its own: an index outside the array, an "
	     "empty or dangling pointer, or calls that nest too deep. Check the bounds and "
	     "pointers at this place.") },
	{ "SIGBUS", NULL,
	  N_("The program touched memory that is not its own: an index outside the array, an "
	     "empty or dangling pointer, or calls that nest too deep. Check the bounds and "
	     "pointers at this place.") },
	{ "SIGFPE", NULL, MENTOR_DIVISION },
	{ "out_of_range", "sto", MENTOR_OVERFLOW },
	{ "out_of_range", NULL, MENTOR_INDEX },
	{ "bad_alloc", NULL, MENTOR_MEMORY },
	{ "invalid_argument", "sto", MENTOR_CONVERSION },
	{ "SIGABRT", "ssertion", MENTOR_ASSERTION },
	{ "SIGABRT", "free()",
	  N_("Memory was freed twice, or written beyond its end. Look at every free and at the "
	     "sizes you allocate.") },
	{ "SIGABRT", "corrupt",
	  N_("Memory was freed twice, or written beyond its end. Look at every free and at the "
	     "sizes you allocate.") },
	{ "SIGABRT", NULL, MENTOR_ABORTED },
	{ "SIGILL", NULL,
	  N_("The program reached a place that has no defined behaviour. A function that ends "
	     "without a return is a frequent reason.") },
	{ NULL, "undefined reference",
	  N_("Something is declared but never defined. Check that the function has the name and "
	     "parameters that the task asks for.") },
	{ NULL, "undeclared", MENTOR_UNKNOWN_NAME },
	{ NULL, "was not declared", MENTOR_UNKNOWN_NAME },
	{ NULL, "unknown type name",
	  N_("A type is used that is not known here. Its header is missing, or the name is "
	     "misspelt.") },
	{ NULL, "does not name a type",
	  N_("A type is used that is not known here. Its header is missing, or the name is "
	     "misspelt.") },
	{ NULL, "implicit declaration",
	  N_("A function is used that is not declared here. Include its header, or put its "
	     "definition above.") },
	{ NULL, "No such file or directory",
	  N_("This header is not there. Only the standard library is available.") },
	{ NULL, "file not found",
	  N_("This header is not there. Only the standard library is available.") },
	{ NULL, "expected ';'", MENTOR_SEMICOLON },
	{ NULL, "expected \xe2\x80\x98;\xe2\x80\x99", MENTOR_SEMICOLON },
	{ NULL, "too few arguments", MENTOR_ARGUMENTS },
	{ NULL, "too many arguments", MENTOR_ARGUMENTS },
	{ NULL, "no matching function", MENTOR_ARGUMENTS },
	{ NULL, "has no member", MENTOR_NO_MEMBER },
	{ NULL, "no member named", MENTOR_NO_MEMBER },
	{ NULL, "invalid conversion", MENTOR_TYPES },
	{ NULL, "incompatible", MENTOR_TYPES },
	{ NULL, "cannot convert", MENTOR_TYPES },
	{ NULL, "conflicting types", MENTOR_TYPES },
	{ NULL, "invalid operands", MENTOR_TYPES },
	{ NULL, "no match for", MENTOR_TYPES },
	{ NULL, "read-only", MENTOR_CONSTANT },
	{ NULL, "discards qualifiers", MENTOR_CONSTANT },
	{ NULL, "redefinition",
	  N_("The same name is defined twice. Remove or rename one of the two; main is already "
	     "there when the task asks for a function.") },
	{ NULL, "multiple definition",
	  N_("The same name is defined twice. Remove or rename one of the two; main is already "
	     "there when the task asks for a function.") },
	{ NULL, "expected ", MENTOR_SYNTAX },
	{ NULL, NULL, NULL },
};

const struct mentor_row mentor_rows_go[] = {
	{ NULL, "index out of range", MENTOR_INDEX },
	{ NULL, "slice bounds out of range", MENTOR_INDEX },
	{ NULL, "nil map",
	  N_("The map was declared but never made, so nothing can be put into it. Create it with "
	     "make first.") },
	{ NULL, "nil pointer", MENTOR_NOTHING_THERE },
	{ NULL, "divide by zero", MENTOR_DIVISION },
	{ NULL, "division by zero", MENTOR_DIVISION },
	{ NULL, "deadlock",
	  N_("Every goroutine waits for another one. Look for a channel that nobody sends to or "
	     "reads from, and for a WaitGroup that never reaches zero.") },
	{ NULL, "closed channel",
	  N_("A channel that is already closed is used for sending or is closed again. Only the "
	     "sender closes it, and once.") },
	{ NULL, "concurrent map",
	  N_("Several goroutines use one map at the same time. Protect it with a mutex, or do the "
	     "work in one goroutine.") },
	{ NULL, "interface conversion",
	  N_("The value is not of the type that is asked for. Use the form with ok, and handle the "
	     "other types.") },
	{ NULL, "makeslice", MENTOR_MEMORY },
	{ NULL, "out of memory", MENTOR_MEMORY },
	{ NULL, "stack overflow", MENTOR_RECURSION },
	{ NULL, "goroutine stack exceeds", MENTOR_RECURSION },
	{ NULL, "declared and not used",
	  N_("In Go a variable or an import that is not used is an error. Remove it, or use it.") },
	{ NULL, "declared but not used",
	  N_("In Go a variable or an import that is not used is an error. Remove it, or use it.") },
	{ NULL, "imported and not used",
	  N_("In Go a variable or an import that is not used is an error. Remove it, or use it.") },
	{ NULL, "is not in std",
	  N_("This module is not installed here. Only the standard library is there: solve the "
	     "task with it.") },
	{ NULL, "undefined: ", MENTOR_UNKNOWN_NAME },
	{ NULL, "undefined (type", MENTOR_NO_MEMBER },
	{ NULL, "missing return", MENTOR_NO_RETURN },
	{ NULL, "mismatched types", MENTOR_TYPES },
	{ NULL, "cannot use", MENTOR_TYPES },
	{ NULL, "cannot convert", MENTOR_TYPES },
	{ NULL, "not enough arguments", MENTOR_ARGUMENTS },
	{ NULL, "too many arguments", MENTOR_ARGUMENTS },
	{ NULL, "assignment mismatch",
	  N_("The number of variables on the left differs from the number of values on the right. "
	     "Print the values before they are taken apart.") },
	{ NULL, "redeclared",
	  N_("The same name is defined twice. Remove or rename one of the two; main is already "
	     "there when the task asks for a function.") },
	{ NULL, "no new variables",
	  N_("The signs := declare a new variable, and this one exists already. Assign with = "
	     "alone.") },
	{ NULL, "syntax error", MENTOR_SYNTAX },
	{ NULL, NULL, NULL },
};

const struct mentor_row mentor_rows_java[] = {
	{ "NullPointerException", NULL, MENTOR_NOTHING_THERE },
	{ "ArrayIndexOutOfBoundsException", NULL, MENTOR_INDEX },
	{ "StringIndexOutOfBoundsException", NULL, MENTOR_INDEX },
	{ "IndexOutOfBoundsException", NULL, MENTOR_INDEX },
	{ "NegativeArraySizeException", NULL,
	  N_("The length of an array must be a whole number that is not negative. Check how it is "
	     "computed.") },
	{ "ArithmeticException", "overflow", MENTOR_OVERFLOW },
	{ "ArithmeticException", NULL, MENTOR_DIVISION },
	{ "ClassCastException", NULL,
	  N_("An object is not of the class it is cast to. Test it with instanceof first, or give "
	     "the collection a type.") },
	{ "NumberFormatException", NULL, MENTOR_CONVERSION },
	{ "InputMismatchException", NULL, MENTOR_CONVERSION },
	{ "StackOverflowError", NULL, MENTOR_RECURSION },
	{ "OutOfMemoryError", NULL, MENTOR_MEMORY },
	{ "ConcurrentModificationException", NULL, MENTOR_CHANGED_IN_LOOP },
	{ "NoSuchElementException", NULL,
	  N_("An element is taken from something that is empty. Ask whether there is one before "
	     "you take it.") },
	{ "EmptyStackException", NULL,
	  N_("An element is taken from something that is empty. Ask whether there is one before "
	     "you take it.") },
	{ "UnsupportedOperationException", NULL,
	  N_("This collection cannot be changed: List.of and Arrays.asList give fixed ones. Copy "
	     "it into a new ArrayList.") },
	{ "NoSuchMethodException", NULL,
	  N_("The function that the task asks for was not found. Keep its name exactly as it is "
	     "given, and do not put it inside another one.") },
	{ NULL, "cannot find symbol", MENTOR_UNKNOWN_NAME },
	{ NULL, "missing return statement", MENTOR_NO_RETURN },
	{ NULL, "incompatible types", MENTOR_TYPES },
	{ NULL, "bad operand types", MENTOR_TYPES },
	{ NULL, "might not have been initialized", MENTOR_UNSET },
	{ NULL, "unreported exception",
	  N_("A checked exception has to be caught or declared. Put try and catch around the call, "
	     "or add throws.") },
	{ NULL, "cannot be applied to given types", MENTOR_ARGUMENTS },
	{ NULL, "no suitable method", MENTOR_ARGUMENTS },
	{ NULL, "cannot assign a value to final", MENTOR_CONSTANT },
	{ NULL, "already defined",
	  N_("The same name is defined twice. Remove or rename one of the two; main is already "
	     "there when the task asks for a function.") },
	{ NULL, "';' expected", MENTOR_SEMICOLON },
	{ NULL, "reached end of file",
	  N_("A bracket is opened and never closed. Count the brackets from the line in the "
	     "message on.") },
	{ NULL, "does not exist",
	  N_("This module is not installed here. Only the standard library is there: solve the "
	     "task with it.") },
	{ NULL, "expected", MENTOR_SYNTAX },
	{ NULL, NULL, NULL },
};

const struct mentor_row mentor_rows_rust[] = {
	{ NULL, "index out of bounds", MENTOR_INDEX },
	{ NULL, "out of range for slice", MENTOR_INDEX },
	{ NULL, "on a `None` value",
	  N_("unwrap() met None or an error. Handle that case with match, if let or unwrap_or.") },
	{ NULL, "on an `Err` value",
	  N_("unwrap() met None or an error. Handle that case with match, if let or unwrap_or.") },
	{ NULL, "divide by zero", MENTOR_DIVISION },
	{ NULL, "divisor of zero", MENTOR_DIVISION },
	{ NULL, "with overflow",
	  N_("A result does not fit its type; with unsigned types also a difference below zero. "
	     "Use a wider type or checked_ and saturating_ operations.") },
	{ NULL, "already borrowed",
	  N_("A RefCell is borrowed twice at the same time. Let the first borrow end, for example "
	     "with a block of its own.") },
	{ NULL, "already mutably borrowed",
	  N_("A RefCell is borrowed twice at the same time. Let the first borrow end, for example "
	     "with a block of its own.") },
	{ NULL, "assertion", MENTOR_ASSERTION },
	{ NULL, "stack overflow", MENTOR_RECURSION },
	{ NULL, "overflowed its stack", MENTOR_RECURSION },
	{ NULL, "capacity overflow", MENTOR_MEMORY },
	{ NULL, "memory allocation", MENTOR_MEMORY },
	{ NULL, "not implemented", MENTOR_PLACEHOLDER },
	{ NULL, "not yet implemented", MENTOR_PLACEHOLDER },
	{ NULL, "E0382",
	  N_("The value was moved away before and cannot be used again. Borrow it with &, or clone "
	     "it where it is given away.") },
	{ NULL, "E0507",
	  N_("The value was moved away before and cannot be used again. Borrow it with &, or clone "
	     "it where it is given away.") },
	{ NULL, "E0502",
	  N_("A value is changed while something else still borrows it. Let the first borrow end "
	     "before, or copy what you need.") },
	{ NULL, "E0499",
	  N_("A value is changed while something else still borrows it. Let the first borrow end "
	     "before, or copy what you need.") },
	{ NULL, "E0505",
	  N_("A value is changed while something else still borrows it. Let the first borrow end "
	     "before, or copy what you need.") },
	{ NULL, "E0506",
	  N_("A value is changed while something else still borrows it. Let the first borrow end "
	     "before, or copy what you need.") },
	{ NULL, "E0597",
	  N_("A reference lives longer than what it points to. Return the value itself, or keep "
	     "its owner alive.") },
	{ NULL, "E0106",
	  N_("A reference lives longer than what it points to. Return the value itself, or keep "
	     "its owner alive.") },
	{ NULL, "E0384",
	  N_("A variable is changed that was declared without mut. Write let mut.") },
	{ NULL, "E0596",
	  N_("A variable is changed that was declared without mut. Write let mut.") },
	{ NULL, "E0308", MENTOR_TYPES },
	{ NULL, "E0277",
	  N_("This type cannot do what is asked of it here, such as being an index or being added "
	     "to another type. An index has to be usize: convert with as.") },
	{ NULL, "E0425", MENTOR_UNKNOWN_NAME },
	{ NULL, "E0433", MENTOR_UNKNOWN_NAME },
	{ NULL, "E0432", MENTOR_UNKNOWN_NAME },
	{ NULL, "E0412", MENTOR_UNKNOWN_NAME },
	{ NULL, "E0599", MENTOR_NO_MEMBER },
	{ NULL, "E0609", MENTOR_NO_MEMBER },
	{ NULL, "E0061", MENTOR_ARGUMENTS },
	{ NULL, "E0381", MENTOR_UNSET },
	{ NULL, "E0428",
	  N_("The same name is defined twice. Remove or rename one of the two; main is already "
	     "there when the task asks for a function.") },
	{ NULL, "expected `;`", MENTOR_SEMICOLON },
	{ NULL, "unclosed delimiter",
	  N_("A bracket is opened and never closed. Count the brackets from the line in the "
	     "message on.") },
	{ NULL, "expected ", MENTOR_SYNTAX },
	{ NULL, NULL, NULL },
};
