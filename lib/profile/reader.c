#include "profile/reader.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "examiner/facts.h"
#include "profile/extract.h"
#include "profile/occupation.h"
#include "profile/position.h"
#include "profile/years.h"
#include "witness/model.h"

/* For the model: code points of the text, and how long an upload may wait for it. */
enum { MODEL_TEXT_MAX = 20000, MODEL_BUDGET_MS = 20000 };

struct reader {
	pthread_mutex_t lock;
	struct arena *arena; /* of what is opened; used under the lock only */
	const struct judge *judge;
	const struct model *model;
};

static void close_reader(void *object)
{
	const struct reader *reader = object;

	arena_destroy(reader->arena);
}

struct reader *reader_create(struct arena *lasting)
{
	struct reader *reader = arena_alloc(lasting, sizeof(*reader));

	pthread_mutex_init(&reader->lock, NULL);
	reader->arena = arena_create();
	arena_defer(lasting, close_reader, reader);
	return reader;
}

static void open_reader(struct reader *reader)
{
	const struct judge_setup setup = {
		.programs = config_programs_path(),
		.folder = config_var_path("judge"),
		.tiers = config()->judge_tiers,
		.slots = config()->judge_slots,
		.hidden = config()->home,
	};
	struct model *model = NULL;

	reader->judge = judge_create(reader->arena, &setup);
	if (judge_tier(reader->judge) == NULL)
		log_warning("CVs are not read here: %s", judge_refusal(reader->judge));
	if (model_open(reader->arena, &model) == OK)
		reader->model = model;
}

/* Opens it once; what it makes of JSON lasts as long as it does. */
static void make_ready(struct reader *reader, struct arena *arena)
{
	pthread_mutex_lock(&reader->lock);
	if (reader->judge == NULL) {
		json_bind(reader->arena);
		open_reader(reader);
		json_bind(arena);
	}
	pthread_mutex_unlock(&reader->lock);
}

/* --- a model's answer, checked against the text ----------------------------------- */

/* The word at which all words of `fact` stand in one line, in their order; or the count. */
static size_t place_of(const struct page *page, const char *fact)
{
	const struct facts_page words = facts_page_read(page->base.arena, fact);

	for (size_t at = 0; words.words.count > 0 && at < page->count; at++) {
		size_t i = 0;

		while (i < words.words.count &&
		       strcmp(page_word(page, at + i), words.words.words[i].text) == 0)
			i++;
		if (i == words.words.count && page->lines_of[at] == page->lines_of[at + i - 1])
			return at;
	}
	return page->count;
}

static void take_position(struct extract *extract, const char *said)
{
	struct page *page = &extract->page;
	struct page words;
	size_t at, ignored;

	if (said == NULL || (at = place_of(page, said)) == page->count)
		return;
	words = page_read(page->base.arena, said);
	/* Without its level, as the built-in way gives it. */
	extract->proposal.position = position_find(&words, &ignored);
	if (extract->proposal.position.value == NULL)
		extract->proposal.position.value = said;
	extract->proposal.position.quote = page_quote(page, at);
}

static void take_level(struct extract *extract, const char *said)
{
	const struct page *page = &extract->page;

	for (size_t at = 0; said != NULL && at < page->count; at++) {
		const char *level = position_level_at(page, at);

		if (level != NULL && strcmp(level, said) == 0) {
			extract->proposal.level = (struct proposal_value){ level,
				                                           page_quote(page, at) };
			return;
		}
	}
}

static bool is_other_work(const struct page *page, size_t at)
{
	const struct page_line *line = &page->lines[page->lines_of[at]];

	return occupation_in(page, line->first, line->end) == OCCUPATION_OTHER;
}

/* Only where the built-in way found none: it adds up dates, a model only repeats words. */
static void take_years(struct extract *extract, const char *said)
{
	struct page *page = &extract->page;
	struct page words;
	struct years years;
	size_t at;

	if (extract->proposal.years >= 0 || said == NULL ||
	    (at = place_of(page, said)) == page->count || is_other_work(page, at))
		return;
	words = page_read(page->base.arena, arena_printf(page->base.arena, "Experience: %s", said));
	years = years_said(&words);
	if (years.value < 0)
		return;
	extract->proposal.years = years.value;
	extract->proposal.years_quote = page_quote(page, at);
}

static bool is_in(const struct proposal_value *values, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(values[i].value, name) == 0)
			return true;
	return false;
}

/* The model's in its order, then those that only the table found. */
static void take_technologies(struct extract *extract, const char *list)
{
	struct arena *arena = extract->page.base.arena;
	struct proposal *proposal = &extract->proposal;
	struct proposal_value *all = arena_array(arena, TECHNOLOGIES_MAX, sizeof(*all));
	size_t count = 0;

	while (list != NULL && *list != '\0' && count < TECHNOLOGIES_MAX) {
		const size_t len = strcspn(list, ",");
		struct technology_found found;

		if (technologies_prove(&extract->page, &extract->technologies,
		                       text_trimmed(arena, arena_copy(arena, list, len)), &found) &&
		    !is_in(all, count, found.name))
			all[count++] = (struct proposal_value){ found.name, found.quote };
		list += len + (list[len] == ',');
	}
	for (size_t i = 0; i < proposal->count && count < TECHNOLOGIES_MAX; i++)
		if (!is_in(all, count, proposal->technologies[i].value))
			all[count++] = proposal->technologies[i];
	proposal->technologies = all;
	proposal->count = count;
}

struct reading reader_read_text(const struct agent_desk *desk, struct arena *arena,
                                const char *text, enum language language, int64_t now_ms)
{
	struct extract extract = extract_read(arena, text, now_ms);
	struct reading reading = { .text = text, .engine = "builtin" };
	struct exam_facts facts;

	if (desk != NULL) {
		facts = facts_extract(desk, arena, language,
		                      text_shortened(arena, text, MODEL_TEXT_MAX), &reading.engine);
		if (strcmp(reading.engine, "builtin") != 0) {
			take_position(&extract, facts.position);
			take_level(&extract, facts.level);
			take_years(&extract, facts.experience);
			take_technologies(&extract, facts.technologies);
		}
	}
	reading.proposal = extract.proposal;
	return reading;
}

struct reading reader_read(struct reader *reader, struct store *store, struct arena *arena,
                           const struct buf *pdf, const struct user *user)
{
	const struct model_work work = {
		.store = store,
		.user_id = user->id,
		.budget_ms = MODEL_BUDGET_MS,
		.cancel_fd = -1,
	};
	struct reading reading = { .fault = cv_check(pdf->data, pdf->len) };
	const char *text;

	if (reading.fault != CV_FINE)
		return reading;
	make_ready(reader, arena);
	reading.fault = cv_text(reader->judge, arena, pdf, &text);
	if (reading.fault != CV_FINE)
		return reading;
	return reader_read_text(model_desk(arena, reader->model, &work), arena, text,
	                        user->language, clock_now_ms());
}
