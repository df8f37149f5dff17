/* The events of an interview for the recruiter: they stand beside the report, not in it. */
#include "base/json.h"
#include "report.h"
#include "view/report_events.h"

enum err events_add(struct request *request, cJSON *page, const struct interview *interview)
{
	const struct blind_reader reader = { request->user, interview->language };
	struct event_list events;
	struct question_list questions;
	struct blind blind;
	enum err err = event_list(request->store, request->arena, interview->id, &events);

	if (err == OK)
		err = reviewer_blind(request, &blind);
	if (err == OK)
		err = blind_events(request->store, request->arena, &reader, &blind, &events);
	if (err == OK)
		err = question_list(request->store, request->arena, interview->id, &questions);
	if (err != OK)
		return err;
	report_events_add(request->arena, page,
	                  &(struct report_events){ .list = &events, .questions = &questions },
	                  interview->language);
	return OK;
}

enum err events_append(struct request *request, struct document *document)
{
	cJSON *page = cJSON_CreateObject();
	struct interview interview;
	struct buf out;
	enum err err = document_interview(request, &interview);

	if (err == OK)
		err = events_add(request, page, &interview);
	if (err != OK || !json_bool(page, "has_events", false))
		return err;
	buf_init(&out, request->arena);
	buf_add(&out, document->body, document->len);
	err = mustache_render(request->templates, "report_events.txt", interview.language, page,
	                      &out);
	document->body = out.data;
	document->len = out.len;
	return err;
}
