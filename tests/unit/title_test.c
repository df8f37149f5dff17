/* What title means which role of the bank's catalogue, and what is no work in IT. */
#include "check.h"

#include "base/json.h"
#include "profile/title.h"

static struct role_list roles;

static void read_roles(void)
{
	const cJSON *item;
	cJSON *list;

	json_bind(arena);
	CHECK_INT(json_parse_file(arena, "bank/roles.json", 1 << 20, &list), OK);
	roles.items = arena_array(arena, (size_t)cJSON_GetArraySize(list), sizeof(*roles.items));
	roles.count = 0;
	cJSON_ArrayForEach(item, list)
	{
		struct role *role = &roles.items[roles.count++];
		const cJSON *title = json_get(item, "title");

		role->id = json_string(item, "id", "");
		role->skill_tags = json_text(json_get(item, "skill_tags"));
		role->other_titles = json_text(json_get(item, "other_titles"));
		for (enum language i = 0; i < LANG_COUNT; i++)
			role->title[i] = json_string(title, language_code(i), "");
	}
}

static void titles_of_it_mean_a_role(void)
{
	static const char *const meant[][2] = {
		{ "Golang-разработчик", "backend" },
		{ "Senior Java Developer", "backend" },
		{ "Python developer (Django)", "backend" },
		{ "Middle PHP-программист", "backend" },
		{ "Старший .NET розробник", "backend" },
		{ "React-разработчик", "frontend" },
		{ "верстальщик", "frontend" },
		{ "Angular engineer", "frontend" },
		{ "Веб-программист", "fullstack" },
		{ "Full stack developer", "fullstack" },
		{ "Senior Android Engineer", "mobile" },
		{ "iOS-розробник", "mobile" },
		{ "Flutter dev", "mobile" },
		{ "Site Reliability Engineer", "devops" },
		{ "Системный администратор Linux", "devops" },
		{ "Мережевий інженер", "devops" },
		{ "kubernetes engineer", "devops" },
		{ "ETL-разработчик", "data-engineering" },
		{ "Big Data Engineer", "data-engineering" },
		{ "Аналитик данных", "data-science" },
		{ "Продуктовий аналітик", "data-science" },
		{ "Computer Vision Engineer", "machine-learning" },
		{ "ML-инженер", "machine-learning" },
		{ "LLM engineer", "machine-learning" },
		{ "Тестировщик", "qa" },
		{ "тестувальник ігор", "qa" },
		{ "SDET", "qa" },
		{ "Пентестер", "security" },
		{ "Специалист по информационной безопасности", "security" },
		{ "AppSec engineer", "security" },
		{ "Oracle DBA", "database" },
		{ "Администратор PostgreSQL", "database" },
		{ "Firmware engineer", "embedded" },
		{ "Программист C++", "embedded" },
		{ "програміст мікроконтролерів", "embedded" },
		{ "Бизнес-аналитик", "analysis" },
		{ "Product owner", "analysis" },
		{ "Технический писатель", "analysis" },
		{ "Engineering Manager", "team-lead" },
		{ "Тимлид", "team-lead" },
		{ "Scrum-мастер", "team-lead" },
	};

	read_roles();
	for (size_t i = 0; i < sizeof(meant) / sizeof(*meant); i++) {
		const struct title_match match = title_match(arena, &roles, meant[i][0]);

		if (match.fit != TITLE_FITS)
			printf("# %s\n", meant[i][0]);
		CHECK_INT(match.fit, TITLE_FITS);
		CHECK(match.count > 0);
		CHECK_STR(match.count > 0 ? match.nearest[0]->id : "none", meant[i][1]);
	}
}

static void every_title_of_the_catalogue_means_its_role(void)
{
	const cJSON *language, *title;
	cJSON *titles;

	read_roles();
	for (size_t i = 0; i < roles.count; i++) {
		CHECK_INT(json_parse(roles.items[i].other_titles,
		                     strlen(roles.items[i].other_titles), &titles),
		          OK);
		cJSON_ArrayForEach(language, titles)
		{
			cJSON_ArrayForEach(title, language)
			{
				const struct title_match match = title_match(arena, &roles,
				                                             title->valuestring);

				if (match.fit != TITLE_FITS || match.nearest[0] != &roles.items[i])
					printf("# %s\n", title->valuestring);
				CHECK_INT(match.fit, TITLE_FITS);
				CHECK(match.count > 0 && match.nearest[0] == &roles.items[i]);
			}
		}
	}
}

static void what_could_be_several_is_asked_back(void)
{
	static const char *const unclear[] = { "Developer", "программист", "Інженер-програміст",
		                               "IT-аналитик" };

	read_roles();
	for (size_t i = 0; i < sizeof(unclear) / sizeof(*unclear); i++) {
		const struct title_match match = title_match(arena, &roles, unclear[i]);

		CHECK_INT(match.fit, TITLE_UNCLEAR);
		CHECK(match.count >= 1);
	}
}

static void other_work_means_none(void)
{
	static const char *const strange[] = {
		"Повар",
		"Cook",
		"Медсестра",
		"Nurse",
		"Учитель математики",
		"Інженер-будівельник",
		"Civil engineer",
		"Бухгалтер 1С",
		"Sales manager",
		"Менеджер по продажам",
		"Водитель такси",
		"Юрист",
		"Head chef",
		"Парикмахер",
		"Electrician",
		"",
		"asdf qwer",
		"🦄",
		"<script>alert(1)</script>",
		"Recruiter",
		"Адвокат",
		"Токарь",
		"Hairdresser",
		"Golang \xe2\x80\xae developer",
	};

	read_roles();
	for (size_t i = 0; i < sizeof(strange) / sizeof(*strange); i++) {
		const struct title_match match = title_match(arena, &roles, strange[i]);

		if (match.fit != TITLE_STRANGE)
			printf("# %s: %s\n", strange[i], match.nearest[0]->id);
		CHECK_INT(match.fit, TITLE_STRANGE);
		CHECK_INT((int)match.count, 0);
	}
}

int main(void)
{
	RUN(titles_of_it_mean_a_role);
	RUN(every_title_of_the_catalogue_means_its_role);
	RUN(what_could_be_several_is_asked_back);
	RUN(other_work_means_none);
	return check_done();
}
