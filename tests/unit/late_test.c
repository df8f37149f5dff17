/* Libraries that are loaded when they are needed. */
#include "check.h"

#include "base/late.h"
#include "llm/curl.h"

static double (*cosine)(double);
static void *nothing;

static void a_library_is_loaded_with_all_its_functions(void)
{
	const struct late_function functions[] = { { "cos", &cosine } };

	CHECK(late_load("libm.so.6", functions, 1));
	CHECK_NEAR(cosine != NULL ? cosine(0) : 0, 1, 0);
}

static void what_is_missing_changes_nothing(void)
{
	const struct late_function functions[] = { { "sin", &nothing }, { "no_such", &nothing } };

	CHECK(!late_load("libm.so.6", functions, 2));
	CHECK(nothing == NULL);
	CHECK(!late_load("libviva-no-such-library.so.0", functions, 1));
	CHECK(nothing == NULL);
}

static void libcurl_is_there(void)
{
	CURLU *url = curl_url();

	CHECK(url != NULL && curl_url_set(url, CURLUPART_URL, "http://h/", 0) == CURLUE_OK);
	curl_url_cleanup(url);
}

int main(void)
{
	RUN(a_library_is_loaded_with_all_its_functions);
	RUN(what_is_missing_changes_nothing);
	RUN(libcurl_is_there);
	return check_done();
}
