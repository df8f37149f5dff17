/*
 * libcurl, loaded when it is first needed. Its functions have their own names here; where it is
 * not there, those that make something give NULL, and those that take NULL do nothing.
 */
#ifndef VIVA_LLM_CURL_H
#define VIVA_LLM_CURL_H

#include <curl/curl.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define CURL_FUNCTIONS(X)      \
	X(easy_cleanup)        \
	X(easy_getinfo)        \
	X(easy_header)         \
	X(easy_init)           \
	X(easy_reset)          \
	X(easy_setopt)         \
	X(easy_strerror)       \
	X(free)                \
	X(getdate)             \
	X(global_init)         \
	X(multi_add_handle)    \
	X(multi_cleanup)       \
	X(multi_info_read)     \
	X(multi_init)          \
	X(multi_perform)       \
	X(multi_poll)          \
	X(multi_remove_handle) \
	X(multi_setopt)        \
	X(slist_append)        \
	X(slist_free_all)      \
	X(url)                 \
	X(url_cleanup)         \
	X(url_get)             \
	X(url_set)

struct curl {
#define CURL_MEMBER(name) __typeof__(&curl_##name) name;
	CURL_FUNCTIONS(CURL_MEMBER)
#undef CURL_MEMBER
};

/* Its functions. The first call loads it; any thread may be first. */
const struct curl *curl_library(void);

#ifndef CURL_OWN_NAMES
#define curl_easy_cleanup        curl_library()->easy_cleanup
#define curl_easy_getinfo        curl_library()->easy_getinfo
#define curl_easy_header         curl_library()->easy_header
#define curl_easy_init           curl_library()->easy_init
#define curl_easy_reset          curl_library()->easy_reset
#define curl_easy_setopt         curl_library()->easy_setopt
#define curl_easy_strerror       curl_library()->easy_strerror
#define curl_free                curl_library()->free
#define curl_getdate             curl_library()->getdate
#define curl_global_init         curl_library()->global_init
#define curl_multi_add_handle    curl_library()->multi_add_handle
#define curl_multi_cleanup       curl_library()->multi_cleanup
#define curl_multi_info_read     curl_library()->multi_info_read
#define curl_multi_init          curl_library()->multi_init
#define curl_multi_perform       curl_library()->multi_perform
#define curl_multi_poll          curl_library()->multi_poll
#define curl_multi_remove_handle curl_library()->multi_remove_handle
#define curl_multi_setopt        curl_library()->multi_setopt
#define curl_slist_append        curl_library()->slist_append
#define curl_slist_free_all      curl_library()->slist_free_all
#define curl_url                 curl_library()->url
#define curl_url_cleanup         curl_library()->url_cleanup
#define curl_url_get             curl_library()->url_get
#define curl_url_set             curl_library()->url_set
#endif

#endif
