#include "view/invitation_guests.h"

#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "view/labels.h"

static void add_guest(struct arena *arena, cJSON *rows, const struct invitation_guest *guest,
                      enum language language)
{
	cJSON *item = json_add_object(rows);

	json_set_string(item, "user_id", guest->user_id);
	json_set_string(item, "name", text_plain(arena, guest->full_name));
	json_set_string(item, "interview_id", guest->interview_id);
	json_set_string(item, "taken", format_date(arena, guest->used_at));
	json_set_string(item, "status",
	                guest->interview_id != NULL ? label_status(language, guest->status)
	                                            : i18n(language, "Deleted by the candidate"));
	json_set_bool(item, "has_report", guest->has_report);
	if (guest->has_report)
		json_set_string(item, "score",
		                arena_printf(arena, "%s / %s",
		                             format_number(arena, language, guest->total_score),
		                             format_number(arena, language, guest->max_score)));
}

void invitation_guests_add(struct arena *arena, cJSON *page,
                           const struct invitation_guest_list *list, enum language language)
{
	cJSON *rows = json_set_array(page, "guests");
	int reports = 0;

	for (size_t i = 0; i < list->count; i++) {
		add_guest(arena, rows, &list->items[i], language);
		json_set_number(cJSON_GetArrayItem(rows, (int)i), "number", (double)(i + 1));
		reports += list->items[i].has_report;
	}
	json_set_bool(page, "has_guests", list->count > 0);
	json_set_bool(page, "can_compare", reports > 1);
}
