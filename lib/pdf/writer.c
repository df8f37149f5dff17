#include "pdf/writer.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

/* From these shares of the full mark on a bar is green and yellow, as the verdicts have it. */
#define GOOD_FROM 0.7
#define PART_FROM 0.5

static void add_member(struct buf *out, const cJSON *item, const char *name)
{
	const cJSON *member = json_get(item, name);

	if (cJSON_IsString(member))
		buf_str(out, member->valuestring);
	else if (cJSON_IsNumber(member))
		buf_printf(out, "%g", member->valuedouble);
}

const char *writer_words(const struct writer *writer, const char *message, const cJSON *item)
{
	const char *text = i18n(writer->language, message), *open;
	struct buf out;

	buf_init(&out, writer->arena);
	while ((open = strstr(text, "{{")) != NULL) {
		const char *close = strstr(open, "}}");

		if (close == NULL)
			break;
		buf_add(&out, text, (size_t)(open - text));
		add_member(&out, item,
		           arena_copy(writer->arena, open + 2, (size_t)(close - open) - 2));
		text = close + 2;
	}
	buf_str(&out, text);
	return out.data;
}

void writer_text(const struct writer *writer, enum sheet_type type, const cJSON *item,
                 const char *name)
{
	sheet_text(writer->sheet, type, json_string(item, name, ""));
}

void writer_say(const struct writer *writer, enum sheet_type type, const char *message,
                const cJSON *item)
{
	sheet_text(writer->sheet, type, writer_words(writer, message, item));
}

void writer_item(const struct writer *writer, enum sheet_type type, const char *text)
{
	sheet_indent(writer->sheet, 10);
	sheet_text(writer->sheet, type, arena_printf(writer->arena, "•\u00a0%s", text));
	sheet_indent(writer->sheet, -10);
}

uint32_t writer_tone(double ratio)
{
	if (isnan(ratio))
		return 0x9aa3ab;
	if (ratio >= GOOD_FROM)
		return 0x2f8f6f;
	return ratio >= PART_FROM ? 0xc98a1b : 0xc8434a;
}
