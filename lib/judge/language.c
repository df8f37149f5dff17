#include "judge/language.h"

#include <ctype.h>
#include <string.h>

#include "judge/language_rows.h"

const struct judge_language *const languages[] = {
	&language_python, &language_javascript, &language_c,   &language_cpp, &language_go,
	&language_java,   &language_rust,       &language_sql, NULL,
};

const struct judge_language *language_by_name(const char *name)
{
	for (size_t i = 0; languages[i] != NULL; i++)
		if (strcmp(languages[i]->name, name) == 0)
			return languages[i];
	return NULL;
}

static bool is_camel_case(const struct judge_language *language)
{
	return language == &language_javascript || language == &language_go ||
	       language == &language_java;
}

char *language_function_name(struct arena *arena, const struct judge_language *language,
                             const char *snake_case)
{
	char *name = arena_strdup(arena, snake_case), *out = name;

	if (!is_camel_case(language))
		return name;
	for (const char *in = snake_case; *in != '\0'; in++) {
		bool starts_word = in > snake_case && in[-1] == '_' && out > name;

		if (*in != '_')
			*out++ = starts_word ? (char)toupper((unsigned char)*in) : *in;
	}
	*out = '\0';
	return name;
}

char *language_starter(struct arena *arena, const struct judge_language *language,
                       const struct signature *signature)
{
	if (signature == NULL || language->starter == NULL)
		return NULL;
	return language->starter(arena, language, signature);
}
