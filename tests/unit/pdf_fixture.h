/* For tests that draw PDFs. */
#ifndef VIVA_TESTS_PDF_FIXTURE_H
#define VIVA_TESTS_PDF_FIXTURE_H

/* fontconfig keeps some of its lists until the process ends. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

#endif
