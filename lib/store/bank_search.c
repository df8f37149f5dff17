#include "store/bank_search.h"

#include <string.h>

#include "base/buf.h"
#include "store/statement.h"

/* FTS5 is SQLite's own; this file is where another database has other words for it. */

enum { PREFIX_LEAST = 3 };

enum err bank_search_stale(struct store *store, struct arena *arena, const char *version,
                           struct bank_words_list *ret_list)
{
	struct bank_words_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT b.id, b.body FROM bank_questions b INDEXED BY bank_outlines"
	        " LEFT JOIN bank_searched s ON s.bank_id = b.id"
	        " WHERE s.made_of IS NULL OR s.made_of <> b.body_hash || $1 ORDER BY b.id",
	        VALUES(val_text(version)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct bank_words){
			.bank_id = column_text(statement, 0, arena),
			.body = column_text(statement, 1, arena),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

/* The number of the question's entries, given when it is entered first. */
static enum err number_of(struct store *store, const char *bank_id, const char *version,
                          int64_t *ret_number)
{
	return statement_int64(
	        store,
	        "INSERT INTO bank_searched (bank_id, made_of)"
	        " SELECT id, body_hash || $1 FROM bank_questions WHERE id = $2"
	        " ON CONFLICT (bank_id) DO UPDATE SET made_of = excluded.made_of RETURNING number",
	        VALUES(val_text(version), val_text(bank_id)), ret_number);
}

enum err bank_search_enter(struct store *store, const struct bank_words *words, const char *version)
{
	int64_t number = 0;
	enum err err = number_of(store, words->bank_id, version, &number);

	for (enum language language = 0; err == OK && language < LANG_COUNT; language++) {
		const int64_t place = number * LANG_COUNT + (int64_t)language;

		err = statement_run(store, "DELETE FROM bank_search WHERE rowid = $1",
		                    VALUES(val_int(place)));
		if (err == OK)
			err = statement_run(
			        store,
			        "INSERT INTO bank_search (rowid, bank_id, language, words)"
			        " VALUES ($1, $2, $3, $4)",
			        VALUES(val_int(place), val_text(words->bank_id),
			               val_text(language_code(language)),
			               val_text(words->words[language])));
	}
	return err;
}

/* Each stem once, as a string of the index's language; quotes are no part of stems. */
static const char *query_of(struct arena *arena, const char *stems, const char *between)
{
	struct buf query;
	size_t len = 0;

	buf_init(&query, arena);
	for (; *stems != '\0'; stems += len + (stems[len] == ' ')) {
		const char *word;

		len = strcspn(stems, " ");
		word = arena_printf(arena, "\"%.*s\"", (int)len, stems);
		if (len == 0 || strchr(word + 1, '"') != word + 1 + len ||
		    (query.len > 0 && strstr(query.data, word) != NULL))
			continue;
		buf_printf(&query, "%s%s", query.len > 0 ? between : "", word);
	}
	return query.len > 0 ? query.data : "\"\"";
}

const char *bank_search_all(struct arena *arena, const char *stems)
{
	const char *query = query_of(arena, stems, " ");
	const size_t len = strlen(query);

	return len >= PREFIX_LEAST + 2 ? arena_printf(arena, "%s*", query) : query;
}

const char *bank_search_any(struct arena *arena, const char *stems)
{
	return query_of(arena, stems, " OR ");
}

enum err bank_search_like(struct store *store, struct arena *arena,
                          const struct bank_likeness_query *query,
                          struct bank_likeness_list *ret_list)
{
	struct bank_likeness_list list = { 0 };
	struct statement *statement;
	enum err err = statement_open(
	        store,
	        "SELECT s.bank_id, -s.rank, EXISTS (SELECT 1 FROM edition_questions e"
	        " WHERE e.role_id = $1 AND e.number = (SELECT max(number) FROM editions"
	        " WHERE role_id = $1) AND e.question_id = s.bank_id)"
	        " FROM bank_search s JOIN bank_questions b INDEXED BY bank_outlines"
	        " ON b.id = s.bank_id AND b.enabled = 1 AND b.q_type = $2"
	        " WHERE s.bank_search MATCH $3 AND s.language = $4"
	        " ORDER BY s.rank, s.bank_id LIMIT $5",
	        VALUES(val_text(query->role_id), val_text(query->q_type), val_text(query->search),
	               val_text(language_code(query->language)), val_int(query->most)),
	        &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = (struct bank_likeness){
			.bank_id = column_text(statement, 0, arena),
			.score = column_real(statement, 1),
			.of_role = column_bool(statement, 2),
		};
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}
