#include "view/report_events.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/terms.h"

/* The evidence in words: "5 s", "300 characters in 2 s", another candidate's name. */
static const char *detail_of(struct arena *arena, const struct event_row *event,
                             const cJSON *evidence, enum language language)
{
	int chars = (int)json_number(evidence, "chars", 0);
	const char *length = arena_printf(
	        arena, i18n_plural(language, "%d character", "%d characters", chars), chars);
	const char *span = format_duration(arena, language, json_number(evidence, "ms", 0) / 1000);

	if (strcmp(event->kind, "focus_lost") == 0)
		return span;
	if (strcmp(event->kind, "large_paste") == 0)
		return length;
	if (strcmp(event->kind, "fast_typing") == 0)
		return arena_printf(arena, i18n(language, "%s in %s"), length, span);
	return json_string(evidence, "other_user", i18n(language, "an account that was deleted"));
}

/* The question's number in the interview; 0 when none was active. */
static int number_of(const struct question_list *questions, const char *id)
{
	for (size_t i = 0; id != NULL && i < questions->count; i++)
		if (strcmp(questions->items[i].id, id) == 0)
			return questions->items[i].position;
	return 0;
}

static void add_interview(struct arena *arena, cJSON *item, const struct history_row *interview)
{
	json_set_string(item, "interview_id", interview->interview_id);
	json_set_string(item, "interview",
	                arena_printf(arena, "%s, %s", interview->role_title,
	                             format_date(arena, interview->created_at)));
	json_set_bool(item, "is_finished", strcmp(interview->status, "completed") == 0);
}

static void add_event(struct arena *arena, cJSON *item, const struct event_row *event,
                      enum language language)
{
	cJSON *evidence;

	if (json_parse(event->evidence, strlen(event->evidence), &evidence) != OK)
		evidence = NULL;
	json_set_string(item, "time", format_date(arena, event->created_at));
	json_set_string(item, "kind", terms_event(language, event->kind));
	json_set_string(item, "detail", detail_of(arena, event, evidence, language));
	json_set_string(item, "excerpt", json_string(evidence, "excerpt", NULL));
}

void report_events_add(struct arena *arena, cJSON *page, const struct report_events *events,
                       enum language language)
{
	cJSON *rows = cJSON_GetObjectItemCaseSensitive(page, "events");

	if (rows == NULL) {
		rows = json_set_array(page, "events");
		json_set_bool(page, "with_interview", events->interview != NULL);
	}
	for (size_t i = 0; i < events->list->count; i++) {
		const struct event_row *event = &events->list->items[i];
		int number = number_of(events->questions, event->question_id);
		cJSON *item = json_add_object(rows);

		add_event(arena, item, event, language);
		json_set_string(item, "question",
		                number > 0 ? arena_printf(arena, "%d", number) : "–");
		if (events->interview != NULL)
			add_interview(arena, item, events->interview);
	}
	cJSON_DeleteItemFromObjectCaseSensitive(page, "has_events");
	json_set_bool(page, "has_events", rows->child != NULL);
}
