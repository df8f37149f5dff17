#include "judge/glue.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "judge/harness.h"

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool is_word(const char *text)
{
	if (text == NULL || isdigit((unsigned char)*text))
		return false;
	return *text != '\0' && text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
	                                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] == '\0';
}

bool glue_in_place(const struct judge_job *job)
{
	return job->in_place || job->signature->returns.base == TYPE_VOID;
}

struct type glue_answer(const struct judge_job *job)
{
	return glue_in_place(job) ? job->signature->params[0].type : job->signature->returns;
}

bool glue_has_type(const struct signature *signature, enum type_base base)
{
	for (size_t i = 0; i < signature->count; i++) {
		if (signature->params[i].type.base == base)
			return true;
	}
	return signature->returns.base == base;
}

enum err glue_check(const struct judge_job *job, const char **ret_fault)
{
	struct type answer;

	*ret_fault = NULL;
	if (job->signature == NULL)
		*ret_fault = "a typed language needs the function's signature";
	else if (!is_word(job->function))
		*ret_fault = "this is not the name of a function";
	else if (glue_in_place(job) && job->signature->count == 0)
		*ret_fault = "there is no argument to change in place";
	if (*ret_fault != NULL)
		return ERR_INVALID;
	answer = glue_answer(job);
	if (glue_in_place(job) && answer.dimensions == 0 && answer.base <= TYPE_BOOL)
		*ret_fault = "a single number cannot be changed in place";
	return *ret_fault == NULL ? OK : ERR_INVALID;
}

enum err glue_check_fixed_strings(const struct judge_job *job, const char **ret_fault)
{
	enum err err = glue_check(job, ret_fault);
	struct type answer;

	if (err != OK)
		return err;
	answer = glue_answer(job);
	if (glue_in_place(job) && answer.dimensions == 0 && answer.base == TYPE_STRING) {
		*ret_fault = "strings of this language cannot be changed in place";
		return ERR_INVALID;
	}
	return OK;
}

int glue_line(const struct judge_job *job)
{
	size_t name_len = strlen(job->function);
	const char *end = job->code + job->code_len;
	int line = 1;

	for (const char *at = job->code; (size_t)(end - at) > name_len; at++) {
		const char *next = at + name_len;

		if (*at == '\n')
			line++;
		if (memcmp(at, job->function, name_len) != 0 || is_word_char(*next) ||
		    (at > job->code && is_word_char(at[-1])))
			continue;
		while (next < end && (*next == ' ' || *next == '\t'))
			next++;
		/* '<': type parameters */
		if (next < end && (*next == '(' || *next == '<'))
			return line;
	}
	return 1;
}

bool glue_has_words(const struct judge_job *job, const char *word, const char *next)
{
	const char *end = job->code + job->code_len;
	size_t word_len = strlen(word), next_len = strlen(next);

	for (const char *at = job->code; (size_t)(end - at) > word_len; at++) {
		const char *follower = at + word_len;

		if (memcmp(at, word, word_len) != 0 || !isspace((unsigned char)*follower) ||
		    (at > job->code && is_word_char(at[-1])))
			continue;
		while (follower < end && isspace((unsigned char)*follower))
			follower++;
		if ((size_t)(end - follower) >= next_len && memcmp(follower, next, next_len) == 0 &&
		    (follower + next_len == end || !is_word_char(follower[next_len])))
			return true;
	}
	return false;
}

static void add_file(struct program *program, struct program_file file)
{
	assert(program->file_count < PROGRAM_MAX_FILES);
	program->files[program->file_count++] = file;
}

void glue_add_text(struct program *program, const char *name, const char *text)
{
	add_file(program, (struct program_file){ name, text, strlen(text), false });
}

void glue_add_harness(struct program *program, const char *name)
{
	const struct harness *harness = harness_file(name);

	add_file(program, (struct program_file){ name, harness->bytes, harness->size, false });
}

void glue_add_code(struct program *program, const char *name, const struct judge_job *job)
{
	add_file(program, (struct program_file){ name, job->code, job->code_len, false });
}

const char *const *glue_strings(struct arena *arena, const char *const *strings)
{
	const char **copy;
	size_t count = 0;

	while (strings[count] != NULL)
		count++;
	copy = arena_array(arena, count + 1, sizeof *copy);
	for (size_t i = 0; i < count; i++)
		copy[i] = arena_strdup(arena, strings[i]);
	return copy;
}

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

/* Where `word` stands within the line, NULL if it does not. */
static const char *find_in_line(const char *line, const char *word)
{
	const char *found = strstr(line, word);

	return found != NULL && found + strlen(word) <= line_end(line) ? found : NULL;
}

int glue_find_line(const char *text, const char *file, const char *marker)
{
	size_t file_len = strlen(file);

	for (const char *line = text; *line != '\0';) {
		const char *found = find_in_line(line, file);

		/* not the end of a longer name */
		while (found != NULL && found > line && is_word_char(found[-1]))
			found = find_in_line(found + 1, file);
		if (found != NULL && found[file_len] == ':' &&
		    isdigit((unsigned char)found[file_len + 1]) &&
		    find_in_line(line, marker) != NULL)
			return atoi(found + file_len + 1);
		line = line_end(line);
		line += *line == '\n';
	}
	return 0;
}

char *glue_text_after(struct arena *arena, const char *text, const char *marker)
{
	const char *found = strstr(text, marker);

	if (found == NULL)
		return NULL;
	found += strlen(marker);
	return arena_copy(arena, found, (size_t)(line_end(found) - found));
}

static bool is_reserved(const char *name)
{
	/* Of all five languages, so that one task has the same names in all of them. */
	static const char words[] =
	        " abstract and as assert async auto await become bool boolean box break byte case "
	        "catch chan char class compl const continue crate default defer delete do double "
	        "dyn else enum explicit export extends extern fallthrough false final finally "
	        "float fn for friend func go goto if impl implements import in inline int "
	        "interface let long loop macro main map match mod module move mut mutable "
	        "namespace native new not null nullptr operator or override package priv private "
	        "protected pub public range record ref register requires return select self "
	        "short signed sizeof static string strictfp struct super switch synchronized "
	        "template this throw throws trait transient true try type typedef typename union "
	        "unsafe unsigned unsized use using var virtual void volatile where while xor "
	        "yield ";
	const char *found = words;
	size_t len = strlen(name);

	while ((found = strstr(found, name)) != NULL) {
		if (found[-1] == ' ' && found[len] == ' ')
			return true;
		found += len;
	}
	return false;
}

char *glue_parameter_name(struct arena *arena, const char *name, bool in_camel_case)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (const char *at = name; *at != '\0'; at++) {
		bool is_joint = in_camel_case && *at == '_' && at > name &&
		                islower((unsigned char)at[1]);

		buf_char(&buf, is_joint ? (char)toupper((unsigned char)*++at) : *at);
	}
	if (is_reserved(buf.data))
		buf_char(&buf, '_');
	return buf.data;
}
