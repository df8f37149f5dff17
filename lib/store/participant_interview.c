#include "store/participant.h"
#include "store/statement.h"

enum err participant_invitation(struct store *store, struct arena *arena, const char *id,
                                const char **ret_title)
{
	return statement_text(store, arena, "SELECT title FROM invitations WHERE id = $1",
	                      VALUES(val_text(id)), ret_title);
}

enum err participant_interview(struct store *store, struct arena *arena, const char *id,
                               struct participant_interview *ret_interview)
{
	struct participant_interview interview;
	struct statement *statement;
	enum err err = statement_first(
	        store,
	        "SELECT n.id, n.title, CASE WHEN i.status = 'completed' THEN (SELECT count(*)"
	        " FROM questions q WHERE q.interview_id = i.id AND q.state = 'unanswered'"
	        " AND q.asked_at IS NULL) ELSE 0 END FROM interviews i"
	        " LEFT JOIN invitations n ON n.id = i.invitation_id WHERE i.id = $1",
	        VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	interview.invitation_id = column_text(statement, 0, arena);
	interview.invitation_title = column_text(statement, 1, arena);
	interview.never_asked = column_int(statement, 2);
	err = statement_close(statement);
	if (err == OK)
		*ret_interview = interview;
	return err;
}
