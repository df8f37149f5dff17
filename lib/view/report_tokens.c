#include "view/report_tokens.h"

#include <string.h>

#include "base/format.h"
#include "base/json.h"
#include "view/labels.h"

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

		json_set_string(row, "agent", label_agent(language, usage->items[i].agent));
		json_set_string(row, "model", usage->items[i].model);
		add_figures(arena, language, row, &usage->items[i]);
	}
}
