#include "bank/members.h"

#include <stddef.h>

#define COMMON                                                                             \
	{ "id", MEMBER_PLAIN, "lower-case letters, digits and hyphens; never reused" },    \
	        { "roles", MEMBER_PLAIN, "ids of roles; [\"*\"] serves every role" },      \
	        { "level", MEMBER_PLAIN, "junior, middle or senior" },                     \
	        { "difficulty", MEMBER_PLAIN, "BASIC, INTERMEDIATE, ADVANCED or EXPERT" }, \
	{                                                                                  \
		"skill_tags", MEMBER_PLAIN, "one tag or more"                              \
	}

#define OF_TESTS(list)                                                                        \
	{ list ".args", MEMBER_DATA, "function tasks: the arguments" },                       \
	        { list ".stdin", MEMBER_DATA, "stdin tasks: what is read" },                  \
	        { list ".setup", MEMBER_DATA, "sql tasks: statements that fill the tables" }, \
	{                                                                                     \
		list ".expected", MEMBER_DATA, NULL                                           \
	}

const struct member members_question[] = {
	COMMON,
	{ "type", MEMBER_PLAIN, "technical, hr or case" },
	{ "track", MEMBER_PLAIN, "the track of a role; hr and case for questions of those types" },
	{ "category", MEMBER_PLAIN,
	  "technical: core, advanced, practical; hr: behavioural, situational, role_specific; "
	  "case: "
	  "problem_solving, system_design" },
	{ "estimated_answer_time_min", MEMBER_PLAIN, "1 to 30" },
	{ "max_score", MEMBER_PLAIN, "10" },
	{ "question", MEMBER_TRANSLATED, "in en, ru and uk, like every text" },
	{ "reference_answer", MEMBER_TRANSLATED,
	  "one to three full-mark answers in different words; the built-in examiner must give each "
	  "9 points or more" },
	{ "key_points", MEMBER_OBJECT, "three to six" },
	{ "key_points.id", MEMBER_PLAIN, "unique within the question" },
	{ "key_points.text", MEMBER_TRANSLATED, "what a full answer says" },
	{ "key_points.aliases", MEMBER_TRANSLATED, "other wordings that candidates use" },
	{ "mistakes", MEMBER_OBJECT, "typical wrong claims; [] where there are none" },
	{ "mistakes.key_point", MEMBER_PLAIN, "id of a key point" },
	{ "mistakes.claim", MEMBER_TRANSLATED, "one wording or more" },
	{ "mistakes.fact", MEMBER_TRANSLATED, "what is right instead" },
	{ "follow_ups", MEMBER_OBJECT,
	  "asked when a key point is missing; [] where there are none" },
	{ "follow_ups.key_point", MEMBER_PLAIN, "id of a key point" },
	{ "follow_ups.question", MEMBER_TRANSLATED, "must not give the point away" },
	{ "hint", MEMBER_TRANSLATED, "one nudge that does not give the answer away" },
	{ "answers", MEMBER_OBJECT, "the question is tested with them, candidates never see them" },
	{ "answers.good", MEMBER_TRANSLATED, "a good answer in other words: 7 points or more" },
	{ "answers.thin", MEMBER_TRANSLATED, "a vague one: 4 points at most" },
	{ NULL, MEMBER_PLAIN, NULL },
};

const struct member members_task[] = {
	COMMON,
	{ "kind", MEMBER_PLAIN, "function, stdin or sql" },
	{ "track", MEMBER_PLAIN, "the track of a role" },
	{ "category", MEMBER_PLAIN, "algo or domain" },
	{ "topic", MEMBER_PLAIN, "a tag" },
	{ "estimated_answer_time_min", MEMBER_PLAIN, "1 to 60" },
	{ "title", MEMBER_TRANSLATED, "in en, ru and uk, like every text; at most 60 characters" },
	{ "description", MEMBER_TRANSLATED, "Markdown with the task, its limits and one example" },
	{ "function_signature", MEMBER_PLAIN,
	  "function tasks: two_sum(nums: int[], target: int) -> int[]" },
	{ "compare", MEMBER_PLAIN, "exact, float, unordered, set or tokens" },
	{ "tolerance", MEMBER_PLAIN, "of float" },
	{ "limits", MEMBER_OBJECT, "of each test; may be left out" },
	{ "limits.cpu_ms", MEMBER_PLAIN, "at most 30000" },
	{ "limits.wall_ms", MEMBER_PLAIN, "at most 60000" },
	{ "limits.memory_mb", MEMBER_PLAIN, "at most 1024" },
	{ "limits.output_kb", MEMBER_PLAIN, "at most 1024" },
	{ "schema", MEMBER_PLAIN, "sql tasks: statements that build the tables" },
	{ "public_tests", MEMBER_OBJECT,
	  "two to eight, shown to candidates; expected answers are computed" },
	OF_TESTS("public_tests"),
	{ "hidden_tests", MEMBER_OBJECT, "five to twenty, never shown; no test equals another" },
	OF_TESTS("hidden_tests"),
	{ "languages", MEMBER_CODES, "python and javascript, or sql; others may be added" },
	{ "languages.starter", MEMBER_PLAIN, "what candidates begin with" },
	{ "languages.reference", MEMBER_PLAIN, "must pass every test in the sandbox" },
	{ "hints", MEMBER_TRANSLATED, "three: a nudge, the approach, the outline" },
	{ "growth", MEMBER_DATA,
	  "function tasks: complexity, sizes and generators of arguments, to measure how time "
	  "grows; may be left out" },
	{ "variants", MEMBER_DATA,
	  "2 to 8 objects of names, constants and data for {{name}} in texts, code and tests; may "
	  "be left out" },
	{ "variant", MEMBER_PLAIN, NULL },
	{ "variant_answers", MEMBER_DATA, NULL },
	{ "source_hash", MEMBER_PLAIN, NULL },
	{ NULL, MEMBER_PLAIN, NULL },
};
