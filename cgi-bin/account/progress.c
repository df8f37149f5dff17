/* The progress page. */
#include "account.h"
#include "base/clock.h"
#include "interview/review.h"
#include "view/progress_view.h"
#include "web/reply.h"

static enum err read_rows(struct request *request, struct progress_rows *rows)
{
	struct store *store = request->store;
	struct arena *arena = request->arena;
	const char *id = request->user->id;
	enum err err = progress_scores(store, arena, id, request->language, &rows->scores);

	if (err == OK)
		err = progress_answers(store, arena, id, &rows->answers);
	if (err == OK)
		err = progress_attempts(store, arena, id, &rows->attempts);
	if (err == OK)
		err = progress_points(store, arena, id, &rows->points);
	if (err == OK)
		err = progress_times(store, arena, id, &rows->times);
	if (err == OK)
		err = progress_questions(store, arena, id, &rows->questions);
	if (err == OK)
		err = review_count_due(store, id, rows->now, &rows->due);
	return err;
}

static enum err get_progress(struct request *request)
{
	struct progress_rows rows = { .now = clock_now_ms() };
	enum err err = review_learn(request->store, request->arena, request->user->id);

	if (err == OK)
		err = store_begin_read(request->store);
	if (err != OK)
		return err;
	err = read_rows(request, &rows);
	store_rollback(request->store);
	if (err != OK)
		return err;
	return reply_page(request, "progress",
	                  progress_view(request->arena, &rows, request->language));
}

static const struct route routes[] = {
	{ GET, "/progress", CANDIDATE, get_progress, NULL },
};

const struct route_table progress_routes = ROUTE_TABLE(routes);
