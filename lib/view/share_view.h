/* Links to a report: the owner's list of them, and what strangers see. */
#ifndef VIVA_VIEW_SHARE_VIEW_H
#define VIVA_VIEW_SHARE_VIEW_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "store/share.h"

/*
 * `shares` [{ id, address, scope, made, ends, state, is_open, views }], `has_shares`, `is_full`;
 * addresses begin with `origin`.
 */
void share_view_list(struct arena *arena, cJSON *page, const struct share_list *list,
                     const char *origin, enum language language);

/* `scopes` and `lifetimes` of the form, with what is chosen. */
struct share_choice {
	const char *scope; /* "numbers", "transcript" */
	const char *days;
};
void share_view_choices(struct arena *arena, cJSON *page, const struct share_choice *choice,
                        enum language language);

/*
 * The figures of a document of report/shared.h, in the report's language: `participant`, `role`,
 * `level`, `type`, `date`, `score`, `max_score`, `percent`, `rubric`, `scoring` as
 * report_view has them, and `rows` [{ number, title, state, verdict, verdict_code, score,
 * max_score, engine, is_corrected }],
 * `scoring_version`, `revision`.
 */
cJSON *share_view_numbers(struct arena *arena, const cJSON *numbers);

#endif
