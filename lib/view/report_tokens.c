#include "view/report_tokens.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"

static const char *agent_label(enum language language, const char *agent)
{
	static const struct {
		const char *agent, *label;
	} labels[] = {
		{ "observer", N_("Observer") },
		{ "interviewer", N_("Interviewer") },
		{ "evaluator", N_("Evaluator") },
		{ "assessor", N_("Assessor") },
		{ "hint_mentor", N_("Mentor, hints") },
		{ "error_mentor", N_("Mentor, errors") },
		{ "candidate_writer", N_("Writer for the candidate") },
		{ "recruiter_writer", N_("Writer for the recruiter") },
		{ "recommender", N_("Recommendations") },
		{ "profile_extractor", N_("Reader of introductions") },
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (strcmp(labels[i].agent, agent) == 0)
			return i18n(language, labels[i].label);
	return agent;
}

static void add_figures(struct arena *arena, enum language language, cJSON *item,
                        const struct llm_usage_row *row)
{
	json_set_string(item, "calls", format_number(arena, language, (double)row->calls));
	json_set_string(item, "prompt", format_number(arena, language, (double)row->prompt_tokens));
	json_set_string(item, "completion",
	                format_number(arena, language, (double)row->completion_tokens));
}

static struct llm_usage_row sum_of(const struct llm_usage_list *usage)
{
	struct llm_usage_row sum = { 0 };

	for (size_t i = 0; i < usage->count; i++) {
		const struct llm_usage_row *row = &usage->items[i];

		sum.calls += row->calls;
		sum.prompt_tokens += row->prompt_tokens;
		sum.completion_tokens += row->completion_tokens;
		sum.estimated += row->estimated;
	}
	return sum;
}

void report_tokens_add(struct arena *arena, cJSON *page, const struct llm_usage_list *usage,
                       int turns, enum language language)
{
	const struct llm_usage_row sum = sum_of(usage);
	const double total = (double)(sum.prompt_tokens + sum.completion_tokens);
	cJSON *tokens, *agents;

	if (sum.calls == 0)
		return;
	tokens = json_set_object(page, "tokens");
	add_figures(arena, language, tokens, &sum);
	json_set_string(tokens, "total", format_number(arena, language, total));
	if (turns > 0)
		json_set_string(tokens, "per_turn",
		                format_number(arena, language, (double)(int64_t)(total / turns)));
	if (sum.estimated > 0)
		json_set_string(tokens, "estimated",
		                format_number(arena, language, (double)sum.estimated));
	agents = json_set_array(tokens, "agents");
	for (size_t i = 0; i < usage->count; i++) {
		cJSON *row = json_add_object(agents);

		json_set_string(row, "agent", agent_label(language, usage->items[i].agent));
		json_set_string(row, "model", usage->items[i].model);
		add_figures(arena, language, row, &usage->items[i]);
	}
}
