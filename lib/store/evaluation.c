#include "store/interview.h"

#include "store/statement.h"

static enum err insert_evaluation(struct store *store, const struct evaluation *evaluation)
{
	return statement_run(
	        store,
	        "INSERT INTO evaluations (question_id, engine, version, score, max_score, verdict,"
	        " structure, relevance, technical_accuracy, depth, communication, flags,"
	        " feedback_short, feedback_detailed, next_difficulty, created_at,"
	        " builtin_score, builtin_verdict, unproved, fallback, steps)"
	        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
	        " $17, $18, coalesce($19, '[]'), coalesce($20, ''), $21)",
	        VALUES(val_text(evaluation->question_id), val_text(evaluation->engine),
	               val_text(evaluation->version), val_real(evaluation->score),
	               val_real(evaluation->max_score), val_text(evaluation->verdict),
	               val_real(evaluation->structure), val_real(evaluation->relevance),
	               val_real(evaluation->technical_accuracy), val_real(evaluation->depth),
	               val_real(evaluation->communication), val_int(evaluation->flags),
	               val_text(evaluation->feedback_short),
	               val_text(evaluation->feedback_detailed),
	               val_text(evaluation->next_difficulty), val_int(evaluation->created_at),
	               evaluation->has_builtin ? val_real(evaluation->builtin_score)
	                                       : val_text(NULL),
	               val_text(evaluation->has_builtin ? evaluation->builtin_verdict : NULL),
	               val_text(evaluation->unproved), val_text(evaluation->fallback),
	               val_text(evaluation->steps)));
}

/* Of two spans that start at one byte, the longer one stays. */
static enum err insert_span(struct store *store, const char *question_id, size_t position,
                            const struct span *span)
{
	return statement_run(store,
	                     "INSERT INTO evidence (question_id, position, span_start, span_end)"
	                     " VALUES ($1, $2, $3, $4)"
	                     " ON CONFLICT (question_id, position, span_start) DO UPDATE"
	                     " SET span_end = excluded.span_end"
	                     " WHERE excluded.span_end > evidence.span_end",
	                     VALUES(val_text(question_id), val_int((int64_t)position),
	                            val_int(span->start), val_int(span->end)));
}

static enum err insert_mark(struct store *store, const char *question_id, size_t position,
                            const struct mark *mark)
{
	const struct value first = mark->span_count > 0 ? val_int(mark->spans[0].start)
	                                                : val_text(NULL);
	enum err err = statement_run(
	        store,
	        "INSERT INTO marks (question_id, position, key_point_id, body, status, coverage,"
	        " wording, wrong, first_span, matched)"
	        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, ''))",
	        VALUES(val_text(question_id), val_int((int64_t)position),
	               val_text(mark->key_point_id), val_text(mark->body), val_text(mark->status),
	               val_real(mark->coverage), val_text(mark->wording), val_text(mark->wrong),
	               first, val_text(mark->matched)));

	for (size_t i = 0; err == OK && i < mark->span_count; i++)
		err = insert_span(store, question_id, position, &mark->spans[i]);
	return err;
}

enum err evaluation_save(struct store *store, const struct evaluation *evaluation)
{
	bool own = false;
	enum err err = store_join(store, &own);

	if (err != OK)
		return err;
	err = statement_run(store, "DELETE FROM evaluations WHERE question_id = $1",
	                    VALUES(val_text(evaluation->question_id)));
	if (err == OK)
		err = insert_evaluation(store, evaluation);
	for (size_t i = 0; err == OK && i < evaluation->mark_count; i++)
		err = insert_mark(store, evaluation->question_id, i, &evaluation->marks[i]);
	return store_leave(store, own, err);
}

static enum err read_evaluation(struct store *store, struct arena *arena, const char *question_id,
                                struct evaluation *evaluation)
{
	struct statement *statement;
	enum err err = statement_first(
	        store,
	        "SELECT question_id, engine, version, score, max_score, verdict, structure,"
	        " relevance, technical_accuracy, depth, communication, flags, feedback_short,"
	        " feedback_detailed, next_difficulty, created_at, builtin_score,"
	        " builtin_verdict, unproved, fallback, steps"
	        " FROM evaluations WHERE question_id = $1",
	        VALUES(val_text(question_id)), &statement);

	if (err != OK)
		return err;
	*evaluation = (struct evaluation){
		.question_id = column_text(statement, 0, arena),
		.engine = column_text(statement, 1, arena),
		.version = column_text(statement, 2, arena),
		.score = column_real(statement, 3),
		.max_score = column_real(statement, 4),
		.verdict = column_text(statement, 5, arena),
		.structure = column_real(statement, 6),
		.relevance = column_real(statement, 7),
		.technical_accuracy = column_real(statement, 8),
		.depth = column_real(statement, 9),
		.communication = column_real(statement, 10),
		.flags = (unsigned)column_int64(statement, 11),
		.feedback_short = column_text(statement, 12, arena),
		.feedback_detailed = column_text(statement, 13, arena),
		.next_difficulty = column_text(statement, 14, arena),
		.created_at = column_int64(statement, 15),
		.has_builtin = !column_is_null(statement, 16),
		.builtin_score = column_real(statement, 16),
		.builtin_verdict = column_text(statement, 17, arena),
		.unproved = column_text(statement, 18, arena),
		.fallback = column_text(statement, 19, arena),
		.steps = column_text(statement, 20, arena),
	};
	return statement_close(statement);
}

static struct mark read_mark(const struct statement *statement, struct arena *arena)
{
	return (struct mark){
		.key_point_id = column_text(statement, 1, arena),
		.body = column_text(statement, 2, arena),
		.status = column_text(statement, 3, arena),
		.coverage = column_real(statement, 4),
		.wording = column_text(statement, 5, arena),
		.wrong = column_text(statement, 6, arena),
		.matched = column_text(statement, 9, arena),
	};
}

static void add_span(struct mark *mark, const struct statement *statement, struct arena *arena)
{
	mark->spans = rows_grow(arena, mark->spans, mark->span_count, sizeof(*mark->spans));
	mark->spans[mark->span_count++] = (struct span){ .start = column_int64(statement, 7),
		                                         .end = column_int64(statement, 8) };
}

/* A row is a piece of evidence with its mark, or a mark that has none. */
static enum err read_marks(struct store *store, struct arena *arena, struct evaluation *evaluation)
{
	struct statement *statement;
	int position = -1;
	enum err err = statement_open(
	        store,
	        "SELECT m.position, m.key_point_id, m.body, m.status, m.coverage, m.wording,"
	        " m.wrong, e.span_start, e.span_end, m.matched FROM marks m LEFT JOIN evidence e"
	        " ON e.question_id = m.question_id AND e.position = m.position"
	        " WHERE m.question_id = $1 ORDER BY m.position, e.span_start",
	        VALUES(val_text(evaluation->question_id)), &statement);

	if (err != OK)
		return err;
	while (statement_step(statement)) {
		if (column_int(statement, 0) != position) {
			position = column_int(statement, 0);
			evaluation->marks = rows_grow(arena, evaluation->marks,
			                              evaluation->mark_count,
			                              sizeof(*evaluation->marks));
			evaluation->marks[evaluation->mark_count++] = read_mark(statement, arena);
		}
		if (!column_is_null(statement, 7))
			add_span(&evaluation->marks[evaluation->mark_count - 1], statement, arena);
	}
	return statement_close(statement);
}

enum err evaluation_get(struct store *store, struct arena *arena, const char *question_id,
                        struct evaluation *ret_evaluation)
{
	struct evaluation evaluation;
	enum err err = read_evaluation(store, arena, question_id, &evaluation);

	if (err == OK)
		err = read_marks(store, arena, &evaluation);
	if (err == OK)
		*ret_evaluation = evaluation;
	return err;
}
