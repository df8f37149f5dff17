/* Private to lib/store: how an appeal is read from a row. */
#ifndef VIVA_STORE_APPEAL_ROW_H
#define VIVA_STORE_APPEAL_ROW_H

#include "store/ruling.h"
#include "store/statement.h"

#define APPEAL_COLUMNS                                                               \
	"a.id, a.question_id, a.key_point_id, a.span_start, a.span_end, a.comment,"  \
	" a.state, a.granted, a.status_before, a.reply, a.decided_by,"               \
	" coalesce(nullif(d.full_name, ''), d.username), a.created_at, a.decided_at" \
	" FROM appeals a LEFT JOIN users d ON d.id = a.decided_by"

/* The current row, whose columns begin with these. */
struct appeal appeal_row_read(const struct statement *statement, struct arena *arena);

/* Reads all rows and closes the statement. */
enum err appeal_row_list(struct statement *statement, struct arena *arena,
                         struct appeal_list *ret_list);

#endif
