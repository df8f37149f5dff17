/* What is read out of the text of a CV, and what is not. */
#include "check.h"

#include <stdlib.h>

#include "base/text.h"
#include "profile/cv.h"
#include "profile/dictionary.h"
#include "profile/extract.h"

/* 1 January 2026 */
#define NOW INT64_C(1767225600000)

static const struct proposal *read_cv(const char *text)
{
	struct extract *extract = arena_alloc(arena, sizeof(*extract));

	*extract = extract_read(arena, text, NOW);
	return &extract->proposal;
}

static int by_name(const void *a, const void *b)
{
	const struct proposal_value *x = a, *y = b;

	return strcmp(x->value, y->value);
}

/* The technologies in the order of the alphabet. */
static const char *names(const char *text)
{
	const struct proposal *proposal = read_cv(text);
	struct buf list;

	buf_init(&list, arena);
	qsort(proposal->technologies, proposal->count, sizeof(*proposal->technologies), by_name);
	for (size_t i = 0; i < proposal->count; i++)
		buf_printf(&list, "%s%s", i == 0 ? "" : ", ", proposal->technologies[i].value);
	return list.data;
}

static void check_names(const char *text, const char *expected)
{
	CHECK_STR(names(text), expected);
}

/* --- technologies ---------------------------------------------------------------- */

static void the_table_is_large_and_sound(void)
{
	const struct dictionary *dictionary = dictionary_create(arena);
	size_t count = 0;

	for (const struct technology *const *group = dictionary_groups; *group != NULL; group++)
		for (const struct technology *row = *group; row->name != NULL; row++)
			for (const char *alias = row->aliases; *alias != '\0';) {
				const size_t len = strcspn(alias, "|");
				const char *text = arena_copy(arena, alias,
				                              len - (alias[len - 1] == '*'));
				const struct page page = page_read(arena, text);
				size_t end = 0;

				count++;
				if (dictionary_at(dictionary, &page, 0, &end) == NULL ||
				    end != page.count ||
				    strcmp(dictionary_find(dictionary, text)->name, row->name) != 0)
					CHECK_STR(text, "found by itself alone");
				alias += len + (alias[len] == '|');
			}
	CHECK(count >= 400);
	printf("# %zu aliases\n", count);
}

static void names_with_signs_are_words(void)
{
	check_names(
	        "Skills: C++, C#, .NET, Node.js, ASP.NET Core, CI/CD, TCP/IP, T-SQL, A/B testing",
	        ".NET, A/B testing, ASP.NET Core, C#, C++, CI/CD, Node.js, T-SQL, TCP/IP");
	check_names("HTML5/CSS3, PHP 8.2, Python3, C++17, Java 17, Vue 3",
	            "C++, CSS, HTML, Java, PHP, Python, Vue");
	check_names("Spring Boot, React Native, Objective-C, Apache Kafka",
	            "Kafka, Objective-C, React Native, Spring Boot");
}

static void other_spellings_are_known(void)
{
	check_names("Пишу на питоне и джаве, деплою докером в кубер, базы — постгрес и монга.",
	            "Docker, Java, Kubernetes, MongoDB, PostgreSQL, Python");
	check_names("Навички: пітон, докер, постгрес, реакт", "Docker, PostgreSQL, Python, React");
	check_names("Программист 1С, знаю 1С:Предприятие 8.3", "1С:Предприятие");
	check_names("k8s, golang, js, ts, postgres",
	            "Go, JavaScript, Kubernetes, PostgreSQL, TypeScript");
}

static void less_common_names_are_known(void)
{
	check_names("Skills: AlmaLinux, Pug, WebLogic, Triton, Hugging Face Transformers, Bitrise, "
	            "Cosmos DB",
	            "AlmaLinux, Azure Cosmos DB, Bitrise, Hugging Face, Pug.js, Triton Inference "
	            "Server, WebLogic");
	check_names("знаю Тарантул, ГитЛаб CI; Scala developer", "GitLab CI, Scala, Tarantool");
}

static void words_that_mean_something_else_need_company(void)
{
	static const char *const traps[] = {
		"I like to go out, react to criticism, rest in spring and express myself.",
		"A swift learner with a vault of ideas, ready to go. I excel at spark and boost.",
		"Worked for American Express and Dart Container; vitamin C research.",
		"Julia Roberts and Charles Puppet live in Crystal Springs.",
		"University of Pascal, Ada Lovelace Institute, Ruby Street 5",
		"Spring 2019 - Autumn 2020: chef in Hotel Oracle",
		"Hobbies: chess, flask collecting, long walks in the desert, dart",
		"English C1, German B2, A/C repair",
		"Отдыхаю на природе, раст цен, вью на море, шарп глаз",
		"plan C, exit R, grade D student",
		"We can arm the rest; move on, combine, segment.",
		"Хобби: катаюсь на рельсах, R&B, a tableau vivant, Scala opera house",
	};

	for (size_t i = 0; i < sizeof(traps) / sizeof(*traps); i++)
		check_names(traps[i], "");
}

static void words_that_are_meant_count(void)
{
	check_names("Skills\nGo, R, C, Swift, Rust", "C, Go, R, Rust, Swift");
	check_names("Go developer", "Go");
	check_names("Go-разработчик", "Go");
	check_names("Разработчик Swift", "Swift");
	check_names("Wrote services in Go with PostgreSQL behind them.", "Go, PostgreSQL");
	check_names("Experience\nMoved from Python and Flask to Kotlin with Spring.",
	            "Flask, Kotlin, Python, Spring");
	check_names("Docker / Chef / Puppet / Ansible", "Ansible, Chef, Docker, Puppet");
	check_names("Python, go, rust", "Go, Python, Rust");
}

static void what_somebody_denies_does_not_count(void)
{
	check_names("Python. No experience with Kubernetes.", "Python");
	check_names("Python; хочу изучить Rust и Kubernetes", "Python");
	check_names("No experience with AWS. Want to learn Kubernetes. Familiar with Git and "
	            "Linux.",
	            "Git, Linux");
	check_names("I read about Kafka but never used it. Docker", "Docker");
	check_names("Читал про Kafka, но не использовал.", "");
}

static void contacts_are_no_technologies(void)
{
	check_names("github.com/ann-python, ann@docker.com, GitHub: ann\nPython", "Python");
	check_names("https://linkedin.com/in/ann\nreact.example/ruby, (github.com/ann/docker-tools)"
	            "\nkafka@example.com\nGit",
	            "Git");
	check_names("Node.js/React, ASP.NET/C#, Socket.IO/Redis, Vue.js/Nuxt.js",
	            "ASP.NET, C#, Node.js, Nuxt, React, Redis, Socket.IO, Vue");
}

static void the_most_important_one_is_first(void)
{
	const struct proposal *proposal = read_cv(
	        "Ann Reed\nKotlin Developer\nSkills\nGit, Jira, Kotlin, Redis\nExperience\n"
	        "Redis cache, Redis streams\n");

	CHECK_INT((int)proposal->count, 4);
	CHECK_STR(proposal->technologies[0].value, "Kotlin");
	CHECK_STR(proposal->technologies[0].quote, "Kotlin Developer");
	CHECK_STR(proposal->technologies[1].value, "Redis");
}

/* --- position, level, years --------------------------------------------------------- */

static void positions_and_levels_are_read(void)
{
	static const struct {
		const char *text, *position, *level;
	} rows[] = {
		{ "Ann Reed\nSenior Java Developer", "Java Developer", "senior" },
		{ "Ann Reed — Lead Backend Engineer", "Backend Engineer", "senior" },
		{ "Ann Reed\nTeam Lead", "Team Lead", "senior" },
		{ "Ann Reed\nSr. QA Automation Engineer | Kyiv", "QA Automation Engineer",
		  "senior" },
		{ "Ann Reed\nIntern Web Developer", "Web Developer", "junior" },
		{ "Ann Reed\nMid-level iOS Developer", "iOS Developer", "middle" },
		{ "Ann Reed\nFull-Stack Developer (React / Node.js)", "Full-Stack Developer",
		  NULL },
		{ "Ann Reed\nann@example.com, github.com/ann-dev\nC/C++ Developer",
		  "C/C++ Developer", NULL },
		{ "Иван Петров\nВедущий программист 1С", "Программист 1С", "senior" },
		{ "Иван Петров\nСтажёр-тестировщик", "Тестировщик", "junior" },
		{ "Желаемая должность: Младший системный администратор", "Системный администратор",
		  "junior" },
		{ "Анна Шевчук\nПровідна інженерка з тестування", "Інженерка з тестування",
		  "senior" },
		{ "Бажана посада\nFront-end розробниця (Middle)", "Front-end розробниця",
		  "middle" },
		{ "Ann Reed\nBack-end developer with a love of queues and nine years of experience "
		  "in banks "
		  "and shops",
		  "Back-end developer", "senior" },
		{ "Ann Reed\nFrom intensive-care nurse to back-end developer", "back-end developer",
		  NULL },
		{ "Анна\nРазработчик 1С / Bitrix", "Разработчик 1С / Bitrix", NULL },
		{ "Анна\nТимлид / Java-архитектор", "Тимлид / Java-архитектор", "senior" },
		{ "Анна\nРазработчик / Киев", "Разработчик", NULL },
		{ "Анна\nРазработчик\nПишу на 1С и PHP, готов к удаленке. Уровень: мидл.",
		  "Разработчик", "middle" },
		{ "Ann Reed\nDeveloper\nLanguages\nEnglish level: intermediate", "Developer",
		  NULL },
		{ "Ann Reed\nComputer Science student seeking a Software Engineering Internship",
		  "Software Engineering Internship", "junior" },
		{ "Ann Reed\nLikes cats.", NULL, NULL },
		{ "", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct proposal *proposal = read_cv(rows[i].text);

		if (proposal->position.value != NULL || rows[i].position != NULL)
			CHECK_STR(proposal->position.value, rows[i].position);
		if (proposal->level.value != NULL || rows[i].level != NULL)
			CHECK_STR(proposal->level.value, rows[i].level);
	}
}

static void years_are_read(void)
{
	static const struct {
		const char *text;
		double years;
	} rows[] = {
		{ "5+ years of experience", 5 },
		{ "Опыт работы — 3 года 6 месяцев", 3.5 },
		{ "более 6 лет опыта, из них 2 года на Go", 6 },
		{ "понад 4 роки комерційного досвіду", 4 },
		{ "Два з половиною роки досвіду", 2.5 },
		{ "Полтора года опыта", 1.5 },
		{ "Over seven years' experience", 7 },
		{ "3-5 years of experience", 3 },
		{ "Год коммерческого опыта", 1 },
		{ "27 лет, женат", -1 },
		{ "I am 25 years old. Two children.", -1 },
		{ "Рік тому не знала, що таке інтерфейс.", -1 },
		{ "Experience\nA Ltd, 2019 - 2021\nB Ltd, 2021 - 2023", 4 },
		{ "Experience\nA Ltd, Jan 2020 - Dec 2021\nB Ltd, Jan 2021 – Dec 2022", 3 },
		{ "Опыт работы\nмарт 2023 г. — по настоящее время\nООО", 3 },
		{ "Досвід роботи\n01.2024 – дотепер", 2 },
		{ "Experience\n2020 - 2022 A Ltd\nEducation\n2010 - 2016 University", 2 },
		{ "Experience\n2010 – 2016 MSc, University of Leeds\n2020 - 2022 A Ltd", 2 },
		{ "Education\n2010 - 2016", -1 },
		{ "Experience\n2022 - 2020 backwards", -1 },
		{ "Experience\n2020 - 2030", 6 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct proposal *proposal = read_cv(rows[i].text);

		if (proposal->years < rows[i].years - 0.01 ||
		    proposal->years > rows[i].years + 0.01) {
			printf("# %s\n", rows[i].text);
			CHECK_NEAR(proposal->years, rows[i].years, 0.01);
		}
	}
}

static void a_proposal_is_stored_and_read_back(void)
{
	const struct proposal *proposal = read_cv(
	        "Ann Reed\nSenior \"Go\" Developer\nSkills: Go, SQL\n4 years of experience");
	struct proposal back;

	CHECK(proposal_read(arena, json_text(proposal_json(proposal)), &back) == OK);
	CHECK_STR(back.level.value, proposal->level.value);
	CHECK_STR(back.level.quote, proposal->level.quote);
	CHECK_NEAR(back.years, 4, 0.01);
	CHECK_INT((long long)back.count, (long long)proposal->count);
	CHECK(proposal_read(arena, json_text(proposal_json(read_cv(""))), &back) == OK);
	CHECK(back.position.value == NULL && back.years < 0 && back.count == 0);
	CHECK(proposal_read(arena, "{}", &back) == ERR_INVALID);
	CHECK(proposal_read(arena, "{", &back) == ERR_INVALID);
}

/* --- bytes --------------------------------------------------------------------------- */

static void bytes_are_judged_before_anything_runs(void)
{
	char *large = arena_alloc(arena, CV_MAX_BYTES + 1);

	memcpy(large, "%PDF-1.7", 8);
	CHECK_INT(cv_check("", 0), CV_EMPTY);
	CHECK_INT(cv_check("PK\3\4", 4), CV_NOT_PDF);
	CHECK_INT(cv_check("%PD", 3), CV_NOT_PDF);
	CHECK_INT(cv_check("  %PDF-1.4", 10), CV_FINE);
	CHECK_INT(cv_check(large, CV_MAX_BYTES), CV_FINE);
	CHECK_INT(cv_check(large, CV_MAX_BYTES + 1), CV_TOO_LARGE);
}

static void text_is_made_even(void)
{
	CHECK_STR(cv_clean(arena, "e\uFB03cient \uFB01le"), "efficient file");
	CHECK_STR(cv_clean(arena, "develop-\nment of micro\u00ADservices"),
	          "development of microservices");
	CHECK_STR(cv_clean(arena, "CI-\nbased, C-\nlevel"), "CI-\nbased, C-\nlevel");
	CHECK_STR(cv_clean(arena, "розроб-\nник"), "розробник");
	CHECK_STR(cv_clean(arena, "a\u00A0b\tc\fd\u200B\uE123 \x01x"), "a b c d•  x");
	CHECK_STR(cv_clean(arena, ""), "");
}

int main(void)
{
	RUN(the_table_is_large_and_sound);
	RUN(names_with_signs_are_words);
	RUN(other_spellings_are_known);
	RUN(less_common_names_are_known);
	RUN(words_that_mean_something_else_need_company);
	RUN(words_that_are_meant_count);
	RUN(what_somebody_denies_does_not_count);
	RUN(contacts_are_no_technologies);
	RUN(the_most_important_one_is_first);
	RUN(positions_and_levels_are_read);
	RUN(years_are_read);
	RUN(a_proposal_is_stored_and_read_back);
	RUN(bytes_are_judged_before_anything_runs);
	RUN(text_is_made_even);
	return check_done();
}
