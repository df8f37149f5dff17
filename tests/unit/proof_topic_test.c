/* Whether quotations that have to do with a point are told from others, over the whole bank. */
#include "check.h"

#include "base/buf.h"
#include "examiner/proof.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { QUESTIONS_MAX = 400, FILES = 5, STRANGERS = 12 };

static const char *const files[FILES] = {
	"bank/questions/backend.json",  "bank/questions/data-science.json",
	"bank/questions/frontend.json", "bank/questions/case.json",
	"bank/questions/hr.json",
};

/* Files of which no answer is about the weather. */
enum { TECHNICAL = 3 };

static struct exam_question questions[QUESTIONS_MAX];
static int sources[QUESTIONS_MAX];
static size_t question_count;

struct tally {
	long held, all;
};

static void read_bank(enum language language)
{
	question_count = 0;
	for (int i = 0; i < FILES; i++) {
		const cJSON *row;
		cJSON *json = NULL;

		CHECK_INT(json_parse_file(arena, files[i], 16 << 20, &json), OK);
		cJSON_ArrayForEach(row, json)
		{
			if (question_count == QUESTIONS_MAX)
				return;
			CHECK_INT(exam_question_parse(arena, cJSON_PrintUnformatted(row), language,
			                              &questions[question_count]),
			          OK);
			sources[question_count++] = i;
		}
	}
	CHECK(question_count >= 50);
}

static void judge(struct tally *tally, const struct exam_question *question, size_t point,
                  const char *answer)
{
	const struct proof_topic *topic = proof_topic_create(arena, question, answer);

	tally->all++;
	tally->held += proof_topic_holds(topic, point, (struct score_span){ 0, strlen(answer) });
}

static double share(const char *what, const struct tally *tally)
{
	const double share = (double)tally->held / (double)tally->all;

	printf("# %s: %ld of %ld, %.1f %%\n", what, tally->held, tally->all, 100 * share);
	return share;
}

/* A wording is judged by what the question has without it. */
static void judge_wordings(struct tally *tally, struct exam_question *question)
{
	for (size_t i = 0; i < question->score.point_count; i++) {
		struct score_key_point *point =
		        (struct score_key_point *)&question->score.points[i];
		const struct score_texts aliases = point->aliases;

		for (size_t k = 0; k < aliases.count; k++) {
			const char **rest = arena_array(arena, aliases.count, sizeof(*rest));
			size_t used = 0;

			for (size_t n = 0; n < aliases.count; n++)
				if (n != k)
					rest[used++] = aliases.items[n];
			point->aliases = (struct score_texts){ rest, used };
			judge(tally, question, i, aliases.items[k]);
		}
		point->aliases = aliases;
	}
}

/* What the scorer finds in a reference is honest evidence; that reference is left out. */
static void judge_reference(struct tally *tally, const struct exam_question *question)
{
	struct exam_question rest = *question;
	const struct proof_topic *topic;
	struct score_result found;
	const char *answer;

	if (question->score.references.count < 2)
		return;
	answer = question->score.references.items[1];
	rest.score.references.count = 1;
	topic = proof_topic_create(arena, &rest, answer);
	score_answer(arena, &question->score, answer, strlen(answer), &found);
	for (size_t i = 0; i < found.point_count; i++)
		for (size_t k = 0; k < found.points[i].span_count; k++) {
			tally->all++;
			tally->held += proof_topic_holds(topic, i, found.points[i].spans[k]);
		}
}

static void holds_what_is_honest(void)
{
	for (enum language language = 0; language < LANG_COUNT; language++) {
		struct tally wordings = { 0 }, references = { 0 }, given = { 0 };

		read_bank(language);
		for (size_t i = 0; i < question_count; i++) {
			const struct score_question *score = &questions[i].score;

			for (size_t k = 0; k < score->point_count; k++)
				for (size_t n = 0; n < score->points[k].aliases.count; n++)
					judge(&given, &questions[i], k,
					      score->points[k].aliases.items[n]);
			judge_wordings(&wordings, &questions[i]);
			judge_reference(&references, &questions[i]);
		}
		CHECK(given.all > 700 && references.all > 200);
		CHECK(share("wordings", &given) >= 0.97);
		CHECK(share("wordings that the question does not know", &wordings) >= 0.4);
		CHECK(share("the second reference", &references) >= 0.97);
	}
}

/* True if a term of the English text stands in the question's own words. */
static bool shares_term(const struct exam_question *question, size_t point, const char *text)
{
	const char *known = question->score.points[point].text;

	for (const char *p = text; *p != '\0';) {
		const size_t len = strcspn(p, " ,.;:()");
		const char *word = arena_copy(arena, p, len);

		if (len > 2 && strstr(known, word) != NULL)
			return true;
		p += len + strspn(p + len, " ,.;:()");
	}
	return false;
}

static void holds_terms_in_another_language(void)
{
	static const char *english[QUESTIONS_MAX][32];

	read_bank(LANG_EN);
	for (size_t i = 0; i < question_count; i++)
		for (size_t k = 0; k < questions[i].score.point_count && k < 32; k++)
			english[i][k] = questions[i].score.points[k].text;
	for (enum language language = LANG_EN + 1; language < LANG_COUNT; language++) {
		struct tally tally = { 0 };

		read_bank(language);
		for (size_t i = 0; i < question_count; i++)
			for (size_t k = 0; k < questions[i].score.point_count; k++)
				if (shares_term(&questions[i], k, english[i][k]))
					judge(&tally, &questions[i], k, english[i][k]);
		CHECK(tally.all > 50);
		CHECK(share("English for terms of another language", &tally) >= 0.9);
	}
}

static const char *const idle_talk[] = {
	"The cat sleeps.",
	"My garden blooms in spring.",
	"Kindly look at the nice weather outside today.",
	"It rained all day and the streets were wet.",
	"The train was late, so we waited at the station.",
	"I was born in a small town and moved to the capital to study.",
	"I worked for five years as a manager in a large company and led a team of ten people.",
	"I like football, music and long walks with my dog.",
	"My grandmother bakes apple pies every Sunday.",
	"Кошка спит.",
	"Мой сад цветёт весной.",
	"Сегодня хорошая погода, светит солнце.",
	"Весь день шёл дождь, и улицы были мокрыми.",
	"Я родился в маленьком городе и переехал в столицу учиться.",
	"Пять лет я работал менеджером в крупной компании и руководил командой из десяти человек.",
	"Люблю футбол, музыку и долгие прогулки с собакой.",
	"Кішка спить.",
	"Мій сад квітне навесні.",
	"Сьогодні гарна погода, світить сонце.",
	"Увесь день йшов дощ, і вулиці були мокрими.",
	"Я народився в маленькому місті та переїхав до столиці вчитися.",
	"П’ять років я працював менеджером у великій компанії й керував командою.",
	"Люблю футбол, музику й довгі прогулянки із собакою.",
};

static void refuses_idle_talk(void)
{
	for (enum language language = 0; language < LANG_COUNT; language++) {
		struct tally tally = { 0 };

		read_bank(language);
		for (size_t i = 0; i < question_count; i++)
			for (size_t k = 0; sources[i] < TECHNICAL && k < COUNT(idle_talk); k++)
				judge(&tally, &questions[i], k % questions[i].score.point_count,
				      idle_talk[k]);
		CHECK(tally.all > 700);
		CHECK(share("idle talk", &tally) <= 0.01);
	}
}

static void refuses_points_of_another_track(void)
{
	for (enum language language = 0; language < LANG_COUNT; language++) {
		struct tally tally = { 0 };

		read_bank(language);
		for (size_t i = 0; i < question_count; i++)
			for (size_t k = 0; k < STRANGERS; k++) {
				const size_t other = (7 * i + 13 * k + 5) % question_count;
				const struct score_question *score = &questions[other].score;

				if (sources[other] != sources[i])
					judge(&tally, &questions[i],
					      k % questions[i].score.point_count,
					      score->points[k % score->point_count].text);
			}
		CHECK(tally.all > 300);
		CHECK(share("another track", &tally) <= 0.1);
	}
}

static void looks_no_further_than_the_sentence(void)
{
	const char *told = "The cat sleeps. PUT and DELETE can be retried freely, POST cannot.";
	const struct exam_question *question = questions;
	const struct proof_topic *topic;
	struct buf endless;

	read_bank(LANG_EN);
	while (strcmp(question->bank_id, "backend-http-idempotency") != 0)
		question++;
	topic = proof_topic_create(arena, question, told);
	CHECK(!proof_topic_holds(topic, 2, (struct score_span){ 4, 14 }));
	CHECK(proof_topic_holds(topic, 2, (struct score_span){ 16, 30 }));
	CHECK(!proof_topic_holds(topic, 2, (struct score_span){ 14, 15 }));
	buf_init(&endless, arena);
	buf_str(&endless, "the cat sleeps");
	for (int i = 0; i < 30; i++)
		buf_str(&endless, " and the garden blooms");
	buf_str(&endless, " and PUT and DELETE can be retried freely, POST cannot");
	topic = proof_topic_create(arena, question, endless.data);
	CHECK(!proof_topic_holds(topic, 2, (struct score_span){ 4, 14 }));
	CHECK(proof_topic_holds(topic, 2, (struct score_span){ endless.len - 20, endless.len }));
	topic = proof_topic_create(arena, question, "");
	CHECK(!proof_topic_holds(topic, 0, (struct score_span){ 0, 0 }));
}

int main(void)
{
	RUN(holds_what_is_honest);
	RUN(holds_terms_in_another_language);
	RUN(refuses_idle_talk);
	RUN(refuses_points_of_another_track);
	RUN(looks_no_further_than_the_sentence);
	return check_done();
}
