#include "judge/glue.h"

#include <math.h>
#include <string.h>

#include "judge/value.h"

/* A value that fits its type, so nothing can fail from here on. */
static void add_value(struct buf *buf, struct type type, const cJSON *value);

static void add_array(struct buf *buf, struct type item_type, const cJSON *value)
{
	const cJSON *item;

	buf_printf(buf, "%d ", cJSON_GetArraySize(value));
	cJSON_ArrayForEach(item, value)
	{
		if (cJSON_IsNull(item) && item_type.base == TYPE_INT)
			buf_str(buf, "n ");
		else
			add_value(buf, item_type, item);
	}
}

static void add_double(struct buf *buf, double number)
{
	if (isnan(number))
		buf_str(buf, "nan ");
	else if (isinf(number))
		buf_str(buf, number > 0 ? "inf " : "-inf ");
	else
		buf_printf(buf, "%.17g ", number);
}

static void add_value(struct buf *buf, struct type type, const cJSON *value)
{
	if (type.dimensions > 0) {
		add_array(buf, (struct type){ type.base, type.dimensions - 1 }, value);
		return;
	}
	switch (type.base) {
	case TYPE_VOID:
		break;
	case TYPE_INT:
	case TYPE_LONG:
		if (value_is_big(value))
			buf_printf(buf, "%s ", value->valuestring);
		else
			buf_printf(buf, "%lld ", (long long)value->valuedouble);
		break;
	case TYPE_DOUBLE:
		add_double(buf, value_number(value));
		break;
	case TYPE_BOOL:
		buf_str(buf, cJSON_IsTrue(value) ? "1 " : "0 ");
		break;
	case TYPE_STRING:
		buf_printf(buf, "%zu %s ", strlen(value->valuestring), value->valuestring);
		break;
	case TYPE_LIST_NODE:
	case TYPE_TREE_NODE:
		/* null, the empty one, has no items */
		add_array(buf, (struct type){ TYPE_INT, 0 }, value);
		break;
	}
}

enum err glue_encode(struct arena *arena, const struct judge_job *job,
                     const struct judge_case *test, const char **ret_bytes, size_t *ret_len)
{
	const struct signature *signature = job->signature;
	const cJSON *arg;
	struct buf buf;

	buf_init(&buf, arena);
	if (job->kind == JUDGE_FUNCTION) {
		if (signature == NULL || !cJSON_IsArray(test->args) ||
		    (size_t)cJSON_GetArraySize(test->args) != signature->count)
			return ERR_INVALID;
		arg = test->args->child;
		for (size_t i = 0; i < signature->count; i++, arg = arg->next) {
			if (!signature_fits(&signature->params[i].type, arg))
				return ERR_INVALID;
			add_value(&buf, signature->params[i].type, arg);
		}
	}
	*ret_bytes = buf.data;
	*ret_len = buf.len;
	return OK;
}
