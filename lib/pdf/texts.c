#include "base/json.h"
#include "pdf/writer.h"
#include "report/blocks.h"

static void write_block(const struct writer *writer, const cJSON *block)
{
	const char *heading = json_string(block, "heading", NULL);
	const cJSON *row;

	if (heading != NULL)
		sheet_heading(writer->sheet, SHEET_STRONG, heading, 28);
	cJSON_ArrayForEach(row, json_get(block, "paragraphs"))
	        writer_text(writer, SHEET_BODY, row, "text");
	cJSON_ArrayForEach(row, json_get(block, "items"))
	        writer_item(writer, SHEET_BODY, json_string(row, "text", ""));
	sheet_space(writer->sheet, 5);
}

static void write_text(const struct writer *writer, const char *heading, const char *text,
                       const char *author)
{
	const cJSON *blocks = blocks_of(writer->arena, text), *block;

	sheet_heading(writer->sheet, SHEET_PART, heading, 50);
	cJSON_ArrayForEach(block, blocks) write_block(writer, block);
	sheet_text(writer->sheet, SHEET_SMALL, author);
}

/* --- what a model thinks of the candidate ---------------------------------------------- */

static void write_reasons(const struct writer *writer, const char *heading, const cJSON *rows)
{
	const cJSON *row;

	sheet_heading(writer->sheet, SHEET_STRONG, heading, 28);
	if (cJSON_GetArraySize(rows) == 0)
		writer_item(writer, SHEET_BODY, i18n(writer->language, "None established."));
	cJSON_ArrayForEach(row, rows)
	{
		const char *figure = json_string(row, "figure", NULL);

		writer_item(writer, SHEET_BODY,
		            arena_printf(writer->arena, "%s%s%s: %s", json_string(row, "name", ""),
		                         figure != NULL ? ", " : "",
		                         figure != NULL
		                                 ? arena_printf(writer->arena, "%s / 5", figure)
		                                 : "",
		                         json_string(row, "reason", "")));
	}
}

static void write_judgement(const struct writer *writer, const cJSON *assessment)
{
	static const struct {
		const char *name, *member;
	} facts[] = {
		{ N_("Level shown"), "grade" },
		{ N_("Recommendation"), "hire" },
		{ N_("Confidence"), "confidence" },
	};
	const enum language language = writer->language;

	sheet_heading(writer->sheet, SHEET_PART, i18n(language, "Assessment by the model"), 60);
	writer_say(writer, SHEET_BODY,
	           N_("A proposal for a person to decide on; it changes no score."), NULL);
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		sheet_text(writer->sheet, SHEET_BODY,
		           arena_printf(writer->arena, "%s: %s", i18n(language, facts[i].name),
		                        json_string(assessment, facts[i].member, "")));
	write_reasons(writer, i18n(language, "Confirmed skills"),
	              json_get(assessment, "confirmed_skills"));
	write_reasons(writer, i18n(language, "Skill gaps"), json_get(assessment, "skill_gaps"));
	write_reasons(writer, i18n(language, "Soft skills"), json_get(assessment, "soft_skills"));
}

static void write_step(const struct writer *writer, const cJSON *step)
{
	const cJSON *resource;
	struct buf line;

	buf_init(&line, writer->arena);
	buf_printf(&line, "%s (%s)", json_string(step, "topic", ""),
	           json_string(step, "priority", ""));
	cJSON_ArrayForEach(resource, json_get(step, "resources"))
	        buf_printf(&line, " · %s", json_string(resource, "resource", ""));
	writer_item(writer, SHEET_BODY, line.data);
}

static void write_assessment(const struct writer *writer, const cJSON *page)
{
	const cJSON *assessment = json_get(page, "assessment"), *step;

	if (!cJSON_IsObject(assessment))
		return;
	if (writer->for_admin)
		write_judgement(writer, assessment);
	if (json_bool(assessment, "has_roadmap", false)) {
		sheet_heading(writer->sheet, SHEET_PART,
		              i18n(writer->language, "What to learn next"), 40);
		cJSON_ArrayForEach(step, json_get(assessment, "roadmap")) write_step(writer, step);
	}
	writer_text(writer, SHEET_SMALL, page, "assessment_author");
}

void texts_write(const struct writer *writer, const cJSON *page)
{
	const enum language language = writer->language;

	if (writer->for_admin)
		write_text(writer, i18n(language, "For the recruiter"),
		           json_string(page, "admin_text", ""),
		           json_string(page, "admin_author", ""));
	write_text(writer,
	           i18n(language, writer->for_admin ? N_("For the candidate") : N_("In short")),
	           json_string(page, "candidate_text", ""),
	           json_string(page, "candidate_author", ""));
	write_assessment(writer, page);
}
