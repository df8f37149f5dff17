/* The list of a person's log-ins, of browsers and of programs. */
#ifndef VIVA_VIEW_LOG_INS_H
#define VIVA_VIEW_LOG_INS_H

#include <cjson/cJSON.h>

#include "base/i18n.h"
#include "store/token.h"
#include "store/user.h"

struct log_ins {
	const struct session_list *sessions;
	const struct token_family_list *families;
	const char *current_hash; /* of the session that looks at the list */
};

/* Adds `log_ins` to the page: id, device, begun, used, is_program, is_current. */
void log_ins_add(struct arena *arena, cJSON *page, const struct log_ins *log_ins,
                 enum language language);

/* What a User-Agent says in plain words: "Firefox on Windows", "a program: curl". */
const char *log_ins_device(struct arena *arena, const char *user_agent, enum language language);

#endif
