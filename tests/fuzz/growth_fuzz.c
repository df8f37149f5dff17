/* `growth` of a task with its signature: what is taken makes the same inputs again and again. */
#include "target.h"

#include "base/json.h"
#include "judge/growth.h"
#include "judge/signature.h"

enum { MOST_SIZE = 64 }; /* large inputs cost time and say no more */

static void make_inputs(const struct growth *growth)
{
	for (size_t i = 0; i < growth->count; i++) {
		const double n = growth->sizes[i] < MOST_SIZE ? growth->sizes[i] : MOST_SIZE;
		const cJSON *one = growth_arguments(growth, n), *two = growth_arguments(growth, n);

		must((one == NULL) == (two == NULL));
		if (one != NULL)
			must(strcmp(json_text(one), json_text(two)) == 0);
		must(i == 0 || growth->sizes[i] > growth->sizes[i - 1]);
	}
}

static void read_growth(struct arena *arena, const char *json, size_t len,
                        const struct signature *signature)
{
	const char *fault = NULL;
	struct growth growth;
	cJSON *value;

	if (json_parse(json, len, &value) != OK)
		return;
	if (growth_read(arena, value, &growth, &fault) != OK) {
		must(fault != NULL && *fault != '\0');
		return;
	}
	must(growth.count >= GROWTH_LEAST_SIZES && growth.count <= GROWTH_MOST_SIZES);
	must(growth.sizes[growth.count - 1] <= GROWTH_MOST_SIZE);
	make_inputs(&growth);
	(void)growth_check(arena, &growth, signature, true);
}

/* The first line is the signature, the rest the member. */
FUZZ_TARGET("growth")
{
	struct arena *arena = arena_create();
	char *text = arena_copy(arena, data, size), *rest = strchr(text, '\n');
	const char *fault = NULL;
	struct signature signature, again;

	json_bind(arena);
	if (rest != NULL)
		*rest++ = '\0';
	if (signature_parse(arena, text, &signature, &fault) != OK) {
		must(fault != NULL && *fault != '\0');
	} else {
		const char *printed = signature_text(arena, &signature);

		must(signature.count <= SIGNATURE_MAX_PARAMS);
		must(signature_parse(arena, printed, &again, &fault) == OK);
		must(strcmp(signature_text(arena, &again), printed) == 0);
		if (rest != NULL)
			read_growth(arena, rest, strlen(rest), &signature);
	}
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
