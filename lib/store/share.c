#include "store/share.h"

#include "base/clock.h"
#include "store/audit.h"
#include "store/statement.h"

#define COLUMNS                                                                             \
	"s.id, s.interview_id, s.has_transcript, s.created_at, s.expires_at, s.revoked_at," \
	" s.seen_at, s.views"

enum { COLUMN_COUNT = 8 };

static struct share read_row(const struct statement *statement, struct arena *arena)
{
	return (struct share){
		.id = column_text(statement, 0, arena),
		.interview_id = column_text(statement, 1, arena),
		.has_transcript = column_bool(statement, 2),
		.created_at = column_int64(statement, 3),
		.expires_at = column_int64(statement, 4),
		.revoked_at = column_int64(statement, 5),
		.seen_at = column_int64(statement, 6),
		.views = column_int64(statement, 7),
	};
}

/* The link's id opens the report, so the log of who did what names the interview instead. */
static enum err note(struct store *store, const char *owner_id, const char *action,
                     const struct share *share)
{
	const struct audit_entry entry = {
		.actor_id = owner_id,
		.action = action,
		.subject = { AUDIT_INTERVIEW, share->interview_id },
		.details = share->has_transcript ? "{\"transcript\":true}" : NULL,
	};

	return audit_add(store, &entry);
}

/* Why nothing was added. */
static enum err refusal(struct store *store, const char *owner_id, const struct share *share)
{
	struct statement *statement;
	enum err err = statement_first(store,
	                               "SELECT 1 FROM interviews WHERE id = $1 AND owner_id = $2"
	                               " AND status = 'completed'",
	                               VALUES(val_text(share->interview_id), val_text(owner_id)),
	                               &statement);

	if (err == OK)
		err = statement_close(statement);
	return err == OK ? ERR_LIMITED : err;
}

static enum err insert(struct store *store, const char *owner_id, const struct share *share)
{
	enum err err = statement_change(
	        store,
	        "INSERT INTO shares (id, interview_id, has_transcript, created_at, expires_at)"
	        " SELECT $1, i.id, $2, $3, $4 FROM interviews i"
	        " WHERE i.id = $5 AND i.owner_id = $6 AND i.status = 'completed'"
	        " AND (SELECT count(*) FROM shares s WHERE s.interview_id = i.id"
	        " AND s.revoked_at IS NULL AND s.expires_at > $3) < $7",
	        VALUES(val_text(share->id), val_int(share->has_transcript),
	               val_int(share->created_at), val_int(share->expires_at),
	               val_text(share->interview_id), val_text(owner_id), val_int(SHARES_MAX)));

	return err == ERR_NOT_FOUND ? refusal(store, owner_id, share) : err;
}

enum err share_add(struct store *store, const char *owner_id, struct share *share)
{
	struct share added = *share;
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	added.created_at = clock_now_ms();
	err = insert(store, owner_id, &added);
	if (err == OK)
		err = note(store, owner_id, "share.create", &added);
	err = store_leave(store, own, err);
	if (err == OK)
		*share = added;
	return err;
}

enum err share_list(struct store *store, struct arena *arena, const char *interview_id,
                    struct share_list *ret_list)
{
	struct share_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT " COLUMNS " FROM shares s WHERE s.interview_id = $1"
	                              " ORDER BY s.created_at DESC, s.id",
	                              VALUES(val_text(interview_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_row(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err share_revoke(struct store *store, const char *owner_id, const struct share *share)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_change(store,
	                       "UPDATE shares SET revoked_at = $1"
	                       " WHERE id = $2 AND revoked_at IS NULL AND interview_id IN"
	                       " (SELECT id FROM interviews WHERE id = $3 AND owner_id = $4)",
	                       VALUES(val_int(clock_now_ms()), val_text(share->id),
	                              val_text(share->interview_id), val_text(owner_id)));
	if (err == OK)
		err = note(store, owner_id, "share.revoke", share);
	return store_leave(store, own, err);
}

enum err share_open(struct store *store, struct arena *arena, const char *id,
                    struct share *ret_share, const char **ret_owner_id)
{
	struct statement *statement;
	struct share share;
	const char *owner_id;
	enum err err = statement_first(store,
	                               "SELECT " COLUMNS ", i.owner_id FROM shares s"
	                               " JOIN interviews i ON i.id = s.interview_id"
	                               " JOIN users u ON u.id = i.owner_id"
	                               " WHERE s.id = $1 AND s.revoked_at IS NULL"
	                               " AND s.expires_at > $2 AND u.disabled_at IS NULL",
	                               VALUES(val_text(id), val_int(clock_now_ms())), &statement);

	if (err != OK)
		return err;
	share = read_row(statement, arena);
	owner_id = column_text(statement, COLUMN_COUNT, arena);
	err = statement_close(statement);
	if (err != OK)
		return err;
	*ret_share = share;
	*ret_owner_id = owner_id;
	return OK;
}

void share_note_view(struct store *store, const char *id)
{
	statement_note(store, "UPDATE shares SET views = views + 1, seen_at = $1 WHERE id = $2",
	               VALUES(val_int(clock_now_ms()), val_text(id)));
}
