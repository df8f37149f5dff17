#include <stddef.h>

#include "examiner/mentor_rows.h"

const struct mentor_row mentor_rows_python[] = {
	{ "NameError", NULL, MENTOR_UNKNOWN_NAME },
	{ "UnboundLocalError", NULL,
	  N_("A variable of the function is read before it has got a value. An assignment "
	     "anywhere in a function makes the name local; give it a value first.") },
	{ "TypeError", "missing ",
	  N_("A function got fewer arguments than it needs. Compare the call with the line that "
	     "begins with def.") },
	{ "TypeError", "positional argument", MENTOR_ARGUMENTS },
	{ "TypeError", "unexpected keyword argument", MENTOR_ARGUMENTS },
	{ "TypeError", "NoneType", MENTOR_NOTHING_THERE },
	{ "TypeError", "unsupported operand",
	  N_("This operation does not work between these two types, such as a number and a "
	     "text. Print the types of both sides, and convert one of them.") },
	{ "TypeError", "can only concatenate",
	  N_("Only texts can be joined with a text, and lists with a list. Convert the other "
	     "value first, for example with str().") },
	{ "TypeError", "not supported between instances",
	  N_("Values of these two types cannot be compared. Check what the list or variable "
	     "holds; None among numbers is a frequent reason.") },
	{ "TypeError", "not subscriptable",
	  N_("Square brackets are used on a value that has no elements. Check what this variable "
	     "really holds: it may be a number or a function.") },
	{ "TypeError", "not callable",
	  N_("Something that is not a function is called with brackets. A variable may have the "
	     "name of a function, or an operator is missing before the bracket.") },
	{ "TypeError", "not iterable",
	  N_("A loop walks over a value that is not a list or another sequence. If it is a "
	     "number, range() may be missing.") },
	{ "TypeError", "unhashable",
	  N_("A list or another changeable value is used as a key or as an element of a set. Turn "
	     "it into a tuple first.") },
	{ "TypeError", "indices must be integers",
	  N_("An index has to be a whole number. Use // instead of / when you compute it.") },
	{ "TypeError", "cannot be interpreted as an integer",
	  N_("An index has to be a whole number. Use // instead of / when you compute it.") },
	{ "TypeError", NULL,
	  N_("A value has a type that does not fit this operation. Print type() of the values on "
	     "this line and compare it with what you expect.") },
	{ "IndexError", NULL, MENTOR_INDEX },
	{ "KeyError", NULL, MENTOR_NO_SUCH_KEY },
	{ "ValueError", "invalid literal", MENTOR_CONVERSION },
	{ "ValueError", "could not convert", MENTOR_CONVERSION },
	{ "ValueError", "unpack",
	  N_("The number of variables on the left differs from the number of values on the right. "
	     "Print the values before they are taken apart.") },
	{ "ValueError", "not in list",
	  N_("The value that is looked for is not in the list. Ask with in before you call index() "
	     "or remove().") },
	{ "ValueError", "empty",
	  N_("This function cannot work on an empty sequence. Handle the empty case first.") },
	{ "ValueError", NULL,
	  N_("The type is right but the value is not allowed here. Read the message, and check the "
	     "value just before this line.") },
	{ "ZeroDivisionError", NULL, MENTOR_DIVISION },
	{ "AttributeError", "NoneType", MENTOR_NOTHING_THERE },
	{ "AttributeError", NULL, MENTOR_NO_MEMBER },
	{ "RecursionError", NULL, MENTOR_RECURSION },
	{ "MemoryError", NULL, MENTOR_MEMORY },
	{ "IndentationError", NULL,
	  N_("The indentation does not fit: lines of one block must begin at the same column, and "
	     "a block follows every line that ends with a colon.") },
	{ "TabError", NULL,
	  N_("Tabs and spaces are mixed in the indentation. Use four spaces everywhere.") },
	{ "SyntaxError", "expected ':'",
	  N_("A colon is missing at the end of the line with if, for, while, def or class.") },
	{ "SyntaxError", "never closed",
	  N_("A bracket is opened and never closed. Count the brackets from the line in the "
	     "message on.") },
	{ "SyntaxError", "unterminated",
	  N_("A text begins with a quotation mark and never ends. Close it with the same mark on "
	     "the same line.") },
	{ "SyntaxError", NULL, MENTOR_SYNTAX },
	{ "ModuleNotFoundError", NULL,
	  N_("This module is not installed here. Only the standard library is there: solve the "
	     "task with it.") },
	{ "ImportError", NULL,
	  N_("The module has nothing of this name. Check the spelling of what is imported.") },
	{ "StopIteration", NULL,
	  N_("next() was called although nothing was left. Use a for loop, or give next() a "
	     "default value.") },
	{ "OverflowError", NULL, MENTOR_OVERFLOW },
	{ "AssertionError", NULL, MENTOR_ASSERTION },
	{ "UnicodeDecodeError", NULL,
	  N_("Bytes and text do not fit together. Say the encoding, utf-8, where you convert one "
	     "into the other.") },
	{ "UnicodeEncodeError", NULL,
	  N_("Bytes and text do not fit together. Say the encoding, utf-8, where you convert one "
	     "into the other.") },
	{ "EOFError", NULL,
	  N_("The program reads more input than there is. Check how many lines the task gives, "
	     "and read no more than these.") },
	{ "RuntimeError", "changed size during iteration", MENTOR_CHANGED_IN_LOOP },
	{ "RuntimeError", "changed during iteration", MENTOR_CHANGED_IN_LOOP },
	{ "PermissionError", NULL,
	  N_("The program tried something that is not allowed here, such as files, the network or "
	     "other processes. The task needs none of these.") },
	{ "NotImplementedError", NULL, MENTOR_PLACEHOLDER },
	{ NULL, NULL, NULL },
};

const struct mentor_row mentor_rows_javascript[] = {
	{ "ReferenceError", "before initialization",
	  N_("A variable declared with let or const is used above its declaration. Move the "
	     "declaration up.") },
	{ "ReferenceError", NULL, MENTOR_UNKNOWN_NAME },
	{ "TypeError", "of undefined", MENTOR_NOTHING_THERE },
	{ "TypeError", "of null", MENTOR_NOTHING_THERE },
	{ "TypeError", "undefined or null", MENTOR_NOTHING_THERE },
	{ "TypeError", "BigInt",
	  N_("BigInt and ordinary numbers cannot be mixed in one operation. Convert one of them "
	     "with BigInt() or Number().") },
	{ "TypeError", "is not a function",
	  N_("Something that is not a function is called. Check the spelling of the method, and "
	     "that the value is of the type that has it.") },
	{ "TypeError", "not iterable",
	  N_("A loop or the three dots walk over a value that is not a list. For an object use "
	     "Object.keys() or Object.entries().") },
	{ "TypeError", "constant variable", MENTOR_CONSTANT },
	{ "TypeError", "circular structure",
	  N_("The answer contains itself, so it cannot be written down. Return plain values "
	     "only.") },
	{ "RangeError", "call stack", MENTOR_RECURSION },
	{ "RangeError", "array length",
	  N_("The length of an array must be a whole number that is not negative. Check how it is "
	     "computed.") },
	{ "RangeError", "string length", MENTOR_MEMORY },
	{ "RangeError", "Map maximum size", MENTOR_MEMORY },
	{ "RangeError", "Division by zero", MENTOR_DIVISION },
	{ "RangeError", NULL,
	  N_("A number is outside the range that is allowed here. Print it just before this "
	     "line.") },
	{ "SyntaxError", "JSON",
	  N_("The text that is parsed is not valid JSON. Print it first: it may be empty.") },
	{ "SyntaxError", "already been declared",
	  N_("The same name is declared twice. Rename one of the two, or assign without let or "
	     "const.") },
	{ "SyntaxError", NULL, MENTOR_SYNTAX },
	{ NULL, "heap out of memory", MENTOR_MEMORY },
	{ "ERR_UNHANDLED_REJECTION", NULL,
	  N_("A promise failed and nobody caught it. Use await with try and catch around it.") },
	{ NULL, "nhandled",
	  N_("A promise failed and nobody caught it. Use await with try and catch around it.") },
	{ "NoAnswer", "never settled",
	  N_("The promise that the function returned was never settled. Make sure that resolve is "
	     "called on every path.") },
	{ "Uncaught", NULL,
	  N_("The code threw a value that is not an error. Find the throw, and ask for which input "
	     "it is reached.") },
	{ "TypeError", NULL,
	  N_("A value is not of the type that this operation needs. Print it with console.log just "
	     "before this line.") },
	{ NULL, NULL, NULL },
};

const struct mentor_row mentor_rows_sql[] = {
	{ NULL, "no such table",
	  N_("There is no table of this name. Compare the name with the tables in the task.") },
	{ NULL, "no such column",
	  N_("There is no column of this name here. Compare it with the task's tables; a text has "
	     "to stand in single quotation marks.") },
	{ NULL, "no such function",
	  N_("SQLite has no function of this name. Other databases may have it: look for SQLite's "
	     "own way.") },
	{ NULL, "ambiguous column",
	  N_("Several of the joined tables have a column of this name. Write the table's name or "
	     "alias and a point before it.") },
	{ NULL, "misuse of aggregate",
	  N_("COUNT, SUM and the like cannot stand in WHERE. Filter groups with HAVING, after "
	     "GROUP BY.") },
	{ NULL, "wrong number of arguments", MENTOR_ARGUMENTS },
	{ NULL, "same number of result columns",
	  N_("The queries that are joined by UNION must have the same number of columns.") },
	{ NULL, "incomplete input",
	  N_("The statement breaks off too early: a bracket, a quotation mark or the rest of a "
	     "clause is missing at its end.") },
	{ NULL, "syntax error",
	  N_("The statement cannot be read from the quoted word on. Look right before it: a comma "
	     "too many, a missing keyword, or clauses in the wrong order.") },
	{ NULL, "unrecognized token",
	  N_("A sign does not belong here, most often a quotation mark that is never closed.") },
	{ NULL, "UNIQUE constraint",
	  N_("A rule of the table forbids this row, such as a value that has to be unique or may "
	     "not be empty.") },
	{ NULL, "constraint failed",
	  N_("A rule of the table forbids this row, such as a value that has to be unique or may "
	     "not be empty.") },
	{ NULL, "not authorized",
	  N_("This statement is not allowed here. The task is solved with a query alone.") },
	{ NULL, "readonly",
	  N_("This statement is not allowed here. The task is solved with a query alone.") },
	{ NULL, "one statement",
	  N_("Only one statement is expected. Put the steps together with WITH or subqueries.") },
	{ NULL, NULL, NULL },
};
