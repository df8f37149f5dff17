#include "view/revisions_view.h"

#include <math.h>
#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "report/revisions.h"
#include "report/terms.h"

struct writer {
	struct arena *arena;
	enum language language;
};

/* What changed, in words: "Question 2, score". */
static const char *subject(const struct writer *writer, const cJSON *change)
{
	const char *what = json_string(change, "what", "");
	const char *number = format_number(writer->arena, writer->language,
	                                   json_number(change, "order", NAN));

	if (strcmp(what, "total") == 0)
		return i18n(writer->language, "Score of the interview");
	if (strcmp(what, "score") == 0)
		return arena_printf(writer->arena, i18n(writer->language, "Question %s, score"),
		                    number);
	if (strcmp(what, "verdict") == 0)
		return arena_printf(writer->arena, i18n(writer->language, "Question %s, verdict"),
		                    number);
	return arena_printf(writer->arena,
	                    i18n(writer->language, "Question %1$s, key point “%2$s”"), number,
	                    json_string(change, "point", ""));
}

static const char *value(const struct writer *writer, const cJSON *change, const char *name)
{
	const char *what = json_string(change, "what", "");
	const cJSON *item = json_get(change, name);

	if (!cJSON_IsString(item))
		return format_number(writer->arena, writer->language,
		                     json_number(change, name, NAN));
	return strcmp(what, "verdict") == 0 ? terms_verdict(writer->language, item->valuestring)
	                                    : terms_status(writer->language, item->valuestring);
}

static void add_changes(const struct writer *writer, cJSON *row, const cJSON *before,
                        const cJSON *after)
{
	cJSON *shown = json_set_array(row, "changes");
	const cJSON *change;

	cJSON_ArrayForEach(change, revisions_changes(before, after))
	{
		cJSON *item = json_add_object(shown);

		json_set_string(item, "what", subject(writer, change));
		json_set_string(item, "before", value(writer, change, "before"));
		json_set_string(item, "after", value(writer, change, "after"));
	}
	json_set_bool(row, "has_changes", shown->child != NULL);
}

static cJSON *add_revision(const struct writer *writer, cJSON *rows,
                           const struct report_row *report, const cJSON *document)
{
	/* The document's words are those that this reader may see. */
	const char *note = json_string(json_get(document, "revision"), "note", "");
	cJSON *row = json_add_object(rows);
	const char *score = format_number(writer->arena, writer->language, report->total_score);
	const char *most = format_number(writer->arena, writer->language, report->max_score);

	json_set_number(row, "number", report->revision);
	json_set_string(row, "made", format_date(writer->arena, report->created_at));
	json_set_string(row, "cause", revisions_cause(writer->language, report->cause));
	json_set_string(row, "reason", note[0] != '\0' ? note : NULL);
	json_set_string(row, "score", arena_printf(writer->arena, "%s / %s", score, most));
	return row;
}

void revisions_view(struct arena *arena, cJSON *page, const struct revision_list *list,
                    const cJSON *const *documents, enum language language)
{
	const struct writer writer = { arena, language };
	cJSON *rows = json_set_array(page, "revisions");

	for (size_t i = list->count; i > 0; i--) {
		cJSON *row = add_revision(&writer, rows, &list->items[i - 1], documents[i - 1]);

		json_set_bool(row, "is_newest", i == list->count);
		json_set_bool(row, "is_first", i == 1);
		if (i > 1)
			add_changes(&writer, row, documents[i - 2], documents[i - 1]);
	}
}
