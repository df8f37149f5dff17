/* How long somebody has worked in IT, by a CV that tells of other work as well. */
#include "check.h"

#include "profile/extract.h"

/* 1 January 2026 */
#define NOW INT64_C(1767225600000)

struct row {
	const char *text;
	double years;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct extract extract = extract_read(arena, rows[i].text, NOW);

		if (extract.proposal.years != rows[i].years)
			printf("# %s\n", rows[i].text);
		CHECK_NEAR(extract.proposal.years, rows[i].years, 0.01);
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

static void jobs_of_other_trades_do_not_count(void)
{
	static const struct row rows[] = {
		{ "Experience\nAcme, QA engineer, 2024 - present\nPizza Hut, cook, 2015 - 2023",
		  2 },
		{ "Experience\nAcme, QA engineer\n2024 - present\nPizza Hut, cook\n2015 - 2023",
		  2 },
		{ "Experience\n2024 - present\nAcme, QA engineer\n2015 - 2023\nPizza Hut, cook",
		  2 },
		{ "Experience\nQA engineer\nAcme\n2024 - 2025\nFound bugs.\nCook\nPizza Hut\n"
		  "2015 - 2023\nBaked.",
		  1 },
		{ "Experience\nCook\nPizza Hut, 2015 - 2023\nBaked.\nQA engineer\n"
		  "Acme, 2024 - present",
		  2 },
		{ "Experience\n2015 - 2023 Pizza Hut\nCook\n2024 - present Acme\nQA engineer", 2 },
		{ "Experience\nCook 2015 - 2023, QA engineer 2024 - present", 2 },
		{ "Experience\nAcme, Python developer\n02/2023 – present\n"
		  "School No 5, teacher of English\n09/2010 – 01/2021\nDjango",
		  3 },
		{ "Досвід\nSoftServe, UX/UI дизайнерка\nлютий 2023 – дотепер\n"
		  "Школа № 45, вчителька малювання\nвересень 2012 – січень 2023",
		  3 },
		{ "Experience\nBudimex, civil engineer, 2008 - 2019\n"
		  "Allegro, Android developer, 2022 - present",
		  4 },
		{ "Опыт работы\nМагазин, продавец-кассир, 2010 - 2020\n"
		  "Ромашка, тестировщик, 2023 - 2025",
		  2 },
		{ "Career\nPeriod\nEmployer\n2020 - 2024 Freelance developer\n2008 - "
		  "2019\nBudimex\n"
		  "Civil engineer",
		  4 },
		{ "Опыт работы\n2022 - 2024 ООО, разработчик\n2016 – 2022\nПерерыв в карьере", 2 },
		{ "Experience\nHospital, nurse, 2010 - 2020", -1 },
		{ "Experience\nMilitary service: 2017–2018\n2019.03 – 2021.11 Acme, developer", 3 },
		{ "Experience\nSoftware engineer, sales platform, 2020 - 2022", 2 },
		{ "Experience\niOS engineer, Driver app, 2020 - 2022", 2 },
		{ "Experience\nData analyst, marketing agency, 2020 - 2022", 2 },
		{ "Experience\nAcme, manager, 2020 - 2022", 2 },
	};

	CHECK_ROWS(rows);
}

static void years_of_other_trades_do_not_count(void)
{
	static const struct row rows[] = {
		{ "12 years of experience in nursing, the last 2 years as a software developer",
		  2 },
		{ "12 years of experience in\nnursing, 2 years of experience in\nsoftware "
		  "development",
		  2 },
		{ "10 years of experience as a nurse and 2 years as a developer", 2 },
		{ "До этого шесть лет работала кассиром. Коммерческого опыта в IT нет.", -1 },
		{ "Досвід: півтора року розробки, до того — 7 років бухгалтером", 1.5 },
		{ "8 years of experience with sales platforms", 8 },
		{ "8 years of experience in developing accounting software", 8 },
	};

	CHECK_ROWS(rows);
}

static void dates_have_many_forms(void)
{
	static const struct row rows[] = {
		{ "Experience\nAcme, 2019.03 – 2021.11", 3 },
		{ "Experience\nAcme, 2021.12 – now", 4 },
		{ "Experience\nAcme, 2020-01 - 2022-06", 2.5 },
		{ "Experience\nAcme, 2022-07 - ongoing", 3.5 },
		{ "Experience\nAcme, 01-2020 - 06-2022", 2.5 },
		{ "Experience\nAcme, 2018/02 – 2019/07", 1.5 },
		{ "Experience\nAcme, developer since 2020", 6 },
		{ "Опыт работы\nРомашка, с 2020 года", 6 },
		{ "Опыт работы\nРомашка, с 2020 по 2022", 2 },
		{ "Experience\n2010-12 a year's end", -1 },
		{ "Experience\nOctober 2019 to December 2020\nFrom January 2021 until today", 6.5 },
		{ "Python Developer\n10 yrs exp. in web; 4 yrs leading", 10 },
		{ "6 months of commercial experience", 0.5 },
		{ "Полгода коммерческого опыта", 0.5 },
		{ "Built it in 3 months.", -1 },
	};

	CHECK_ROWS(rows);
}

static void a_past_elsewhere_makes_no_senior(void)
{
	const struct extract extract = extract_read(
	        arena, "Experience\nAcme, QA engineer, 2025 - 2025\nPizza Hut, cook, 2010 - 2024",
	        NOW);

	CHECK_STR(extract.proposal.level.value, "junior");
}

int main(void)
{
	RUN(jobs_of_other_trades_do_not_count);
	RUN(years_of_other_trades_do_not_count);
	RUN(dates_have_many_forms);
	RUN(a_past_elsewhere_makes_no_senior);
	return check_done();
}
