/* The built-in observer and its facts against labelled messages (tests/data/messages). */
#include "check.h"

#include "base/buf.h"
#include "examiner/examiner.h"
#include "examiner/facts.h"

enum { CLASSES = 9, LANGUAGES = 3, SPLITS = 2, FACTS = 5, MESSAGES_MAX = 1200, FILE_MAX = 1 << 20 };
enum { TUNE, TEST };

static const char *const codes[] = { [LANG_EN] = "en", [LANG_RU] = "ru", [LANG_UK] = "uk" };
static const char *const splits[] = { "tune", "test" };
static const char *const fact_names[] = { "name", "position", "level", "experience",
	                                  "technologies" };

struct labelled {
	int label, got, split;
	enum language language;
};

/* Of one fact: told and found, found in all, told in all. */
struct harvest {
	int right, found, told;
};

static struct labelled all[MESSAGES_MAX];
static size_t count;
static struct harvest harvests[FACTS];

/* --- reading ----------------------------------------------------------------- */

static const cJSON *bank_question(const char *id)
{
	static const char *const files[] = { "backend", "frontend", "data-science", "hr", "case" };

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		const char *path = arena_printf(arena, "bank/questions/%s.json", files[i]);
		const cJSON *question;
		cJSON *list = NULL;

		CHECK_INT(json_parse_file(arena, path, FILE_MAX, &list), OK);
		cJSON_ArrayForEach(question, list)
		{
			if (strcmp(json_string(question, "id", ""), id) == 0)
				return question;
		}
	}
	return NULL;
}

static int class_of(const char *name)
{
	for (int class = 0; class < CLASSES; class ++)
		if (strcmp(message_class_name((enum message_class) class), name) == 0)
			return class;
	printf("# no such label: %s\n", name);
	check_failures++;
	return 0;
}

static char *line_of(FILE *file)
{
	static char line[16384];

	return fgets(line, sizeof(line), file);
}

static bool has_item(const char *list, const char *item)
{
	return strstr(arena_printf(arena, ", %s, ", list), arena_printf(arena, ", %s, ", item)) !=
	       NULL;
}

static void count_technologies(const cJSON *told, const char *found)
{
	struct harvest *harvest = &harvests[FACTS - 1];
	const cJSON *item;

	cJSON_ArrayForEach(item, told)
	{
		harvest->told++;
		harvest->right += found != NULL && has_item(found, item->valuestring);
	}
	for (const char *at = found; at != NULL && *at != '\0'; at += strspn(at, ", ")) {
		harvest->found++;
		at += strcspn(at, ",");
	}
}

static bool technologies_agree(const cJSON *told, const char *found)
{
	const cJSON *item;
	int commas = 0;

	for (const char *at = found; at != NULL && *at != '\0'; at++)
		commas += *at == ',';
	cJSON_ArrayForEach(item, told)
	{
		if (found == NULL || !has_item(found, item->valuestring))
			return false;
	}
	return cJSON_GetArraySize(told) == (found == NULL ? 0 : commas + 1);
}

static void count_facts(const cJSON *told, const char *text, int split)
{
	const struct exam_facts facts = facts_find(arena, text);
	const char *const found[] = { facts.name, facts.position, facts.level, facts.experience };

	for (size_t i = 0; i < FACTS - 1; i++) {
		const char *expected = json_string(told, fact_names[i], NULL);
		const bool same = expected != NULL && found[i] != NULL &&
		                  strcmp(expected, found[i]) == 0;

		harvests[i].told += expected != NULL;
		harvests[i].found += found[i] != NULL;
		harvests[i].right += same;
		if (split == TUNE && !same && (expected != NULL || found[i] != NULL))
			printf("# fact %s: got \"%s\", expected \"%s\": %s\n", fact_names[i],
			       found[i] ? found[i] : "-", expected ? expected : "-", text);
	}
	count_technologies(json_get(told, "technologies"), facts.technologies);
	if (split == TUNE &&
	    !technologies_agree(json_get(told, "technologies"), facts.technologies))
		printf("# fact technologies: got \"%s\": %s\n",
		       facts.technologies ? facts.technologies : "-", text);
}

static int observed_class(const cJSON *json, const char *text, enum language language)
{
	const char *id = json_string(json, "question", NULL);
	struct exam_situation situation = { .answer = text, .follow_ups_left = 1 };
	struct exam_question question;
	struct observation seen = { 0 };

	if (id != NULL) {
		const cJSON *body = bank_question(id);

		CHECK(body != NULL);
		if (body == NULL)
			return 0;
		CHECK_INT(exam_question_parse(arena, json_text(body), language, &question), OK);
		situation.question = &question;
	}
	CHECK_INT(examiner_builtin()->observe(NULL, arena, &situation, text, &seen), OK);
	CHECK((seen.class == MESSAGE_HALLUCINATION) == (seen.correction != NULL));
	return (int)seen.class;
}

static void take_message(const cJSON *json, enum language language)
{
	struct labelled *message = &all[count++];
	const char *text = json_string(json, "text", "");

	*message = (struct labelled){

		.label = class_of(json_string(json, "label", "")),
		.got = observed_class(json, text, language),
		.split = strcmp(json_string(json, "split", ""), "test") == 0 ? TEST : TUNE,
		.language = language,
	};
	if (message->label == MESSAGE_INTRODUCTION)
		count_facts(json_get(json, "facts"), text, message->split);
	if (message->split == TUNE && message->got != message->label)
		printf("# %s taken for %s: %s\n",
		       message_class_name((enum message_class)message->label),
		       message_class_name((enum message_class)message->got), text);
}

static void messages_are_observed(void)
{
	for (int i = 0; i < LANGUAGES; i++) {
		const enum language language = (enum language)i;
		const size_t before = count;
		FILE *file = fopen(
		        arena_printf(arena, "tests/data/messages/%s.jsonl", codes[language]), "r");
		const char *line;

		CHECK(file != NULL);
		if (file == NULL)
			continue;
		while (count < MESSAGES_MAX && (line = line_of(file)) != NULL) {
			struct arena *whole = arena;
			cJSON *json = NULL;

			arena = arena_create();
			json_bind(arena);
			CHECK_INT(json_parse(line, strlen(line), &json), OK);
			take_message(json, language);
			arena_destroy(arena);
			arena = whole;
			json_bind(arena);
		}
		CHECK(count - before >= 120);
		fclose(file);
	}
}

/* --- how well they agree ----------------------------------------------------- */

/* Messages with that label, class and language; -1 for any. */
static int number(int label, int got, int language, int split)
{
	int found = 0;

	for (size_t i = 0; i < count; i++)
		found += (label < 0 || all[i].label == label) && (got < 0 || all[i].got == got) &&
		         (language < 0 || (int)all[i].language == language) &&
		         (split < 0 || all[i].split == split);
	return found;
}

static double share(int part, int whole)
{
	return whole > 0 ? (double)part / whole : 1;
}

static double recall(int class, int language, int split)
{
	return share(number(class, class, language, split), number(class, -1, language, split));
}

static double precision(int class, int split)
{
	return share(number(class, class, -1, split), number(-1, class, -1, split));
}

static double accuracy(int language, int split)
{
	int right = 0;

	for (int class = 0; class < CLASSES; class ++)
		right += number(class, class, language, split);
	return share(right, number(-1, -1, language, split));
}

static void print_table(int split)
{
	printf("# %-14s  rec  prec    n   en   ru   uk   taken for\n",
	       split < 0 ? "all" : splits[split]);
	for (int class = 0; class < CLASSES; class ++) {
		printf("# %-14s %.2f  %.2f  %3d", message_class_name((enum message_class) class),
		       recall(class, -1, split), precision(class, split),
		       number(class, -1, -1, split));
		for (int language = 0; language < LANGUAGES; language++)
			printf(" %.2f", recall(class, language, split));
		for (int got = 0; got < CLASSES; got++)
			if (got != class && number(class, got, -1, split) > 0)
				printf("  %s %d", message_class_name((enum message_class)got),
				       number(class, got, -1, split));
		printf("\n");
	}
	printf("# whole accuracy %.3f (en %.3f, ru %.3f, uk %.3f)\n", accuracy(-1, split),
	       accuracy(LANG_EN, split), accuracy(LANG_RU, split), accuracy(LANG_UK, split));
}

static void check_floor(const char *what, double got, double floor)
{
	if (got >= floor)
		return;
	printf("# %s: %.3f is below %.2f\n", what, got, floor);
	check_failures++;
}

/* True if the scorer has the last word on that class. */
static bool is_answer(int class)
{
	return class == MESSAGE_NORMAL || class == MESSAGE_INCOMPLETE ||
	       class == MESSAGE_EXCELLENT || class == MESSAGE_HALLUCINATION;
}

static void check_split(int split, double aside_floor, double whole_floor)
{
	for (int class = 0; class < CLASSES; class ++) {
		const char *name = message_class_name((enum message_class) class);

		check_floor(name, recall(class, -1, split), is_answer(class) ? 0.45 : aside_floor);
		check_floor(name, precision(class, split), is_answer(class) ? 0.6 : aside_floor);
	}
	check_floor("whole accuracy", accuracy(-1, split), whole_floor);
}

static void observer_agrees_with_people(void)
{
	print_table(-1);
	print_table(TEST);
	check_split(-1, 0.9, 0.85);
	check_split(TEST, 0.8, 0.85);
}

/* A stop that nobody wanted costs an interview; an answer taken for a refusal costs a mark. */
static void answers_stay_answers(void)
{
	int lost = 0, answers = 0;

	for (size_t i = 0; i < count; i++) {
		const bool answer = is_answer(all[i].label);

		answers += answer;
		lost += answer && !is_answer(all[i].got);
		CHECK(all[i].got != MESSAGE_STOP_COMMAND || all[i].label == MESSAGE_STOP_COMMAND);
	}
	printf("# answers taken for something else: %d of %d\n", lost, answers);
	check_floor("answers kept", 1 - share(lost, answers), 0.98);
}

/* What once overran the words, and wordings next to one another that mean different things. */
static void wordings_are_told_apart(void)
{
	static const struct {
		const char *text;
		enum message_class class;
	} rows[] = {
		{ "We never used it without a transaction", MESSAGE_INCOMPLETE },
		{ "at the end", MESSAGE_INCOMPLETE },
		{ "stop the script", MESSAGE_INCOMPLETE },
		{ "finish it", MESSAGE_INCOMPLETE },
		{ "остановить всё", MESSAGE_INCOMPLETE },
		{ "завершити одну", MESSAGE_INCOMPLETE },
		{ "I told him: let's finish this", MESSAGE_INCOMPLETE },
		{ "We want the server to report", MESSAGE_INCOMPLETE },
		{ "don't know, maybe it locks everything?", MESSAGE_INCOMPLETE },
		{ "не знаю, но дерево быстрее", MESSAGE_INCOMPLETE },
		{ "хочу щоб запит повернув результат", MESSAGE_INCOMPLETE },
		{ "не знаю, с чем это едят", MESSAGE_DONT_KNOW },
		{ "Can you give me an example?", MESSAGE_QUESTION },
		{ "Could I see my report now?", MESSAGE_STOP_COMMAND },
		{ "", MESSAGE_OFF_TOPIC },
		{ "фвафыва", MESSAGE_OFF_TOPIC },
	};
	struct exam_question question;
	struct buf longest;

	CHECK_INT(exam_question_parse(arena, json_text(bank_question("frontend-flexbox-vs-grid")),
	                              LANG_EN, &question),
	          OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct exam_situation situation = { .question = &question,
			                                  .answer = rows[i].text };
		struct observation seen;

		CHECK_INT(examiner_builtin()->observe(NULL, arena, &situation, rows[i].text, &seen),
		          OK);
		if (seen.class != rows[i].class)
			printf("# %s: %s\n", message_class_name(seen.class), rows[i].text);
		CHECK(seen.class == rows[i].class);
	}
	buf_init(&longest, arena);
	for (int i = 0; i < 200; i++)
		buf_str(&longest, "one sentence without an end ");
	CHECK_INT(observed_class(cJSON_CreateObject(), longest.data, LANG_EN), MESSAGE_NORMAL);
}

static void facts_agree_with_people(void)
{
	for (size_t i = 0; i < FACTS; i++) {
		const struct harvest *harvest = &harvests[i];
		const double right = share(harvest->right, harvest->told);
		const double sure = share(harvest->right, harvest->found);

		printf("# %-14s rec %.2f  prec %.2f  (%d told)\n", fact_names[i], right, sure,
		       harvest->told);
		CHECK(harvest->told >= 10);
		check_floor(fact_names[i], right, 0.85);
		check_floor(fact_names[i], sure, 0.9);
	}
}

int main(void)
{
	RUN(messages_are_observed);
	RUN(observer_agrees_with_people);
	RUN(answers_stay_answers);
	RUN(wordings_are_told_apart);
	RUN(facts_agree_with_people);
	return check_done();
}
