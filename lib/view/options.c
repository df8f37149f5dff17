#include "view/options.h"

#include <string.h>

#include "base/json.h"
#include "report/terms.h"

void options_add(cJSON *options, const char *code, const char *text, const char *chosen)
{
	cJSON *option = json_add_object(options);

	json_set_string(option, "code", code);
	json_set_string(option, "text", text);
	json_set_bool(option, "selected", strcmp(code, chosen) == 0);
}

void options_levels(cJSON *page, const char *chosen, enum language language)
{
	static const char *const codes[] = { "junior", "middle", "senior" };
	cJSON *options = json_set_array(page, "levels");

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		options_add(options, codes[i], terms_level(language, codes[i]), chosen);
}
