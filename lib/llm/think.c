#include "llm/think.h"

#include <string.h>

struct out {
	struct buf *answer, *thoughts;
	bool was_moved;
};

enum tag { TAG_NONE, TAG_PART, TAG_OPENS, TAG_CLOSES };

void think_init(struct llm_think *think, struct arena *arena)
{
	*think = (struct llm_think){ .state = THINK_START };
	buf_init(&think->held, arena);
}

/* What the bytes, which start with '<', are. */
static enum tag tag_of(const char *bytes, size_t len)
{
	static const struct {
		const char *text;
		enum tag tag;
	} tags[] = {
		{ "<think>", TAG_OPENS },    { "</think>", TAG_CLOSES },
		{ "<thinking>", TAG_OPENS }, { "</thinking>", TAG_CLOSES },
		{ "<thought>", TAG_OPENS },  { "</thought>", TAG_CLOSES },
	};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strncmp(tags[i].text, bytes, len) == 0)
			return tags[i].text[len] == '\0' ? tags[i].tag : TAG_PART;
	return TAG_NONE;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void drop_held(struct llm_think *think)
{
	buf_truncate(&think->held, 0);
	think->space = 0;
}

static void add_plain(struct llm_think *think, struct out *out, char c)
{
	if (think->state == THINK_INSIDE) {
		buf_char(out->thoughts, c);
		return;
	}
	if (think->state == THINK_START && is_space(c)) {
		buf_char(&think->held, c);
		think->space++;
		return;
	}
	if (think->state == THINK_START) {
		think->state = THINK_ANSWER;
		think->is_verbatim = c == '{' || c == '[' || c == '`';
		/* White space after a thought belongs to its tag. */
		if (!think->was_closed)
			buf_add(out->answer, think->held.data, think->space);
		drop_held(think);
	}
	buf_char(out->answer, c);
}

/* What was held for a tag is none. */
static void give_back(struct llm_think *think, struct out *out)
{
	char bytes[16];
	size_t len = think->held.len - think->space;

	memcpy(bytes, think->held.data + think->space, len);
	buf_truncate(&think->held, think->space);
	for (size_t i = 0; i < len; i++)
		add_plain(think, out, bytes[i]);
}

static void take_tag(struct llm_think *think, struct out *out, enum tag tag)
{
	const char *name = think->held.data + think->space;

	if (think->state == THINK_INSIDE && tag == TAG_OPENS) {
		buf_str(out->thoughts, name);
	} else if (tag == TAG_OPENS) {
		think->state = THINK_INSIDE;
	} else {
		/* The opening tag was in the prompt: so far all was thought. */
		if (think->state == THINK_ANSWER && !think->was_closed) {
			buf_add(out->thoughts, out->answer->data, out->answer->len);
			buf_truncate(out->answer, 0);
			out->was_moved = true;
		}
		think->state = out->answer->len > 0 ? THINK_ANSWER : THINK_START;
		think->was_closed = true;
	}
	drop_held(think);
}

static void add_byte(struct llm_think *think, struct out *out, char c)
{
	enum tag tag;

	if (think->held.len > think->space) {
		buf_char(&think->held, c);
		tag = tag_of(think->held.data + think->space, think->held.len - think->space);
		if (tag == TAG_PART)
			return;
		if (tag != TAG_NONE) {
			take_tag(think, out, tag);
			return;
		}
		buf_truncate(&think->held, think->held.len - 1);
		give_back(think, out);
	}
	if (c == '<' && !think->is_verbatim)
		buf_char(&think->held, c);
	else
		add_plain(think, out, c);
}

bool think_add(struct llm_think *think, const char *bytes, size_t len, struct buf *answer,
               struct buf *thoughts)
{
	struct out out = { .answer = answer, .thoughts = thoughts };

	for (size_t i = 0; i < len; i++)
		add_byte(think, &out, bytes[i]);
	return !out.was_moved;
}

bool think_end(struct llm_think *think, struct buf *answer, struct buf *thoughts)
{
	struct out out = { .answer = answer, .thoughts = thoughts };

	give_back(think, &out);
	if (think->state == THINK_START && !think->was_closed)
		buf_add(answer, think->held.data, think->space);
	drop_held(think);
	return think->state != THINK_INSIDE;
}
