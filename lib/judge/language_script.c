#include "judge/language_script.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"

static bool is_identifier(const char *name)
{
	if (!isalpha((unsigned char)*name) && *name != '_' && *name != '$')
		return false;
	while (isalnum((unsigned char)*name) || *name == '_' || *name == '$')
		name++;
	return *name == '\0';
}

enum err script_check(const struct judge_job *job, const char **ret_fault)
{
	if (job->kind != JUDGE_FUNCTION)
		return OK;
	if (job->function == NULL || !is_identifier(job->function)) {
		*ret_fault = "the name of the function is missing or not an identifier";
		return ERR_INVALID;
	}
	for (size_t i = 0; i < job->count; i++) {
		int count = cJSON_GetArraySize(job->cases[i].args);

		if (!cJSON_IsArray(job->cases[i].args)) {
			*ret_fault = "a test has no list of arguments";
			return ERR_INVALID;
		}
		if (job->signature != NULL && (size_t)count != job->signature->count) {
			*ret_fault = "a test has not as many arguments as the signature";
			return ERR_INVALID;
		}
		if (job->in_place && count == 0) {
			*ret_fault = "a test has no argument that could be changed";
			return ERR_INVALID;
		}
	}
	return OK;
}

static const char *const type_names[] = {
	[TYPE_VOID] = "void",           [TYPE_INT] = "int",
	[TYPE_LONG] = "long",           [TYPE_DOUBLE] = "double",
	[TYPE_BOOL] = "bool",           [TYPE_STRING] = "string",
	[TYPE_LIST_NODE] = "list_node", [TYPE_TREE_NODE] = "tree_node",
};

const char *script_type_name(struct arena *arena, const struct type *type, const char *const *names,
                             const char *open, const char *close)
{
	const char *name = names[type->base];

	for (int i = 0; i < type->dimensions; i++)
		name = arena_printf(arena, "%s%s%s", open, name, close);
	return name;
}

const char *script_type(struct arena *arena, const struct type *type)
{
	return script_type_name(arena, type, type_names, "", "[]");
}

static void add_types(struct buf *text, const struct signature *signature)
{
	buf_str(text, ",\"types\":[");
	for (size_t i = 0; i < signature->count; i++)
		buf_printf(text, "%s\"%s\"", i == 0 ? "" : ",",
		           script_type(text->arena, &signature->params[i].type));
	buf_printf(text, "],\"returns\":\"%s\"", script_type(text->arena, &signature->returns));
}

enum err script_encode(struct arena *arena, const struct judge_job *job,
                       const struct judge_case *test, const char **ret_bytes, size_t *ret_len)
{
	struct buf text;

	buf_init(&text, arena);
	if (job->kind == JUDGE_FUNCTION) {
		buf_printf(&text, "{\"function\":\"%s\",\"in_place\":%s", job->function,
		           job->in_place ? "true" : "false");
		if (job->signature != NULL)
			add_types(&text, job->signature);
		else
			buf_str(&text, ",\"types\":null,\"returns\":\"\"");
		buf_str(&text, ",\"args\":");
		buf_str(&text, json_text(test->args));
		buf_char(&text, '}');
	}
	*ret_bytes = text.data;
	*ret_len = text.len;
	return OK;
}

int script_compile_line(const char *message)
{
	(void)message;
	return 0;
}
