#define CURL_OWN_NAMES
#include "llm/curl.h"

#include <pthread.h>

#include "base/late.h"

/* --- where it is not there --------------------------------------------------------- */

static CURL *no_easy(void)
{
	return NULL;
}

static CURLM *no_multi(void)
{
	return NULL;
}

static CURLU *no_url(void)
{
	return NULL;
}

static void leave_url(CURLU *url)
{
	(void)url;
}

static void leave_memory(void *memory)
{
	(void)memory;
}

static struct curl_slist *no_list(struct curl_slist *list, const char *line)
{
	(void)list;
	(void)line;
	return NULL;
}

static void leave_list(struct curl_slist *list)
{
	(void)list;
}

/* --- loading ------------------------------------------------------------------------- */

static struct curl curl = {
	.easy_init = no_easy,
	.multi_init = no_multi,
	.url = no_url,
	.url_cleanup = leave_url,
	.free = leave_memory,
	.slist_append = no_list,
	.slist_free_all = leave_list,
};

static void load(void)
{
#define CURL_FUNCTION(name) { "curl_" #name, &curl.name },
	static const struct late_function functions[] = { CURL_FUNCTIONS(CURL_FUNCTION) };
#undef CURL_FUNCTION

	if (late_load("libcurl.so.4", functions, sizeof(functions) / sizeof(*functions)))
		curl.global_init(CURL_GLOBAL_DEFAULT);
}

const struct curl *curl_library(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, load);
	return &curl;
}
