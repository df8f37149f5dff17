#include "report/authors.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "examiner/writers.h"
#include "report/brief.h"
#include "report/report.h"
#include "report/texts.h"

struct authors {
	struct arena *arena;
	struct digest digest;
	const struct agent_desk *desk; /* NULL: no model, or nothing it could write about */
	cJSON *written_by;
};

/* Asks the agent and notes who wrote `part`. NULL: `standby` has to, NULL for nobody. */
static const cJSON *ask(const struct authors *authors, enum agent agent, const char *part,
                        const char *standby)
{
	cJSON *entry = json_set_object(authors->written_by, part);
	struct writers_work work = { 0 };

	if (authors->desk != NULL)
		writers_ask(authors->desk, authors->arena,
		            &(struct writers_order){
		                    .agent = agent,
		                    .language = authors->digest.language,
		                    .facts = brief_of(authors->arena, &authors->digest, agent),
		            },
		            &work);
	json_set_string(entry, "engine", work.json != NULL ? work.engine : standby);
	json_set_string(entry, "fallback", work.refusal);
	return work.json;
}

/* --- texts ------------------------------------------------------------------------------ */

/* Takes out every pair of asterisks, Markdown's bold type, in place. */
static void drop_bold(char *line)
{
	char *out = line;

	for (const char *in = line; *in != '\0'; in++) {
		if (in[0] == '*' && in[1] == '*')
			in++;
		else
			*out++ = *in;
	}
	*out = '\0';
}

/* One line without marks of Markdown: an item's or a heading's sign, bold type. */
static const char *plain(struct arena *arena, const char *text)
{
	char *line = text_one_line(arena, text);

	drop_bold(line);
	line += strspn(line, "-*# ");
	return text_trimmed(arena, line);
}

static void add_items(struct prose *prose, struct arena *arena, const cJSON *items)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, items) prose_item(prose, "%s", plain(arena, item->valuestring));
}

/* Four headed blocks, in the form of the built-in texts. */
static struct prose compose(const struct authors *authors, const cJSON *json)
{
	const enum language language = authors->digest.language;
	struct arena *arena = authors->arena;
	struct prose prose;

	prose_init(&prose, &authors->digest);
	prose_heading(&prose, i18n(language, "Overall assessment"));
	prose_sentence(&prose, "%s", plain(arena, json_string(json, "overall_assessment", "")));
	prose_heading(&prose, i18n(language, "Strengths"));
	add_items(&prose, arena, json_get(json, "strengths"));
	prose_heading(&prose, i18n(language, "Growth areas"));
	add_items(&prose, arena, json_get(json, "growth_areas"));
	prose_heading(&prose, i18n(language, "Recommendations for development"));
	add_items(&prose, arena, json_get(json, "recommendations"));
	return prose;
}

static void write_texts(struct authors *authors, cJSON *document)
{
	const cJSON *json = ask(authors, AGENT_CANDIDATE_WRITER, "candidate", "builtin");
	const char *text = json != NULL ? compose(authors, json).text.data
	                                : texts_candidate(&authors->digest);

	json_set_string(document, "llm_summary_candidate", text);
	json = ask(authors, AGENT_RECRUITER_WRITER, "admin", "builtin");
	if (json != NULL) {
		struct prose prose = compose(authors, json);

		texts_disagreements(&prose);
		text = prose.text.data;
	} else {
		text = texts_admin(&authors->digest);
	}
	json_set_string(document, "llm_summary_admin", text);
}

/* --- the rest ---------------------------------------------------------------------------- */

static void write_recommendations(struct authors *authors, cJSON *document)
{
	const cJSON *json = ask(authors, AGENT_RECOMMENDER, "recommendations", "builtin");

	json_set(document, "next_recommendations",
	         json != NULL ? cJSON_Duplicate(json, true)
	                      : report_recommendations(authors->arena, document));
}

static void write_assessment(struct authors *authors, cJSON *document)
{
	const cJSON *json = ask(authors, AGENT_ASSESSOR, "assessment", NULL);

	json_set(document, "assessment",
	         json != NULL ? cJSON_Duplicate(json, true) : cJSON_CreateNull());
}

/* Of an interview without an answer there is nothing to say that is not said already. */
static bool is_wanted(const struct digest *digest)
{
	return digest->band > BAND_UNJUDGED;
}

bool authors_are_wanted(struct arena *arena, const cJSON *summary)
{
	const struct digest digest = digest_of(arena, summary);

	return is_wanted(&digest);
}

void authors_write(struct arena *arena, cJSON *document, const struct agent_desk *desk)
{
	struct authors authors = {
		.arena = arena,
		.digest = digest_of(arena, document),
		.written_by = cJSON_CreateObject(),
	};

	if (is_wanted(&authors.digest))
		authors.desk = desk;
	write_texts(&authors, document);
	write_recommendations(&authors, document);
	write_assessment(&authors, document);
	json_set(document, "written_by", authors.written_by);
}
