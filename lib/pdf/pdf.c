#include "pdf/pdf.h"

#include "base/json.h"
#include "pdf/catalog.h"
#include "pdf/press.h"
#include "pdf/writer.h"
#include "report/present.h"

enum { PAGES_MOST = 200 };

struct press *pdf_open(struct arena *lasting)
{
	return press_open(lasting);
}

/* Questions until the document is long enough, and how many more there are. */
static void write_questions(const struct writer *writer, const cJSON *page, const cJSON *document)
{
	const cJSON *shown = json_get(page, "questions"),
	            *question = json_get(document, "questions");
	int left = cJSON_GetArraySize(shown);

	sheet_heading(writer->sheet, SHEET_PART, i18n(writer->language, "Questions and answers"),
	              90);
	if (json_bool(page, "has_theory", false))
		writer_say(
		        writer, SHEET_SMALL,
		        N_("What earned a key point is highlighted in the answer; the quotations "
		           "stand below the key points."),
		        NULL);
	shown = shown->child;
	question = question != NULL ? question->child : NULL;
	while (left > 0 && sheet_pages(writer->sheet) <= PAGES_MOST) {
		question_write(writer, shown, question);
		shown = shown->next;
		question = question->next;
		left--;
	}
	if (left > 0)
		sheet_text(writer->sheet, SHEET_STRONG,
		           arena_printf(writer->arena,
		                        i18n_plural(writer->language,
		                                    "%d more question stands in the TXT and JSON "
		                                    "forms of this report.",
		                                    "%d more questions stand in the TXT and JSON "
		                                    "forms of this report.",
		                                    left),
		                        left));
}

/* What the document alone does not tell. */
static cJSON *present(struct arena *arena, const struct pdf_subject *subject)
{
	cJSON *page = present_document(arena, subject->document);

	json_set_string(page, "report_id", json_string(subject->document, "session_id", ""));
	return page;
}

static void write_document(const struct writer *writer, const cJSON *page, const cJSON *document)
{
	head_write(writer, page);
	texts_write(writer, page);
	figures_write(writer, page);
	write_questions(writer, page, document);
	tail_write(writer, page);
}

static enum err paint(const struct writer *writer, const cJSON *page, const cJSON *document,
                      struct buf *out)
{
	const char *name = i18n(writer->language, "Interview report");
	const char *participant = json_string(page, "participant", "");
	const struct sheet_title title = {
		.title = arena_printf(writer->arena, "%s: %s, %s", name, participant,
		                      json_string(page, "role", "")),
		.left = arena_printf(writer->arena, "Viva · %s", name),
		.right = participant,
		.footer = json_string(page, "report_id", ""),
		.created = json_string(document, "finished_at", "1970-01-01T00:00:00Z"),
	};

	return sheet_paint(writer->sheet, &title, out);
}

enum err pdf_report(struct press *press, struct arena *arena, const struct pdf_subject *subject,
                    struct buf *out)
{
	const cJSON *page = present(arena, subject);
	const size_t start = out->len;
	struct writer writer = {
		.arena = arena,
		.language = present_language(subject->document),
		.for_admin = subject->for_admin,
	};
	enum err err = press_lock(press);

	if (err != OK)
		return err;
	writer.sheet = sheet_open(arena, press, writer.language);
	write_document(&writer, page, subject->document);
	err = paint(&writer, page, subject->document, out);
	sheet_close(writer.sheet);
	press_unlock(press);
	if (err == OK)
		catalog_set_language(out, start, language_code(writer.language));
	return err;
}
