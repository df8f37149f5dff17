#include "title.h"

#include "base/buf.h"

const char *title_fault(struct request *request, const struct title_match *match)
{
	struct buf names;

	if (match->fit == TITLE_STRANGE)
		return i18n(request->language,
		            "Viva asks about work in IT, and this title tells of none that it "
		            "knows. Say it in other words, please, or leave it empty and choose "
		            "the nearest role of the list.");
	buf_init(&names, request->arena);
	for (size_t i = 0; i < match->count; i++)
		buf_printf(&names, "%s%s", i > 0 ? ", " : "",
		           match->nearest[i]->title[request->language]);
	return arena_printf(request->arena,
	                    i18n(request->language,
	                         "This title can mean several roles: %s. Choose one of them in "
	                         "the list, please; the title stays yours."),
	                    names.data);
}
