/*
 * The input as what pdftotext printed, and as an upload. The cleaned text is valid UTF-8; every
 * value that is proposed has a quote of one line, every technology stands once; the proposal is
 * stored and read back as it was.
 */
#include "target.h"

#include "base/json.h"
#include "base/text.h"
#include "profile/cv.h"
#include "profile/extract.h"

#define NOW INT64_C(1767225600000)

static void check_quote(const char *value, const char *quote)
{
	must((value == NULL) == (quote == NULL));
	must(value == NULL || (text_valid(quote, strlen(quote)) && strchr(quote, '\n') == NULL));
	must(value == NULL || (value[0] != '\0' && text_valid(value, strlen(value))));
}

static void check_proposal(struct arena *arena, const struct proposal *proposal)
{
	struct proposal back;

	check_quote(proposal->position.value, proposal->position.quote);
	check_quote(proposal->level.value, proposal->level.quote);
	must(proposal->years <= 50 && (proposal->years < 0) == (proposal->years_quote == NULL));
	must(proposal->count <= TECHNOLOGIES_MAX);
	for (size_t i = 0; i < proposal->count; i++) {
		check_quote(proposal->technologies[i].value, proposal->technologies[i].quote);
		for (size_t j = 0; j < i; j++)
			must(strcmp(proposal->technologies[i].value,
			            proposal->technologies[j].value) != 0);
	}
	must(proposal_read(arena, json_text(proposal_json(proposal)), &back) == OK);
	must(back.count == proposal->count);
}

FUZZ_TARGET("cv")
{
	struct arena *arena = arena_create();
	const char *text = arena_copy(arena, data, size);
	struct extract extract;
	char *clean;

	json_bind(arena);
	must(cv_check(text, size) != CV_BROKEN);
	clean = cv_clean(arena, text);
	must(text_valid(clean, strlen(clean)));
	extract = extract_read(arena, clean, NOW);
	check_proposal(arena, &extract.proposal);
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
