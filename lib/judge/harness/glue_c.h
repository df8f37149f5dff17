/*
 * Arguments in, answer out, for a generated main: see lib/judge/glue.h. All of it is
 * static, in another translation unit than the solution, whose macros and names do not
 * reach it.
 */
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "viva.h"

enum { MOST_NODES = 1000000 }; /* more are a circle */

/* --- arguments ---------------------------------------------------------------- */

static char *input;

static void *take_memory(size_t count, size_t size)
{
	/* never NULL: of an empty array there is a byte to point to */
	void *memory = calloc(count + 1, size);

	if (memory == NULL)
		abort();
	return memory;
}

static void read_input(void)
{
	size_t len = 0, capacity = 65536;
	ssize_t got;

	input = malloc(capacity);
	while (input != NULL && (got = read(3, input + len, capacity - len - 1)) > 0) {
		len += (size_t)got;
		if (capacity - len < 2)
			input = realloc(input, capacity *= 2);
	}
	if (input == NULL)
		abort();
	input[len] = '\0';
}

static long long take_long(void)
{
	return strtoll(input, &input, 10);
}

static int take_int(void)
{
	return (int)take_long();
}

static bool take_bool(void)
{
	return take_long() != 0;
}

static double take_double(void)
{
	return strtod(input, &input);
}

static char *take_string(void)
{
	size_t len = (size_t)take_long();
	char *text = take_memory(len, 1);

	memcpy(text, input + 1, len);
	input += len + 1;
	return text;
}

static struct list_node *take_list(void)
{
	struct list_node *first = NULL, **end = &first;

	for (int left = take_int(); left > 0; left--) {
		*end = take_memory(1, sizeof **end);
		(*end)->val = take_int();
		end = &(*end)->next;
	}
	return first;
}

static struct tree_node *take_tree_node(void)
{
	struct tree_node *node;

	if (input[0] == ' ' && input[1] == 'n') {
		input += 2;
		return NULL;
	}
	node = take_memory(1, sizeof *node);
	node->val = take_int();
	return node;
}

/* The children of the nodes in their order; behind the last word all are missing. */
static struct tree_node *take_tree(void)
{
	int count = take_int(), taken = 0, known = 0;
	struct tree_node **nodes = take_memory((size_t)count, sizeof *nodes), *root;

	if (taken++ < count)
		nodes[known++] = take_tree_node();
	for (int i = 0; i < known; i++) {
		if (taken++ < count && (nodes[i]->left = take_tree_node()) != NULL)
			nodes[known++] = nodes[i]->left;
		if (taken++ < count && (nodes[i]->right = take_tree_node()) != NULL)
			nodes[known++] = nodes[i]->right;
	}
	root = nodes[0];
	free(nodes);
	return root;
}

/* take_NAMEs and take_NAME_rows: arrays and arrays of arrays. */
#define TAKE_ARRAYS(NAME, TYPE)                                               \
	static TYPE *take_##NAME##s(int *ret_size)                            \
	{                                                                     \
		TYPE *items;                                                  \
                                                                              \
		*ret_size = take_int();                                       \
		items = take_memory((size_t)*ret_size, sizeof *items);        \
		for (int i = 0; i < *ret_size; i++)                           \
			items[i] = take_##NAME();                             \
		return items;                                                 \
	}                                                                     \
                                                                              \
	static TYPE **take_##NAME##_rows(int *ret_size, int **ret_col_sizes)  \
	{                                                                     \
		TYPE **rows;                                                  \
                                                                              \
		*ret_size = take_int();                                       \
		rows = take_memory((size_t)*ret_size, sizeof *rows);          \
		*ret_col_sizes = take_memory((size_t)*ret_size, sizeof(int)); \
		for (int i = 0; i < *ret_size; i++)                           \
			rows[i] = take_##NAME##s(&(*ret_col_sizes)[i]);       \
		return rows;                                                  \
	}

/* --- the answer --------------------------------------------------------------- */

static struct {
	char *bytes; /* the first four are for the frame's length */
	size_t len, capacity;
} output;

static void put_bytes(const char *bytes, size_t len)
{
	if (output.capacity - output.len < len) {
		output.capacity = (output.capacity + len) * 2;
		output.bytes = realloc(output.bytes, output.capacity);
		if (output.bytes == NULL)
			abort();
	}
	memcpy(output.bytes + output.len, bytes, len);
	output.len += len;
}

static void put_format(const char *format, ...)
{
	char text[64];
	va_list args;

	va_start(args, format);
	put_bytes(text, (size_t)vsnprintf(text, sizeof text, format, args));
	va_end(args);
}

static void put_long(long long value)
{
	put_format("%lld", value);
}

static void put_int(int value)
{
	put_format("%d", value);
}

static void put_bool(bool value)
{
	put_format("%s", value ? "true" : "false");
}

static void put_double(double value)
{
	if (isnan(value))
		put_format("{\"$float\":\"nan\"}");
	else if (isinf(value))
		put_format("{\"$float\":\"%sinf\"}", value < 0 ? "-" : "");
	else
		put_format("%.17g", value);
}

/* Bytes of the UTF-8 character at `text`; 0 if it is none. */
static size_t character_size(const unsigned char *text)
{
	static const unsigned char least[256] = { [0xE0] = 0xA0, [0xF0] = 0x90 };
	static const unsigned char most[256] = { [0xED] = 0x9F, [0xF4] = 0x8F };
	size_t size = text[0] < 0x80                      ? 1
	              : text[0] >= 0xC2 && text[0] < 0xE0 ? 2
	              : text[0] >= 0xE0 && text[0] < 0xF0 ? 3
	              : text[0] >= 0xF0 && text[0] < 0xF5 ? 4
	                                                  : 0;

	for (size_t i = 1; i < size; i++) {
		if ((text[i] & 0xC0) != 0x80)
			return 0;
	}
	if (size > 2 && (text[1] < least[text[0]] || (most[text[0]] && text[1] > most[text[0]])))
		return 0;
	return size;
}

static void put_string(const char *text)
{
	if (text == NULL) {
		put_format("null");
		return;
	}
	put_bytes("\"", 1);
	while (*text != '\0') {
		size_t size = character_size((const unsigned char *)text);

		if (size == 0)
			put_bytes("\xEF\xBF\xBD", 3);
		else if ((unsigned char)*text < 0x20)
			put_format("\\u%04x", (unsigned)*text);
		else if (*text == '"' || *text == '\\')
			put_format("\\%c", *text);
		else
			put_bytes(text, size);
		text += size == 0 ? 1 : size;
	}
	put_bytes("\"", 1);
}

static void begin_answer(void)
{
	output.len = 0;
	put_bytes("\0\0\0\0", 4);
	put_format("{\"ok\":");
}

/* Sends what was put, as one frame, and ends the process. */
static void send_answer(void)
{
	size_t sent = 0, len;
	ssize_t written;

	put_bytes("}", 1);
	len = output.len - 4;
	for (int i = 0; i < 4; i++)
		output.bytes[i] = (char)(len >> (24 - 8 * i) & 0xFF);
	fflush(NULL);
	while (sent < output.len &&
	       (written = write(4, output.bytes + sent, output.len - sent)) > 0)
		sent += (size_t)written;
	_exit(0);
}

static void refuse_answer(const char *message)
{
	output.len = 0;
	put_bytes("\0\0\0\0", 4);
	put_format("{\"exc\":\"BadAnswer\",\"msg\":");
	put_string(message);
	put_format(",\"line\":0");
	send_answer();
}

static void put_list(const struct list_node *node)
{
	int count = 0;

	put_bytes("[", 1);
	for (; node != NULL; node = node->next) {
		if (++count > MOST_NODES)
			refuse_answer("the list has no end");
		put_format(count == 1 ? "%d" : ",%d", node->val);
	}
	put_bytes("]", 1);
}

static void put_tree(const struct tree_node *root)
{
	const struct tree_node **nodes = take_memory(2 * MOST_NODES + 4, sizeof *nodes);
	int known = 0;

	nodes[known++] = root;
	for (int i = 0; i < known; i++) {
		if (nodes[i] == NULL)
			continue;
		if (known > 2 * MOST_NODES)
			refuse_answer("the tree has no end");
		nodes[known++] = nodes[i]->left;
		nodes[known++] = nodes[i]->right;
	}
	while (known > 0 && nodes[known - 1] == NULL)
		known--;
	put_bytes("[", 1);
	for (int i = 0; i < known; i++) {
		put_format("%s", i == 0 ? "" : ",");
		if (nodes[i] == NULL)
			put_format("null");
		else
			put_int(nodes[i]->val);
	}
	put_bytes("]", 1);
	free(nodes);
}

static void check_size(const void *items, int size)
{
	if (size < 0)
		refuse_answer("the size of the returned array is negative");
	if (items == NULL && size > 0)
		refuse_answer("the returned array is NULL, but its size is not 0");
}

#define PUT_ARRAYS(NAME, TYPE)                                                           \
	static void put_##NAME##s(TYPE const *items, int size)                           \
	{                                                                                \
		check_size(items, size);                                                 \
		put_bytes("[", 1);                                                       \
		for (int i = 0; i < size; i++) {                                         \
			put_format("%s", i == 0 ? "" : ",");                             \
			put_##NAME(items[i]);                                            \
		}                                                                        \
		put_bytes("]", 1);                                                       \
	}                                                                                \
                                                                                         \
	static void put_##NAME##_rows(TYPE *const *rows, int size, const int *col_sizes) \
	{                                                                                \
		check_size(rows, size);                                                  \
		check_size(col_sizes, size);                                             \
		put_bytes("[", 1);                                                       \
		for (int i = 0; i < size; i++) {                                         \
			put_format("%s", i == 0 ? "" : ",");                             \
			put_##NAME##s(rows[i], col_sizes[i]);                            \
		}                                                                        \
		put_bytes("]", 1);                                                       \
	}

#define ARRAYS(NAME, TYPE)      \
	TAKE_ARRAYS(NAME, TYPE) \
	PUT_ARRAYS(NAME, TYPE)

ARRAYS(int, int)
ARRAYS(long, long long)
ARRAYS(double, double)
#undef bool /* else its name would be expanded in the names made of it */
ARRAYS(bool, _Bool)
#define bool _Bool
ARRAYS(string, char *)
ARRAYS(list, struct list_node *)
ARRAYS(tree, struct tree_node *)
