/* Blind review: from whom what is hidden, until when, and how names are masked. */
#include "store_fixture.h"

#include "report/blind.h"
#include "store/decision.h"
#include "store/fact.h"

struct story {
	struct store *store;
	struct user admin, candidate;
	struct interview interview;
	struct blind_reader reader;
};

static struct story *finished_interview(const char *username, const char *full_name)
{
	struct story *story = arena_alloc(arena, sizeof(*story));

	story->store = fixture_store();
	fixture_role(story->store);
	story->admin = fixture_user(story->store, "boss", "The Boss");
	story->admin.is_admin = story->admin.is_blind = true;
	CHECK_INT(user_set_admin(story->store, story->admin.id, true), OK);
	story->candidate = fixture_user(story->store, username, full_name);
	story->interview = fixture_interview(story->store, story->candidate.id, "one");
	story->reader = (struct blind_reader){ &story->admin, LANG_EN };
	CHECK_INT(fixture_sql(database, "UPDATE interviews SET status = 'completed',"
	                                " finished_at = created_at + 1"),
	          0);
	return story;
}

static struct blind of_interview(const struct story *story)
{
	struct blind blind;

	CHECK_INT(blind_interview(story->store, arena, &story->reader, &story->interview, &blind),
	          OK);
	return blind;
}

static struct blind of_person(const struct story *story)
{
	struct blind blind;

	CHECK_INT(blind_person(story->store, arena, &story->reader, story->candidate.id, &blind),
	          OK);
	return blind;
}

static void decide(const struct story *story)
{
	const struct decision decision = { .interview_id = story->interview.id,
		                           .verdict = "hold",
		                           .reason = "Later.",
		                           .author_id = story->admin.id };
	bool changed;

	CHECK_INT(decision_save(story->store, &decision, &changed), OK);
}

static void a_name_is_hidden_until_the_decision(void)
{
	struct story *story = finished_interview("olena", "Олена Коваль");
	const char *alias = of_interview(story).alias, *name = "Олена Коваль";

	CHECK(alias != NULL && strstr(alias, "Candidate ") == alias && strlen(alias) == 16);
	CHECK_STR(of_person(story).alias, alias);
	CHECK_INT(blind_interview_name(story->store, arena, &story->reader, story->interview.id,
	                               &name),
	          OK);
	CHECK_STR(name, alias);
	name = "Олена Коваль";
	CHECK_INT(
	        blind_person_name(story->store, arena, &story->reader, story->candidate.id, &name),
	        OK);
	CHECK_STR(name, alias);
	decide(story);
	CHECK(of_interview(story).alias == NULL);
	CHECK(of_person(story).alias == NULL);
	name = "Олена Коваль";
	CHECK_INT(blind_interview_name(story->store, arena, &story->reader, story->interview.id,
	                               &name),
	          OK);
	CHECK_STR(name, "Олена Коваль");
	fixture_remove();
}

static void another_interview_keeps_the_person_hidden(void)
{
	struct story *story = finished_interview("olena", "Олена Коваль");

	decide(story);
	fixture_interview(story->store, story->candidate.id, "two");
	CHECK_INT(fixture_sql(database, "UPDATE interviews SET status = 'completed',"
	                                " finished_at = created_at + 1"),
	          0);
	CHECK(of_interview(story).alias == NULL);
	CHECK(of_person(story).alias != NULL);
	fixture_remove();
}

static void nothing_is_hidden_from_others_or_of_oneself(void)
{
	struct story *story = finished_interview("olena", "Олена Коваль");
	struct blind blind;

	story->admin.is_blind = false;
	CHECK(of_interview(story).alias == NULL);
	CHECK(of_person(story).alias == NULL);
	story->admin.is_blind = true;
	CHECK_INT(blind_person(story->store, arena, &story->reader, story->admin.id, &blind), OK);
	CHECK(blind.alias == NULL);
	story->candidate.is_blind = true;
	story->reader.user = &story->candidate;
	CHECK(of_interview(story).alias == NULL);
	fixture_remove();
}

static void names_are_masked_with_as_many_bytes(void)
{
	static const struct {
		const char *text, *masked;
	} cases[] = {
		{ "", "" },
		{ "Nothing of it.", "Nothing of it." },
		{ "I am Zdenka.", "I am ******." },
		{ "ZDENKA! zdenka, Zdenkas", "******! ******, Zdenkas" },
		{ "zdenka_sort(zdenka2)", "******_sort(zdenka2)" },
		{ "https://example.org/z-dark", "https://example.org/******" },
		{ "Меня зовут Мария Ковалёва", "Меня зовут ····· ········" },
		{ "Марии Ковалёвой, с Марией", "····· ·········, с ······" },
		{ "Мариинский театр, марля", "Мариинский театр, марля" },
		{ "Dr. 李明 says", "Dr. •• says" },
	};
	struct story *story = finished_interview("z-dark", "Zdenka Мария Ковалёва 李明 X");
	struct blind blind = of_interview(story);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *masked = blind_text(arena, &blind, cases[i].text);

		CHECK_STR(masked, cases[i].masked);
		CHECK_INT((long long)strlen(masked), (long long)strlen(cases[i].text));
	}
	fixture_remove();
}

/* Words that say who it is, each in a sentence of its own, and words that must stay. */
static void names_are_masked_in_every_case_and_other_words_stay(void)
{
	static const struct {
		const char *name, *hidden, *kept;
	} people[] = {
		{ "Семён Королёв", "Семен Королев Семеном СЕМЁНУ Королёвым королевым Семёна",
		  "семь сеть семантика королевский" },
		{ "Павел Лев", "Павла Павлу Павлом Павел Льва Львом Лев", "павлин левый льёт" },
		{ "Вера Марк", "Вера Веры Верой Марк Марка Марком",
		  "вера версия верная верим маркер маркетинг" },
		{ "Роман Слава", "Роман Романа Романом Слава Славой", "роман романтика славно" },
		{ "Max Will", "Max WILL", "max maximum will willing" },
		{ "Ольга Коваль", "Ольги Ользі ольгою Ковалю Ковалем", "ковальський ковать" },
		{ "Мария Гнатовская", "Марии Марией Гнатовской Гнатовскую", "марина гнать" },
		{ "Сергій Кравець", "Сергія Сергієві Сергієм Кравця Кравцем", "сергійко край" },
		{ "Федір Шевченко", "Федора Федором Шевченка Шевченком", "федеральний шов" },
		{ "Дмитрий Толстой", "Дмитрия Дмитрии Толстого Толстым", "дмитриевский толстеть" },
		{ "Игорь Ткач", "Игоря Игорем Ткача Ткачом", "игра ткань ткать" },
	};

	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		struct story *story = finished_interview("q1", people[i].name);
		struct blind blind = of_interview(story);
		char *words = arena_strdup(arena, people[i].hidden);

		for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
			const char *text = arena_printf(arena, "So, %s, it is", word);

			CHECK(strstr(blind_text(arena, &blind, text), word) == NULL);
		}
		CHECK_STR(blind_text(arena, &blind, people[i].kept), people[i].kept);
		fixture_remove();
	}
}

static void short_words_and_numbers_are_masked_beside_another(void)
{
	static const struct {
		const char *text, *masked;
	} cases[] = {
		{ "Person 1 has 1 index", "****** * has 1 index" },
		{ "1 person; 42 rows", "* ******; 42 rows" },
		{ "ai person, ai model", "** ******, ai model" },
		{ "person, ai", "******, ai" },
	};
	struct story *story = finished_interview("42", "Person 1 Ai");
	struct blind blind = of_interview(story);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_STR(blind_text(arena, &blind, cases[i].text), cases[i].masked);
	fixture_remove();
}

static void words_of_viva_are_not_masked(void)
{
	struct story *story = finished_interview("structure", "Backend Index");
	struct blind blind = of_interview(story);
	cJSON *document;
	const char *text = "{\"role\":{\"id\":\"backend\",\"title\":\"Backend developer\"},"
	                   "\"rubric_formula\":\"20 * (0.2 structure)\","
	                   "\"key_points\":[{\"text\":\"An index.\",\"wording\":\"An index.\","
	                   "\"evidence\":[{\"text\":\"An *****.\"}]}]}";
	const char *said = arena_printf(arena, "%s", text);

	memcpy(strstr(said, "*****"), "index", 5);
	CHECK_INT(json_parse(said, strlen(said), &document), OK);
	blind_document(arena, &blind, document);
	CHECK_STR(json_text(document), text);
	fixture_remove();
}

static void a_name_that_was_only_told_is_masked_too(void)
{
	struct story *story = finished_interview("q1", "");
	const struct fact told = { "name", "Bohdana" };
	struct blind blind;

	CHECK_INT(fact_save(story->store, story->interview.id, &told, "builtin"), OK);
	blind = of_interview(story);
	CHECK_STR(blind_text(arena, &blind, "Hi, Bohdana here"), "Hi, ******* here");
	fixture_remove();
}

/* Whoever is called like a word of the document breaks nothing in it. */
static void documents_keep_the_words_of_programs(void)
{
	struct story *story = finished_interview("covered", "Backend Good");
	struct blind blind = of_interview(story);
	cJSON *document;
	const char *text = "{\"participant\":\"Backend Good\",\"track\":\"backend\","
	                   "\"questions\":[{\"status\":\"covered\",\"answer\":\"covered\","
	                   "\"feedback\":\"Well, Backend!\",\"notes\":[\"Good answer\"]}]}";

	CHECK_INT(json_parse(text, strlen(text), &document), OK);
	blind_document(arena, &blind, document);
	CHECK_STR(json_text(document),
	          arena_printf(arena,
	                       "{\"participant\":\"%s\",\"track\":\"backend\","
	                       "\"questions\":[{\"status\":\"covered\",\"answer\":\"*******\","
	                       "\"feedback\":\"Well, *******!\",\"notes\":[\"**** answer\"]}]}",
	                       blind.alias));
	fixture_remove();
}

static void events_hide_the_other_candidate_as_well(void)
{
	struct story *story = finished_interview("olena", "Olena");
	struct user other = fixture_user(story->store, "taras", "Taras Bulba");
	struct blind blind = of_interview(story);
	struct event_row row = {
		.kind = "identical_code",
		.evidence = arena_printf(arena,
		                         "{\"other_user\":\"Taras Bulba\",\"other_owner\":\"%s\","
		                         "\"excerpt\":\"# by Olena\"}",
		                         other.id),
	};
	struct event_list list = { &row, 1 };

	CHECK_INT(blind_events(story->store, arena, &story->reader, &blind, &list), OK);
	CHECK(strstr(row.evidence, "Taras") == NULL);
	CHECK(strstr(row.evidence, "Candidate ") != NULL);
	CHECK(strstr(row.evidence, "# by *****") != NULL);
	fixture_remove();
}

int main(void)
{
	RUN(a_name_is_hidden_until_the_decision);
	RUN(another_interview_keeps_the_person_hidden);
	RUN(nothing_is_hidden_from_others_or_of_oneself);
	RUN(names_are_masked_with_as_many_bytes);
	RUN(names_are_masked_in_every_case_and_other_words_stay);
	RUN(short_words_and_numbers_are_masked_beside_another);
	RUN(words_of_viva_are_not_masked);
	RUN(a_name_that_was_only_told_is_masked_too);
	RUN(documents_keep_the_words_of_programs);
	RUN(events_hide_the_other_candidate_as_well);
	return check_done();
}
