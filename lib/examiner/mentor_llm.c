#include "examiner/mentor_llm.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "examiner/llm_checks.h"

/* Code points that are sent; of longer code the beginning. */
enum { MAX_CODE = 12000, MAX_MESSAGE = 2000, MAX_DESCRIPTION = 8000, MAX_QUOTE = 120 };

/* Of what comes back: words of an explanation, of a hint beyond twice the bank's, code lines. */
enum { MAX_WORDS = 120, HINT_FACTOR = 2, HINT_WORDS = 60, MAX_CODE_LINES = 3 };

/* Hints below this level are given in words. */
enum { CODE_LEVEL = 3 };

/* --- what is sent ------------------------------------------------------------------- */

/* A candidate's text without orders in it; lines keep their numbers. */
static const char *fenced(struct arena *arena, const char *text, size_t max)
{
	return llm_checks_fence(arena, text_shortened(arena, text, max)).blanked;
}

/* The line of that number; "" when there is none. */
static const char *line_of(struct arena *arena, const char *code, int number)
{
	for (int i = 1; i < number; i++) {
		code = strchr(code, '\n');
		if (code == NULL)
			return "";
		code++;
	}
	if (number < 1)
		return "";
	code = arena_copy(arena, code, strcspn(code, "\n"));
	return text_shortened(arena, text_trimmed(arena, code), MAX_QUOTE);
}

static cJSON *scene_data(struct arena *arena, const struct mentor_scene *scene)
{
	cJSON *data = cJSON_CreateObject();

	json_set_string(data, "task", text_shortened(arena, scene->description, MAX_DESCRIPTION));
	json_set_string(data, "code_language", scene->code_language);
	json_set_string(data, "code", fenced(arena, scene->code, MAX_CODE));
	return data;
}

/* Names and messages of exceptions are a candidate's words, too. */
static cJSON *error_data(struct arena *arena, const struct mentor_scene *scene,
                         const struct mentor_error *error)
{
	cJSON *data = scene_data(arena, scene);
	const char *class = error->class != NULL ? error->class : "";
	const char *message = error->message != NULL ? error->message : "";
	const char *line = line_of(arena, scene->code, error->line);

	json_set_string(data, "verdict", error->verdict);
	json_set_string(data, "exception", fenced(arena, class, MAX_QUOTE));
	json_set_string(data, "message", fenced(arena, message, MAX_MESSAGE));
	if (error->line > 0) {
		json_set_number(data, "line", error->line);
		json_set_string(data, "line_text", fenced(arena, line, MAX_QUOTE));
	} else {
		json_set_null(data, "line");
	}
	json_set_string(data, "shown_explanation", fenced(arena, error->builtin, MAX_MESSAGE));
	return data;
}

static cJSON *hint_data(struct arena *arena, const struct mentor_scene *scene,
                        const struct mentor_hint *hint)
{
	cJSON *data = scene_data(arena, scene), *lower;

	json_set_number(data, "level", hint->level);
	json_set_string(data, "hint", hint->texts[hint->level - 1]);
	lower = json_set_array(data, "shown_hints");
	for (int i = 0; i + 1 < hint->level; i++)
		json_add_string(lower, hint->texts[i]);
	return data;
}

/* --- code in words ------------------------------------------------------------------ */

static bool starts_with_any(const char *line, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (text_starts(line, words[i]))
			return true;
	return false;
}

static bool has_any(const char *line, const char *const *parts)
{
	for (size_t i = 0; parts[i] != NULL; i++)
		if (strstr(line, parts[i]) != NULL)
			return true;
	return false;
}

/* Nobody ends or writes a line of prose like this. */
static bool is_code_line(const char *line)
{
	static const char *const beginnings[] = { "def ",     "class ",     "return ",  "import ",
		                                  "from ",    "let ",       "const ",   "var ",
		                                  "func ",    "function ",  "fn ",      "public ",
		                                  "private ", "static ",    "int ",     "#include",
		                                  "console.", "print(",     "SELECT ",  "WITH ",
		                                  "INSERT ",  "System.out", "package ", NULL };
	static const char *const signs[] = { " = ", "==", "+=", "-=", ":=", "=>", "->",
		                             "&&",  "||", "++", "[i", "[j", NULL };
	const size_t len = strlen(line);

	if (len == 0)
		return false;
	if (strchr(";{}", line[len - 1]) != NULL || text_starts(line, "}"))
		return true;
	if (len > 1 && line[len - 1] == ':' && strchr("])", line[len - 2]) != NULL)
		return true;
	return starts_with_any(line, beginnings) || has_any(line, signs);
}

/* A line without what it quotes between backquotes: prose may speak of code. */
static const char *without_spans(struct arena *arena, const char *line)
{
	char *copy = arena_strdup(arena, line), *out = copy;

	while (*line != '\0') {
		const char *end = *line == '`' ? strchr(line + 1, '`') : NULL;

		if (end != NULL)
			line = end + 1;
		else
			*out++ = *line++;
	}
	*out = '\0';
	return copy;
}

/* Lines of code that a text has, and the longest block of them. */
struct code_lines {
	size_t all, block;
	bool has_fence;
};

static struct code_lines count_code(struct arena *arena, const char *text)
{
	struct code_lines lines = { 0 };
	bool is_fenced = false;
	size_t block = 0;

	while (*text != '\0') {
		const size_t len = strcspn(text, "\n");
		const size_t indent = strspn(text, " \t");
		const char *line = text_trimmed(arena, arena_copy(arena, text, len));
		const bool is_fence = text_starts(line, "```") || text_starts(line, "~~~");
		const bool is_indented = indent >= 2 && line[0] != '\0' &&
		                         strchr("-*0123456789", line[0]) == NULL;

		if (is_fence) {
			is_fenced = !is_fenced;
			lines.has_fence = true;
		} else if (line[0] != '\0') {
			/* An empty line does not end a block. */
			block = is_fenced || is_indented || is_code_line(without_spans(arena, line))
			                ? block + 1
			                : 0;
			lines.all += block > 0;
		}
		lines.block = block > lines.block ? block : lines.block;
		text += len + (text[len] == '\n');
	}
	return lines;
}

/* `name` and `name()` are words; a call with arguments or an expression is code. */
static bool has_code_span(struct arena *arena, const char *text)
{
	for (const char *at = strchr(text, '`'); at != NULL; at = strchr(at, '`')) {
		const size_t len = strcspn(++at, "`\n");
		const char *span = arena_copy(arena, at, len);
		const char *call = strchr(span, '(');

		if (at[len] != '`')
			continue;
		if (strpbrk(span, " =;{}[") != NULL || (call != NULL && call[1] != ')'))
			return true;
		at += len + 1;
	}
	return false;
}

static bool has_code(struct arena *arena, const char *text)
{
	const struct code_lines lines = count_code(arena, text);

	return lines.has_fence || lines.all > 0 || has_code_span(arena, text);
}

/* --- what comes back ---------------------------------------------------------------- */

static size_t count_words(const char *text)
{
	const char *end = text + strlen(text);
	bool in_word = false;
	size_t count = 0;

	while (text < end) {
		const bool is_space = text_is_space(text_next(&text, end));

		count += !is_space && !in_word;
		in_word = !is_space;
	}
	return count;
}

/* What of a solution the starter does not hand out: of a short one that is all there is. */
static const char *own_lines(struct arena *arena, const char *solution,
                             const struct score_texts *known)
{
	struct buf out;

	buf_init(&out, arena);
	while (*solution != '\0') {
		const size_t len = strcspn(solution, "\n");
		const char *line = text_trimmed(arena, arena_copy(arena, solution, len));
		bool is_known = false;

		for (size_t i = 0; i < known->count && line[0] != '\0'; i++)
			is_known = is_known || strstr(known->items[i], line) != NULL;
		if (!is_known) {
			buf_str(&out, line);
			buf_char(&out, '\n');
		}
		solution += len + (solution[len] == '\n');
	}
	return out.data;
}

/* The prompt, the secrets, and their own lines. */
static struct score_texts unsaid(struct arena *arena, const char *system,
                                 const struct mentor_scene *scene)
{
	const char **items = arena_array(arena, 2 * scene->secrets.count + 1, sizeof(*items));
	size_t count = 0;

	items[count++] = system;
	for (size_t i = 0; i < scene->secrets.count; i++) {
		items[count++] = scene->secrets.items[i];
		items[count++] = own_lines(arena, scene->secrets.items[i], &scene->known);
	}
	return (struct score_texts){ items, count };
}

/* What was shown, and all strings that were sent. */
static struct score_texts sayable(struct arena *arena, const struct mentor_scene *scene,
                                  const cJSON *data)
{
	const size_t sent = (size_t)cJSON_GetArraySize(data);
	const size_t lower = json_count(data, "shown_hints");
	const char **items = arena_array(arena, scene->known.count + sent + lower + 1,
	                                 sizeof(*items));
	const cJSON *item;
	size_t count = 0;

	for (size_t i = 0; i < scene->known.count; i++)
		items[count++] = scene->known.items[i];
	items[count++] = scene->code;
	cJSON_ArrayForEach(item, data) if (cJSON_IsString(item)) items[count++] = item->valuestring;
	cJSON_ArrayForEach(item, json_get(data, "shown_hints")) items[count++] = item->valuestring;
	return (struct score_texts){ items, count };
}

static bool has_address(const char *text)
{
	static const char *const parts[] = { "://", "www.", "](", NULL };

	return has_any(text, parts);
}

/* A mentor's question and what its answer must not say. */
struct asking {
	const struct agent_desk *desk;
	struct arena *arena;
	const struct mentor_scene *scene;
	struct agent_task task;
};

/* Why words may not be shown, NULL: they may. */
static const char *fault_of(const struct asking *asking, const char *text)
{
	struct arena *arena = asking->arena;
	const struct mentor_scene *scene = asking->scene;
	struct score_texts secrets, known;
	const char *system;

	if (text[0] == '\0' || !llm_checks_language(text, scene->language))
		return "wrong language";
	if (has_address(text))
		return "an address";
	if (llm_checks_false_score(arena, text, asking->task.data))
		return "a score";
	if (agent_system(asking->desk->kit, arena, &asking->task, &system) != OK)
		return "no prompt";
	secrets = unsaid(arena, system, scene);
	known = sayable(arena, scene, asking->task.data);
	if (guard_leaks(arena, text, &secrets, &known))
		return "a leak";
	return NULL;
}

/* The object of the answer, NULL when there is none. */
static const cJSON *ask(const struct asking *asking)
{
	struct llm_result result = { 0 };

	if (agent_run(asking->desk, asking->arena, &asking->task, &result) != OK)
		return NULL;
	return result.json;
}

static struct asking asking_of(const struct agent_desk *desk, struct arena *arena,
                               const struct mentor_scene *scene, enum agent agent)
{
	return (struct asking){
		.desk = desk,
		.arena = arena,
		.scene = scene,
		.task = { .agent = agent,
		          .language = scene->language,
		          .subject = scene->question_id },
	};
}

static void conclude(const struct asking *asking, const char *text, const char *fault,
                     struct mentor_words *ret_words)
{
	const enum agent agent = asking->task.agent;

	if (fault != NULL)
		log_warning("%s: refused: %s", agent_name(agent), fault);
	else
		*ret_words = (struct mentor_words){ text, agent_model(asking->desk->kit, agent) };
}

bool mentor_llm_is_ready(const struct agent_desk *desk, enum agent agent)
{
	return desk != NULL && agent_is_there(desk->kit, agent) &&
	       (desk->is_ready == NULL || desk->is_ready(desk->context));
}

/* The line that a model holds to be the cause, when the built-in words do not name it. */
static const char *cause_text(struct arena *arena, const struct mentor_scene *scene,
                              const struct mentor_error *error, const cJSON *answer)
{
	const double number = json_number(answer, "cause_line", 0);
	const int line = number >= 1 && number < MAX_CODE ? (int)number : 0;
	const char *text = line_of(arena, scene->code, line);

	if (line == error->line || text[0] == '\0' || strchr(text, '`') != NULL)
		return "";
	return arena_printf(arena, i18n(scene->language, "Look at line %d: `%s`."), line, text);
}

void mentor_llm_explain(const struct agent_desk *desk, struct arena *arena,
                        const struct mentor_scene *scene, const struct mentor_error *error,
                        struct mentor_words *ret_words)
{
	struct asking asking = asking_of(desk, arena, scene, AGENT_ERROR_MENTOR);
	const char *words, *next, *cause, *fault;
	const cJSON *answer;

	*ret_words = (struct mentor_words){ 0 };
	if (!mentor_llm_is_ready(desk, AGENT_ERROR_MENTOR))
		return;
	asking.task.data = error_data(arena, scene, error);
	answer = ask(&asking);
	if (answer == NULL)
		return;
	next = text_trimmed(arena, json_string(answer, "next_step", ""));
	words = arena_printf(arena, "%s\n\n%s",
	                     text_trimmed(arena, json_string(answer, "explanation", "")), next);
	fault = fault_of(&asking, text_trimmed(arena, words));
	if (fault == NULL && count_words(words) > MAX_WORDS)
		fault = "too many words";
	if (fault == NULL && count_code(arena, words).block > MAX_CODE_LINES)
		fault = "too much code";
	cause = cause_text(arena, scene, error, answer);
	if (cause[0] != '\0')
		words = arena_printf(arena, "%s\n\n%s", words, cause);
	conclude(&asking, words, fault, ret_words);
}

void mentor_llm_hint(const struct agent_desk *desk, struct arena *arena,
                     const struct mentor_scene *scene, const struct mentor_hint *hint,
                     struct mentor_words *ret_words)
{
	struct asking asking = asking_of(desk, arena, scene, AGENT_HINT_MENTOR);
	const char *bank = hint->texts[hint->level - 1], *words, *fault;
	const cJSON *answer;

	*ret_words = (struct mentor_words){ 0 };
	if (!mentor_llm_is_ready(desk, AGENT_HINT_MENTOR))
		return;
	asking.task.data = hint_data(arena, scene, hint);
	answer = ask(&asking);
	if (answer == NULL)
		return;
	words = text_trimmed(arena, json_string(answer, "hint", ""));
	fault = fault_of(&asking, words);
	if (fault == NULL && count_words(words) > HINT_FACTOR * count_words(bank) + HINT_WORDS)
		fault = "too many words";
	if (fault == NULL && hint->level < CODE_LEVEL && has_code(arena, words) &&
	    !has_code(arena, bank))
		fault = "code";
	conclude(&asking, words, fault, ret_words);
}
