#include "store/invitation.h"

#include "base/clock.h"
#include "store/statement.h"

enum { MOST_PAGE = 1000 };

#define STORED                                                                          \
	"id, token, title, role_id, level, type, language, edition, coding_percent,"    \
	" code_language, time_limit_min, job_description, most_uses, uses, created_by," \
	" nonce, created_at, expires_at, revoked_at"

#define SELECT_INVITATIONS                                                              \
	"SELECT v.id, v.token, v.title, v.role_id, v.level, v.type, v.language,"        \
	" v.edition, v.coding_percent, v.code_language, v.time_limit_min,"              \
	" v.job_description, v.most_uses, v.uses, v.created_by, v.nonce, v.created_at," \
	" v.expires_at, v.revoked_at, r.title_en, r.title_ru, r.title_uk,"              \
	" (SELECT count(*) FROM invitation_questions q WHERE q.invitation_id = v.id),"  \
	" (SELECT count(*) FROM invitation_questions q WHERE q.invitation_id = v.id"    \
	" AND q.q_type = 'coding')"                                                     \
	" FROM invitations v JOIN roles r ON r.id = v.role_id"

static struct invitation read_invitation(const struct statement *statement, struct arena *arena)
{
	struct invitation invitation = {
		.id = column_text(statement, 0, arena),
		.token = column_text(statement, 1, arena),
		.title = column_text(statement, 2, arena),
		.role_id = column_text(statement, 3, arena),
		.level = column_text(statement, 4, arena),
		.type = column_text(statement, 5, arena),
		.edition = column_int(statement, 7),
		.coding_percent = column_int(statement, 8),
		.code_language = column_text(statement, 9, arena),
		.time_limit_min = column_int(statement, 10),
		.job_description = column_text(statement, 11, arena),
		.most_uses = column_int(statement, 12),
		.uses = column_int(statement, 13),
		.created_by = column_text(statement, 14, arena),
		.nonce = column_text(statement, 15, arena),
		.created_at = column_int64(statement, 16),
		.expires_at = column_int64(statement, 17),
		.revoked_at = column_int64(statement, 18),
		.role_title = { [LANG_EN] = column_text(statement, 19, arena),
		                [LANG_RU] = column_text(statement, 20, arena),
		                [LANG_UK] = column_text(statement, 21, arena) },
		.question_count = column_int(statement, 22),
		.coding_count = column_int(statement, 23),
	};

	language_parse(column_text(statement, 6, arena), &invitation.language);
	return invitation;
}

static enum err find(struct store *store, struct arena *arena, const char *sql, const char *key,
                     struct invitation *ret_invitation)
{
	struct statement *statement;
	struct invitation invitation;
	enum err err = statement_first(store, sql, VALUES(val_text(key)), &statement);

	if (err != OK)
		return err;
	invitation = read_invitation(statement, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_invitation = invitation;
	return err;
}

enum err invitation_by_id(struct store *store, struct arena *arena, const char *id,
                          struct invitation *ret_invitation)
{
	return find(store, arena, SELECT_INVITATIONS " WHERE v.id = $1", id, ret_invitation);
}

enum err invitation_by_token(struct store *store, struct arena *arena, const char *token,
                             struct invitation *ret_invitation)
{
	return find(store, arena, SELECT_INVITATIONS " WHERE v.token = $1", token, ret_invitation);
}

/* --- making one ------------------------------------------------------------------- */

/* Two random UUIDs without their dashes: 244 bits that nobody guesses. */
static char *new_token(struct arena *arena)
{
	const char *text = arena_printf(arena, "%s%s", store_new_id(arena), store_new_id(arena));
	char *token = arena_alloc(arena, strlen(text) + 1), *end = token;

	for (; *text != '\0'; text++)
		if (*text != '-')
			*end++ = *text;
	*end = '\0';
	return token;
}

static enum err insert(struct store *store, const struct invitation *invitation)
{
	return statement_change(
	        store,
	        "INSERT INTO invitations (" STORED ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
	        " $10, $11, $12, $13, 0, $14, $15, $16, $17, NULL) ON CONFLICT (nonce) DO NOTHING",
	        VALUES(val_text(invitation->id), val_text(invitation->token),
	               val_text(invitation->title), val_text(invitation->role_id),
	               val_text(invitation->level), val_text(invitation->type),
	               val_text(language_code(invitation->language)), val_int(invitation->edition),
	               val_int(invitation->coding_percent), val_text(invitation->code_language),
	               val_int(invitation->time_limit_min), val_text(invitation->job_description),
	               val_int(invitation->most_uses), val_text(invitation->created_by),
	               val_text(invitation->nonce), val_int(invitation->created_at),
	               val_int(invitation->expires_at)));
}

static enum err insert_questions(struct store *store, const char *id,
                                 const struct invited_question_list *questions)
{
	enum err err = OK;

	for (size_t i = 0; err == OK && i < questions->count; i++) {
		const struct invited_question *question = &questions->items[i];

		err = statement_run(
		        store,
		        "INSERT INTO invitation_questions (invitation_id, position, bank_id,"
		        " q_type, category, snapshot) VALUES ($1, $2, $3, $4, $5, $6)",
		        VALUES(val_text(id), val_int((int64_t)i + 1), val_text(question->bank_id),
		               val_text(question->q_type), val_text(question->category),
		               val_text(question->snapshot)));
	}
	return err;
}

static enum err add_all(struct store *store, const struct invitation *invitation,
                        const struct invited_question_list *questions)
{
	bool own;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = insert(store, invitation);
	if (err == OK)
		err = insert_questions(store, invitation->id, questions);
	return store_leave(store, own, err);
}

enum err invitation_add(struct store *store, struct arena *arena, struct invitation *invitation,
                        const struct invited_question_list *questions)
{
	struct invitation added = *invitation, earlier;
	enum err err;

	added.id = store_new_id(arena);
	added.token = new_token(arena);
	added.created_at = clock_now_ms();
	added.uses = 0;
	added.revoked_at = 0;
	added.question_count = (int)questions->count;
	err = add_all(store, &added, questions);
	if (err == OK) {
		*invitation = added;
		return OK;
	}
	if (err != ERR_NOT_FOUND)
		return err;
	err = find(store, arena, SELECT_INVITATIONS " WHERE v.nonce = $1", invitation->nonce,
	           &earlier);
	if (err != OK)
		return err;
	invitation->id = earlier.id;
	return ERR_CONFLICT;
}

/* --- reading ------------------------------------------------------------------------ */

static bool is_page(struct invitation_page page)
{
	return page.number >= 1 && page.size >= 1 && page.size <= MOST_PAGE;
}

enum err invitation_list(struct store *store, struct arena *arena, struct invitation_page page,
                         struct invitation_list *ret_list)
{
	struct invitation_list list = { 0 };
	struct statement *statement;
	enum err err;

	if (!is_page(page))
		return ERR_INVALID;
	err = statement_int(store, "SELECT count(*) FROM invitations", NULL, &list.total);
	if (err == OK)
		err = statement_open(
		        store,
		        SELECT_INVITATIONS " ORDER BY v.created_at DESC, v.id LIMIT $1 OFFSET $2",
		        VALUES(val_int(page.size), val_int((int64_t)(page.number - 1) * page.size)),
		        &statement);
	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_invitation(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

enum err invitation_questions(struct store *store, struct arena *arena, const char *id,
                              struct invited_question_list *ret_list)
{
	struct invited_question_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(store,
	                              "SELECT bank_id, q_type, category, snapshot"
	                              " FROM invitation_questions WHERE invitation_id = $1"
	                              " ORDER BY position",
	                              VALUES(val_text(id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct invited_question){
			.bank_id = column_text(statement, 0, arena),
			.q_type = column_text(statement, 1, arena),
			.category = column_text(statement, 2, arena),
			.snapshot = column_text(statement, 3, arena),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

/* --- what becomes of it ------------------------------------------------------------- */

enum err invitation_revoke(struct store *store, const char *id, int64_t now)
{
	int found;
	enum err err = statement_change(store,
	                                "UPDATE invitations SET revoked_at = $1"
	                                " WHERE id = $2 AND revoked_at IS NULL",
	                                VALUES(val_int(now), val_text(id)));

	if (err != ERR_NOT_FOUND)
		return err;
	err = statement_int(store, "SELECT count(*) FROM invitations WHERE id = $1",
	                    VALUES(val_text(id)), &found);
	if (err != OK)
		return err;
	return found > 0 ? ERR_CONFLICT : ERR_NOT_FOUND;
}

enum invitation_state invitation_state(const struct invitation *invitation, int64_t now)
{
	if (invitation->revoked_at > 0)
		return INVITATION_REVOKED;
	if (invitation->expires_at <= now)
		return INVITATION_EXPIRED;
	if (invitation->most_uses > 0 && invitation->uses >= invitation->most_uses)
		return INVITATION_USED_UP;
	return INVITATION_OPEN;
}

enum err invitation_take(struct store *store, const char *id, const char *user_id, int64_t now)
{
	enum err err = statement_change(store,
	                                "UPDATE invitations SET uses = uses + 1 WHERE id = $1"
	                                " AND revoked_at IS NULL AND expires_at > $2"
	                                " AND (most_uses = 0 OR uses < most_uses)",
	                                VALUES(val_text(id), val_int(now)));

	if (err == ERR_NOT_FOUND)
		return ERR_CONFLICT;
	if (err != OK)
		return err;
	return statement_run(store,
	                     "INSERT INTO invitation_uses (invitation_id, user_id, used_at)"
	                     " VALUES ($1, $2, $3)",
	                     VALUES(val_text(id), val_text(user_id), val_int(now)));
}

enum err invitation_interview(struct store *store, struct arena *arena, const char *id,
                              const char *user_id, const char **ret_interview_id)
{
	return statement_text(store, arena,
	                      "SELECT i.id FROM invitation_uses u LEFT JOIN interviews i"
	                      " ON i.invitation_id = u.invitation_id"
	                      " AND i.owner_id = u.user_id"
	                      " WHERE u.invitation_id = $1 AND u.user_id = $2",
	                      VALUES(val_text(id), val_text(user_id)), ret_interview_id);
}

static struct invitation_guest read_guest(const struct statement *statement, struct arena *arena)
{
	return (struct invitation_guest){
		.user_id = column_text(statement, 0, arena),
		.username = column_text(statement, 1, arena),
		.full_name = column_text(statement, 2, arena),
		.interview_id = column_text(statement, 3, arena),
		.status = column_text(statement, 4, arena),
		.used_at = column_int64(statement, 5),
		.finished_at = column_int64(statement, 6),
		.has_report = !column_is_null(statement, 7),
		.total_score = column_real(statement, 7),
		.max_score = column_real(statement, 8),
	};
}

enum err invitation_guests(struct store *store, struct arena *arena, const char *id,
                           struct invitation_page page, struct invitation_guest_list *ret_list)
{
	struct invitation_guest_list list = { 0 };
	struct statement *statement;
	enum err err;

	if (!is_page(page))
		return ERR_INVALID;
	err = statement_int(store, "SELECT count(*) FROM invitation_uses WHERE invitation_id = $1",
	                    VALUES(val_text(id)), &list.total);
	if (err == OK)
		err = statement_open(
		        store,
		        "SELECT p.id, p.username, p.full_name, i.id, i.status, u.used_at,"
		        " i.finished_at, r.total_score, r.max_score"
		        " FROM invitation_uses u JOIN users p ON p.id = u.user_id"
		        " LEFT JOIN interviews i ON i.invitation_id = u.invitation_id"
		        " AND i.owner_id = u.user_id"
		        " LEFT JOIN reports r ON r.interview_id = i.id"
		        " WHERE u.invitation_id = $1 ORDER BY u.used_at, u.user_id"
		        " LIMIT $2 OFFSET $3",
		        VALUES(val_text(id), val_int(page.size),
		               val_int((int64_t)(page.number - 1) * page.size)),
		        &statement);
	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = read_guest(statement, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
