/* What a participant's interviews hold, row by row. */
#include "store/participant_sql.h"

#define OF_PARTICIPANT " FROM participants p JOIN interviews i ON i.owner_id = p.user_id"

#define WHERE_FITS " WHERE (" FITS ") AND " INTERVIEW_FITS " AND p.number = $13"

static struct participant_result read_result(const struct statement *statement, struct arena *arena)
{
	return (struct participant_result){
		.interview_id = column_text(statement, 0, arena),
		.role_id = column_text(statement, 1, arena),
		.type = column_text(statement, 2, arena),
		.level = column_text(statement, 3, arena),
		.language = column_text(statement, 4, arena),
		.status = column_text(statement, 5, arena),
		.started_at = column_int64(statement, 6),
		.finished_at = column_int64(statement, 7),
		.position = column_int(statement, 8),
		.bank_id = column_text(statement, 9, arena),
		.q_type = column_text(statement, 10, arena),
		.state = column_text(statement, 11, arena),
		.follow_ups = column_int(statement, 12),
		.hints_used = column_int(statement, 13),
		.model_answer = column_bool(statement, 14),
		.is_graded = !column_is_null(statement, 15),
		.engine = column_text(statement, 15, arena),
		.verdict = column_text(statement, 16, arena),
		.score = column_real(statement, 17),
		.max_score = column_real(statement, 18),
		.is_overridden = !column_is_null(statement, 19),
		.override_score = column_real(statement, 19),
	};
}

enum err participant_results(struct store *store, struct arena *arena,
                             const struct participant_query *query, int64_t number,
                             const struct participant_sink *sink)
{
	const struct participant_terms terms = participant_terms_of(arena, query);
	struct arena *scratch;
	struct statement *statement;
	bool goes_on = true;
	enum err err = statement_open(
	        store,
	        "SELECT i.id, i.role_id, i.type, i.level, i.language, i.status, i.created_at,"
	        " i.finished_at, q.position, q.bank_id, q.q_type, q.state, q.follow_ups,"
	        " q.hints_used, q.model_answer, e.engine, e.verdict, e.score, e.max_score,"
	        " (SELECT o.score FROM overrides o WHERE o.question_id = q.id"
	        " AND o.withdrawn_at IS NULL ORDER BY o.id DESC LIMIT 1)" OF_PARTICIPANT
	        " JOIN questions q ON q.interview_id = i.id"
	        " LEFT JOIN evaluations e ON e.question_id = q.id" WHERE_FITS
	        " ORDER BY i.created_at, i.id, q.position",
	        FITS_VALUES(&terms, val_int(number)), &statement);

	if (err != OK)
		return err;
	scratch = arena_create();
	while (goes_on && statement_step(statement)) {
		const struct participant_result result = read_result(statement, scratch);

		goes_on = sink->result(sink->context, &result);
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	err = statement_close(statement);
	return err == OK && !goes_on ? ERR_CONFLICT : err;
}

enum err participant_events(struct store *store, struct arena *arena,
                            const struct participant_query *query, int64_t number,
                            const struct participant_sink *sink)
{
	const struct participant_terms terms = participant_terms_of(arena, query);
	struct arena *scratch;
	struct statement *statement;
	bool goes_on = true;
	enum err err = statement_open(
	        store,
	        "SELECT i.id, v.kind, v.evidence, v.created_at, coalesce(q.position, "
	        "0)" OF_PARTICIPANT " JOIN events v ON v.interview_id = i.id"
	        " LEFT JOIN questions q ON q.id = v.question_id" WHERE_FITS " ORDER BY v.id",
	        FITS_VALUES(&terms, val_int(number)), &statement);

	if (err != OK)
		return err;
	scratch = arena_create();
	while (goes_on && statement_step(statement)) {
		const struct participant_event event = {
			.interview_id = column_text(statement, 0, scratch),
			.kind = column_text(statement, 1, scratch),
			.evidence = column_text(statement, 2, scratch),
			.created_at = column_int64(statement, 3),
			.position = column_int(statement, 4),
		};

		goes_on = sink->event(sink->context, &event);
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	err = statement_close(statement);
	return err == OK && !goes_on ? ERR_CONFLICT : err;
}
