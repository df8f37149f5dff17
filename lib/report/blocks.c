#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "report/blocks.h"

enum { HEADING_MAX = 80 };

/* The line without Markdown's marks of a heading or of bold type. */
static char *plain(struct arena *arena, const char *line, size_t len)
{
	while (len > 0 && strchr("#* \t", line[0]) != NULL) {
		line++;
		len--;
	}
	while (len > 0 && strchr("#*: \t\r", line[len - 1]) != NULL)
		len--;
	return arena_copy(arena, line, len);
}

static bool is_item(const char *line, size_t len)
{
	return len > 2 && (line[0] == '-' || line[0] == '*') && line[1] == ' ';
}

/* A short line without a full stop, right at the start of a block. */
static bool is_heading(const char *line, size_t len)
{
	return len > 0 && !is_item(line, len) && text_count(line, len) <= HEADING_MAX &&
	       strchr(".!?;,", line[len - 1]) == NULL;
}

struct splitter {
	struct arena *arena;
	cJSON *blocks, *block;
	bool after_gap;
};

static void open_block(struct splitter *splitter, const char *heading)
{
	splitter->block = json_add_object(splitter->blocks);
	json_set_string(splitter->block, "heading", heading);
	json_set_array(splitter->block, "paragraphs");
	json_set_array(splitter->block, "items");
	json_set_bool(splitter->block, "has_items", false);
}

static void add_to(struct splitter *splitter, const char *member, const char *text)
{
	cJSON *array = cJSON_GetObjectItemCaseSensitive(splitter->block, member);

	json_set_string(json_add_object(array), "text", text);
}

static void take_line(struct splitter *splitter, const char *line, size_t len)
{
	if (len == 0) {
		splitter->after_gap = true;
	} else if (splitter->after_gap && is_heading(line, len)) {
		open_block(splitter, plain(splitter->arena, line, len));
		splitter->after_gap = false;
	} else {
		bool item = is_item(line, len);

		if (splitter->block == NULL)
			open_block(splitter, NULL);
		add_to(splitter, item ? "items" : "paragraphs",
		       item ? arena_copy(splitter->arena, line + 2, len - 2)
		            : plain(splitter->arena, line, len));
		if (item)
			cJSON_ReplaceItemInObjectCaseSensitive(splitter->block, "has_items",
			                                       cJSON_CreateBool(true));
		splitter->after_gap = false;
	}
}

cJSON *blocks_of(struct arena *arena, const char *text)
{
	struct splitter splitter = {
		.arena = arena,
		.blocks = cJSON_CreateArray(),
		.after_gap = true,
	};

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		take_line(&splitter, text, len);
		text += len;
		text += *text == '\n';
	}
	return splitter.blocks;
}
