/* The rows of a query as JSON, and the frame they go out in. */
#ifndef VIVA_JUDGE_SQL_ANSWER_H
#define VIVA_JUDGE_SQL_ANSWER_H

#include <stddef.h>

#include <sqlite3.h>

/* Appends the current row of the statement as a JSON array. */
void answer_add_row(sqlite3_str *text, sqlite3_stmt *statement);

/* Appends `len` bytes as a JSON string; what is not UTF-8, and NUL, becomes U+FFFD. */
void answer_add_string(sqlite3_str *text, const unsigned char *bytes, size_t len);

/* Writes the frame to descriptor 4. 0, or -1 when it cannot be written. */
int answer_send(const char *text, size_t len);

#endif
