/* A machine without fonts: a clear error, and no file of empty boxes. */
#include "pdf_fixture.h"
#include "report_fixture.h"

#include <limits.h>
#include <stdlib.h>

#include "pdf/pdf.h"

static void without_fonts_there_is_no_pdf(void)
{
	struct report_source source = fixture_source();
	const struct pdf_subject subject = { .document = report_build(arena, &source, NULL) };
	struct arena *lasting = arena_create();
	struct press *press = pdf_open(lasting);
	struct buf out;

	buf_init(&out, arena);
	for (int i = 0; i < 2; i++)
		CHECK_INT(pdf_report(press, arena, &subject, &out), ERR_INTERNAL);
	CHECK_INT((long long)out.len, 0);
	arena_destroy(lasting);
}

int main(void)
{
	char path[PATH_MAX];

	setenv("FONTCONFIG_FILE", realpath("tests/data/no_fonts.conf", path), 1);
	RUN(without_fonts_there_is_no_pdf);
	return check_done();
}
