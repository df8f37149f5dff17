#include "check.h"

#include "examiner/generate.h"
#include "examiner/likeness.h"

enum { MOST_FILE = 1 << 22, MOST_QUESTIONS = 500 };

static const char *const codes[] = { "en", "ru", "uk" };

static cJSON *bank_of(const char *name)
{
	cJSON *list = NULL;

	CHECK_INT(json_parse_file(arena, arena_printf(arena, "bank/questions/%s.json", name),
	                          MOST_FILE, &list),
	          OK);
	return list;
}

static const char *question_text(const cJSON *question, const char *code)
{
	return json_string(json_get(question, "question"), code, "");
}

/* No two questions of the bank are alike. */
static void the_banks_questions_are_not_alike(void)
{
	static const char *const names[] = { "backend", "frontend", "data-science", "hr", "case" };
	const char *texts[MOST_QUESTIONS];

	for (int language = 0; language < 3; language++) {
		size_t count = 0, place;

		for (int i = 0; i < 5; i++) {
			const cJSON *item;

			cJSON_ArrayForEach(item, bank_of(names[i]))
			        texts[count++] = question_text(item, codes[language]);
		}
		CHECK(count > 40);
		for (size_t i = 0; i + 1 < count; i++)
			CHECK(likeness_most(arena, texts[i], texts + i + 1, count - i - 1, &place) <
			      GENERATE_ALIKE + 0.05);
	}
}

/* The same questions in other words, among those of the bank. */
static void rewordings_are_alike(void)
{
	static const struct {
		const char *id, *texts[3];
	} rewordings[] = {
		{ "backend-http-idempotency",
		  { "Which HTTP methods are safe and which are idempotent, and how would you keep "
		    "a payment endpoint from charging the same customer twice?",
		    "Какие HTTP-методы безопасные, а какие идемпотентные, и как защитить платёжный "
		    "эндпоинт от повторного списания?",
		    "Які HTTP-методи безпечні, а які ідемпотентні, і як захистити платіжний "
		    "ендпоінт від повторного списання?" } },
		{ "backend-database-indexes",
		  { "Why do indexes speed up database queries, what price do they have, and when "
		    "will the planner not use one?",
		    "Почему индексы ускоряют запросы к базе данных, чего они стоят и когда "
		    "планировщик не использует индекс?",
		    "Чому індекси пришвидшують запити до бази даних, чого вони коштують і коли "
		    "планувальник не використовує індекс?" } },
		{ "backend-password-storage",
		  { "In what way should users' passwords be stored, and why is a SHA-256 hash not "
		    "enough?",
		    "Каким образом следует хранить пароли пользователей, и почему недостаточно "
		    "хеша SHA-256?",
		    "У який спосіб слід зберігати паролі користувачів і чому недостатньо хешу "
		    "SHA-256?" } },
		{ "backend-transaction-isolation",
		  { "Which anomalies do concurrent transactions have, which isolation level "
		    "prevents which of them, and how do you choose the level?",
		    "Какие аномалии бывают у параллельных транзакций, какой уровень изоляции от "
		    "каких защищает и как выбрать уровень?",
		    "Які аномалії бувають у паралельних транзакцій, який рівень ізоляції від "
		    "яких захищає і як обрати рівень?" } },
	};

	for (size_t i = 0; i < sizeof(rewordings) / sizeof(*rewordings); i++) {
		const cJSON *bank = bank_of("backend"), *item;

		for (int language = 0; language < 3; language++) {
			const char *texts[MOST_QUESTIONS];
			size_t count = 0, place;
			double likeness;

			cJSON_ArrayForEach(item, bank)
			        texts[count++] = question_text(item, codes[language]);
			likeness = likeness_most(arena, rewordings[i].texts[language], texts, count,
			                         &place);
			CHECK(likeness >= GENERATE_ALIKE + 0.1);
			CHECK_STR(json_string(cJSON_GetArrayItem(bank, (int)place), "id", ""),
			          rewordings[i].id);
		}
	}
}

static void likeness_has_its_bounds(void)
{
	static const char *const others[] = { NULL, "", "What is a mutex?" };
	size_t place = 7;

	CHECK_NEAR(likeness_most(arena, "What is a mutex?", NULL, 0, &place), 0, 0);
	CHECK(place == 0);
	CHECK_NEAR(likeness_most(arena, "What is a mutex?", others, 3, &place), 1, 1e-9);
	CHECK(place == 2);
	CHECK_NEAR(likeness_most(arena, "", others, 3, &place), 0, 0);
	CHECK_NEAR(likeness_most(arena, "Explain threads", others, 3, &place), 0, 0);
}

int main(void)
{
	RUN(the_banks_questions_are_not_alike);
	RUN(rewordings_are_alike);
	RUN(likeness_has_its_bounds);
	return check_done();
}
