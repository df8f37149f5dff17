#include "bank_desk.h"

#include <pthread.h>
#include <string.h>

#include "bank/editions.h"
#include "bank/search.h"
#include "base/config.h"
#include "base/text.h"
#include "judge/variants.h"
#include "view/bank_view.h"
#include "web/form.h"
#include "web/trail.h"

enum { MAX_SEARCH = 100 };

static const char *one_of(const struct request *request, const char *name, const char *choices)
{
	const char *value = request_query(request, name, "");

	return form_word_in(choices, value) ? value : "";
}

struct bank_query bank_desk_query(const struct request *request)
{
	struct bank_query query = {
		.search = text_shortened(request->arena, request_query(request, "search", ""),
		                         MAX_SEARCH),
		.type = one_of(request, "type", "technical hr case"),
		.track = request_query(request, "track", ""),
		.level = one_of(request, "level", "junior middle senior"),
		.q_type = one_of(request, "kind", "theory coding"),
		.state = one_of(request, "state", "enabled disabled edited"),
	};

	query.match = search_typed(request->arena, query.search);
	return query;
}

enum language bank_desk_asked(const struct request *request, const char *code)
{
	enum language language;

	return language_parse(code, &language) ? language : request->language;
}

enum err bank_desk_item(struct request *request, const struct bank_asked *asked,
                        struct bank_question *ret_question, cJSON **ret_page)
{
	struct bank_reader reader = { request->language, bank_desk_asked(request, asked->language),
		                      1 };
	long long number;
	enum err err = bank_by_id(request->store, request->arena, request->params[0], ret_question);

	if (text_integer(asked->variant, 1, VARIANTS_MOST, &number))
		reader.variant = (size_t)number;
	if (err == OK)
		err = bank_view_item(request->arena, ret_question, &reader, ret_page);
	if (err == OK)
		ret_question->body = variants_asked(request->arena, ret_question->body,
		                                    reader.variant);
	return err;
}

enum err bank_desk_end(struct request *request, enum err err, const char *action,
                       const char *subject, const char *details)
{
	const struct audit_subject about = { subject != NULL ? AUDIT_OTHER : AUDIT_NOTHING,
		                             subject };

	if (err == OK)
		err = editions_renew(request->store, request->arena);
	if (err == OK)
		err = trail_add(request, action, about, details);
	if (err == OK)
		err = store_commit(request->store);
	if (err != OK)
		store_rollback(request->store);
	return err;
}

/* --- the judge ----------------------------------------------------------------------- */

static struct arena *lasting __attribute__((used)); /* what looks for leaks finds it by this */
static struct judge *judge;
static pthread_once_t judge_once = PTHREAD_ONCE_INIT;

/* It lives as long as the process. */
static void make_judge(void)
{
	const struct judge_setup setup = {
		.programs = config_programs_path(),
		.folder = config_var_path("judge"),
		.tiers = config()->judge_tiers,
		.slots = config()->judge_slots,
		.hidden = config()->home,
	};

	lasting = arena_create();
	judge = judge_create(lasting, &setup);
}

const struct judge *bank_desk_judge(void)
{
	pthread_once(&judge_once, make_judge);
	return judge;
}
