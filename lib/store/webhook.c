#include "store/webhook.h"

#include <math.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "store/statement.h"

#define EVENT "interview.completed"

enum { MOST_PAGE = 1000 };

static bool is_configured(void)
{
	return config()->webhook_url[0] != '\0' && config()->webhook_secret[0] != '\0';
}

/* --- what is told --------------------------------------------------------------- */

static void set_time(struct arena *arena, cJSON *object, const char *name, int64_t ms)
{
	json_set_string(object, name, ms > 0 ? clock_iso(arena, ms) : NULL);
}

static void copy_number(cJSON *to, const char *name, const cJSON *from, const char *its_name)
{
	json_set_number(to, name, json_number(from, its_name, NAN));
}

/* The engine that graded most; NULL: nothing was graded. */
static const char *engine_of(const cJSON *document)
{
	const cJSON *engine;
	const char *name = NULL;
	double most = 0;

	cJSON_ArrayForEach(engine, json_get(json_get(document, "scoring"), "engines"))
	{
		const double questions = json_number(engine, "questions", 0);

		if (questions > most)
			name = json_string(engine, "engine", NULL);
		most = fmax(most, questions);
	}
	return name;
}

static void add_results(cJSON *data, const struct report_row *report)
{
	static const char *const counts[] = { "questions", "answered",   "skipped",
		                              "dont_know", "unanswered", "hints_used" };
	cJSON *document = NULL, *overall = json_set_object(data, "overall");
	cJSON *totals = json_set_object(data, "totals");

	if (json_parse(report->body, strlen(report->body), &document) != OK)
		document = NULL;
	json_set_number(overall, "score", report->total_score);
	json_set_number(overall, "max_score", report->max_score);
	copy_number(overall, "ratio", json_get(json_get(document, "metrics"), "overall"),
	            "score_ratio");
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		copy_number(totals, counts[i], json_get(document, "status"), counts[i]);
	json_set_string(data, "engine", engine_of(document));
}

static const char *body_of(struct arena *arena, const struct statement *statement,
                           const struct report_row *report)
{
	cJSON *event = cJSON_CreateObject(), *data, *owner;
	const int64_t finished_at = column_int64(statement, 8);

	json_set_string(event, "type", EVENT);
	set_time(arena, event, "timestamp", finished_at > 0 ? finished_at : report->created_at);
	data = json_set_object(event, "data");
	json_set_string(data, "interview_id", report->interview_id);
	json_set_string(data, "report_id", report->id);
	owner = json_set_object(data, "owner");
	json_set_string(owner, "id", column_text(statement, 0, arena));
	json_set_string(owner, "username", column_text(statement, 1, arena));
	json_set_string(owner, "full_name", column_text(statement, 2, arena));
	json_set_string(data, "role", column_text(statement, 3, arena));
	json_set_string(data, "level", column_text(statement, 4, arena));
	json_set_string(data, "type", column_text(statement, 5, arena));
	json_set_string(data, "language", column_text(statement, 6, arena));
	set_time(arena, data, "created_at", column_int64(statement, 7));
	set_time(arena, data, "finished_at", finished_at);
	add_results(data, report);
	json_set_string(
	        data, "report_url",
	        arena_printf(arena, "%s/reports/%s", config()->base_path, report->interview_id));
	return json_text(event);
}

static enum err read_body(struct store *store, struct arena *arena, const struct report_row *report,
                          const char **ret_body)
{
	struct statement *statement;
	const char *body;
	enum err err = statement_first(store,
	                               "SELECT u.id, u.username, u.full_name, i.role_id, i.level,"
	                               " i.type, i.language, i.created_at, i.finished_at"
	                               " FROM interviews i JOIN users u ON u.id = i.owner_id"
	                               " WHERE i.id = $1",
	                               VALUES(val_text(report->interview_id)), &statement);

	if (err != OK)
		return err;
	body = body_of(arena, statement, report);
	err = statement_close(statement);
	if (err == OK)
		*ret_body = body;
	return err;
}

enum err webhook_add(struct store *store, struct arena *arena, const struct report_row *report)
{
	const char *body;
	enum err err;

	if (!is_configured())
		return OK;
	err = read_body(store, arena, report, &body);
	if (err != OK)
		return err;
	return statement_run(store,
	                     "INSERT INTO webhook_deliveries (id, interview_id, event, body, state,"
	                     " next_at, created_at) VALUES ($1, $2, '" EVENT "', $3, 'waiting', $4,"
	                     " $5) ON CONFLICT (interview_id, event) DO NOTHING",
	                     VALUES(val_text(store_new_id(arena)), val_text(report->interview_id),
	                            val_text(body), val_int(report->created_at),
	                            val_int(report->created_at)));
}

/* --- sending -------------------------------------------------------------------- */

#define COLUMNS                                                                          \
	"d.id, d.interview_id, d.event, d.state, d.tries, d.next_at, d.status, d.error," \
	" d.created_at, d.delivered_at"

static struct webhook_delivery read_delivery(const struct statement *statement, struct arena *arena)
{
	return (struct webhook_delivery){
		.id = column_text(statement, 0, arena),
		.interview_id = column_text(statement, 1, arena),
		.event = column_text(statement, 2, arena),
		.state = column_text(statement, 3, arena),
		.tries = column_int(statement, 4),
		.next_at = column_int64(statement, 5),
		.status = column_int(statement, 6),
		.error = column_text(statement, 7, arena),
		.created_at = column_int64(statement, 8),
		.delivered_at = column_int64(statement, 9),
	};
}

enum err webhook_next(struct store *store, struct arena *arena, int64_t now,
                      struct webhook_delivery *ret_delivery)
{
	struct statement *statement;
	struct webhook_delivery delivery;
	enum err err = statement_first(store,
	                               "SELECT " COLUMNS ", d.body FROM webhook_deliveries d"
	                               " WHERE d.state = 'waiting' AND d.next_at <= $1"
	                               " ORDER BY d.next_at LIMIT 1",
	                               VALUES(val_int(now)), &statement);

	if (err != OK)
		return err;
	delivery = read_delivery(statement, arena);
	delivery.body = column_text(statement, 10, arena);
	err = statement_close(statement);
	if (err == OK)
		*ret_delivery = delivery;
	return err;
}

enum err webhook_note(struct store *store, const struct webhook_delivery *delivery,
                      int64_t read_next_at)
{
	return statement_run(store,
	                     "UPDATE webhook_deliveries SET state = $1, tries = $2, next_at = $3,"
	                     " status = $4, error = $5, delivered_at = $6"
	                     " WHERE id = $7 AND state = 'waiting' AND next_at = $8",
	                     VALUES(val_text(delivery->state), val_int(delivery->tries),
	                            val_int(delivery->next_at), val_int(delivery->status),
	                            val_text(delivery->error), val_time(delivery->delivered_at),
	                            val_text(delivery->id), val_int(read_next_at)));
}

/* --- the log -------------------------------------------------------------------- */

static enum err count(struct store *store, const char *state, int *ret_count)
{
	return statement_int(store,
	                     "SELECT count(*) FROM webhook_deliveries"
	                     " WHERE $1 = '' OR state = $1",
	                     VALUES(val_text(state)), ret_count);
}

enum err webhook_waiting(struct store *store, int *ret_count)
{
	return count(store, "waiting", ret_count);
}

enum err webhook_find(struct store *store, struct arena *arena, const struct webhook_query *query,
                      struct webhook_list *ret_list)
{
	struct webhook_list list = { 0 };
	struct statement *statement;
	enum err err;

	if (query->page < 1 || query->page_size < 1 || query->page_size > MOST_PAGE)
		return ERR_INVALID;
	err = count(store, query->state, &list.total);
	if (err == OK)
		err = statement_open(
		        store,
		        "SELECT " COLUMNS ", u.username, u.full_name FROM webhook_deliveries d"
		        " JOIN interviews i ON i.id = d.interview_id"
		        " JOIN users u ON u.id = i.owner_id WHERE $1 = '' OR d.state = $1"
		        " ORDER BY d.created_at DESC, d.id LIMIT $2 OFFSET $3",
		        VALUES(val_text(query->state), val_int(query->page_size),
		               val_int((int64_t)(query->page - 1) * query->page_size)),
		        &statement);
	if (err != OK)
		return err;
	while (statement_step(statement)) {
		list.items = rows_grow(arena, list.items, list.count, sizeof(*list.items));
		list.items[list.count] = read_delivery(statement, arena);
		list.items[list.count].username = column_text(statement, 10, arena);
		list.items[list.count++].full_name = column_text(statement, 11, arena);
	}
	err = statement_close(statement);
	if (err == OK)
		*ret_list = list;
	return err;
}

static enum err exists(struct store *store, const char *id)
{
	struct statement *statement;
	enum err err = statement_first(store, "SELECT 1 FROM webhook_deliveries WHERE id = $1",
	                               VALUES(val_text(id)), &statement);

	return err == OK ? statement_close(statement) : err;
}

enum err webhook_again(struct store *store, const struct webhook_delivery *seen, int64_t now)
{
	enum err err = statement_change(store,
	                                "UPDATE webhook_deliveries SET state = 'waiting', tries ="
	                                " 0, next_at = $1, delivered_at = NULL"
	                                " WHERE id = $2 AND state = $3 AND next_at = $4",
	                                VALUES(val_int(now), val_text(seen->id),
	                                       val_text(seen->state), val_int(seen->next_at)));

	return err == ERR_NOT_FOUND ? exists(store, seen->id) : err;
}
