#include "bank/skeleton.h"

#include <stddef.h>
#include <string.h>

/* A theory question; the arguments are string literals. */
#define QUESTION(type, track, role, category)                                           \
	"{\n"                                                                           \
	"  \"id\": \"\",\n"                                                             \
	"  \"type\": \"" type "\",\n"                                                   \
	"  \"track\": \"" track "\",\n"                                                 \
	"  \"roles\": [\"" role "\"],\n"                                                \
	"  \"category\": \"" category "\",\n"                                           \
	"  \"level\": \"junior\",\n"                                                    \
	"  \"difficulty\": \"BASIC\",\n"                                                \
	"  \"skill_tags\": [\"\"],\n"                                                   \
	"  \"estimated_answer_time_min\": 3,\n"                                         \
	"  \"max_score\": 10,\n"                                                        \
	"  \"question\": { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"               \
	"  \"reference_answer\": { \"en\": [\"\"], \"ru\": [\"\"], \"uk\": [\"\"] },\n" \
	"  \"key_points\": [\n"                                                         \
	"    {\n"                                                                       \
	"      \"id\": \"first-point\",\n"                                              \
	"      \"text\": { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"               \
	"      \"aliases\": { \"en\": [\"\"], \"ru\": [\"\"], \"uk\": [\"\"] }\n"       \
	"    },\n"                                                                      \
	"    {\n"                                                                       \
	"      \"id\": \"second-point\",\n"                                             \
	"      \"text\": { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"               \
	"      \"aliases\": { \"en\": [\"\"], \"ru\": [\"\"], \"uk\": [\"\"] }\n"       \
	"    },\n"                                                                      \
	"    {\n"                                                                       \
	"      \"id\": \"third-point\",\n"                                              \
	"      \"text\": { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"               \
	"      \"aliases\": { \"en\": [\"\"], \"ru\": [\"\"], \"uk\": [\"\"] }\n"       \
	"    }\n"                                                                       \
	"  ],\n"                                                                        \
	"  \"mistakes\": [],\n"                                                         \
	"  \"follow_ups\": [],\n"                                                       \
	"  \"hint\": { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" }\n"                    \
	"}\n"

static const struct {
	const char *kind, *text;
} skeletons[] = {
	{ "technical", QUESTION("technical", "", "", "core") },
	{ "hr", QUESTION("hr", "hr", "*", "behavioural") },
	{ "case", QUESTION("case", "case", "*", "problem_solving") },
	{ "coding", "{\n"
	            "  \"id\": \"\",\n"
	            "  \"kind\": \"function\",\n"
	            "  \"track\": \"\",\n"
	            "  \"roles\": [\"\"],\n"
	            "  \"category\": \"algo\",\n"
	            "  \"level\": \"junior\",\n"
	            "  \"difficulty\": \"BASIC\",\n"
	            "  \"topic\": \"\",\n"
	            "  \"skill_tags\": [\"\"],\n"
	            "  \"estimated_answer_time_min\": 15,\n"
	            "  \"title\": { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"
	            "  \"description\": { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"
	            "  \"function_signature\": \"name(nums: int[]) -> int\",\n"
	            "  \"compare\": \"exact\",\n"
	            "  \"public_tests\": [\n"
	            "    {\n"
	            "      \"args\": [\n"
	            "        [1, 2]\n"
	            "      ]\n"
	            "    },\n"
	            "    {\n"
	            "      \"args\": [\n"
	            "        []\n"
	            "      ]\n"
	            "    }\n"
	            "  ],\n"
	            "  \"hidden_tests\": [\n"
	            "    {\n"
	            "      \"args\": [\n"
	            "        [3]\n"
	            "      ]\n"
	            "    },\n"
	            "    {\n"
	            "      \"args\": [\n"
	            "        [4]\n"
	            "      ]\n"
	            "    },\n"
	            "    {\n"
	            "      \"args\": [\n"
	            "        [5]\n"
	            "      ]\n"
	            "    },\n"
	            "    {\n"
	            "      \"args\": [\n"
	            "        [6]\n"
	            "      ]\n"
	            "    },\n"
	            "    {\n"
	            "      \"args\": [\n"
	            "        [7]\n"
	            "      ]\n"
	            "    }\n"
	            "  ],\n"
	            "  \"languages\": {\n"
	            "    \"python\": {\n"
	            "      \"starter\": \"def name(nums):\\n    ...\",\n"
	            "      \"reference\": \"\"\n"
	            "    },\n"
	            "    \"javascript\": {\n"
	            "      \"starter\": \"function name(nums) {\\n}\",\n"
	            "      \"reference\": \"\"\n"
	            "    }\n"
	            "  },\n"
	            "  \"hints\": [\n"
	            "    { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"
	            "    { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" },\n"
	            "    { \"en\": \"\", \"ru\": \"\", \"uk\": \"\" }\n"
	            "  ]\n"
	            "}\n" },
};

const char *skeleton_of(const char *kind)
{
	for (size_t i = 0; i < sizeof(skeletons) / sizeof(*skeletons); i++)
		if (strcmp(skeletons[i].kind, kind) == 0)
			return skeletons[i].text;
	return NULL;
}
