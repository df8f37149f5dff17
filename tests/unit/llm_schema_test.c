#include "check.h"

#include "base/buf.h"
#include "llm/schema.h"

static const char *fault_of_schema(const char *text)
{
	const char *fault = "";
	struct schema schema;

	return schema_parse(arena, text, &schema, &fault) == OK ? "" : fault;
}

/* "" if the value fits. */
static const char *fault_of(const char *schema_text, const char *value_text)
{
	const char *fault = "";
	struct schema schema;
	cJSON *value;

	CHECK_INT(schema_parse(arena, schema_text, &schema, &fault), OK);
	CHECK_INT(json_parse(value_text, strlen(value_text), &value), OK);
	return schema_check(arena, &schema, value, &fault) == OK ? "" : fault;
}

static void schemas_are_read_strictly(void)
{
	static const struct {
		const char *schema, *fault;
	} rows[] = {
		{ "{}", "" },
		{ "{\"$schema\":\"x\",\"title\":\"t\",\"description\":\"d\",\"type\":\"object\"}",
		  "" },
		{ "{\"type\":[\"string\",\"null\"],\"minLength\":1,\"maxLength\":2}", "" },
		{ "{\"type\":\"object\",\"properties\":{\"enum\":{\"enum\":[\"a\",1,null,true]}},"
		  "\"required\":[\"enum\"],\"additionalProperties\":false}",
		  "" },
		{ "nonsense", "the schema is not JSON" },
		{ "[]", "the value must be a schema, which is an object" },
		{ "true", "the value must be a schema, which is an object" },
		{ "{\"pattern\":\"x\"}", "/pattern is an unknown keyword" },
		{ "{\"$ref\":\"#\"}", "/$ref is an unknown keyword" },
		{ "{\"properties\":{\"a\":{\"anyOf\":[]}}}",
		  "/properties/a/anyOf is an unknown keyword" },
		{ "{\"items\":{\"a/b~\":1}}", "/items/a~1b~0 is an unknown keyword" },
		{ "{\"type\":\"text\"}", "/type is no type" },
		{ "{\"type\":[]}", "/type is no type" },
		{ "{\"type\":[\"string\",5]}", "/type has an unknown type" },
		{ "{\"type\":\"string\",\"type\":\"null\"}", "/type stands there twice" },
		{ "{\"properties\":[]}", "/properties must be an object" },
		{ "{\"properties\":{\"a\":true}}",
		  "/properties/a must be a schema, which is an object" },
		{ "{\"required\":\"a\"}", "/required must be an array" },
		{ "{\"required\":[1]}", "/required must hold names" },
		{ "{\"additionalProperties\":true}", "/additionalProperties must be false" },
		{ "{\"additionalProperties\":{}}", "/additionalProperties must be false" },
		{ "{\"items\":[{}]}", "/items must be a schema, which is an object" },
		{ "{\"enum\":[]}", "/enum must be an array of values" },
		{ "{\"enum\":[{}]}", "/enum must hold simple values" },
		{ "{\"minItems\":-1}", "/minItems must be a whole number of at least 0" },
		{ "{\"maxItems\":1.5}", "/maxItems must be a whole number of at least 0" },
		{ "{\"maxLength\":\"1\"}", "/maxLength must be a whole number of at least 0" },
		{ "{\"minimum\":null}", "/minimum must be a number" },
		{ "{\"maximum\":1e999}", "/maximum must be a number" },
		{ "{\"title\":1}", "/title must be a string" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_STR(fault_of_schema(rows[i].schema), rows[i].fault);
}

static void types_are_checked(void)
{
	static const char *const names[] = { "object",  "array",   "string", "number",
		                             "integer", "boolean", "null" };
	static const struct {
		const char *value, *types;
	} rows[] = {
		{ "{}", "object" },
		{ "[]", "array" },
		{ "\"1\"", "string" },
		{ "1", "number integer" },
		{ "1.0", "number integer" },
		{ "-1e3", "number integer" },
		{ "1.5", "number" },
		{ "true", "boolean" },
		{ "false", "boolean" },
		{ "null", "null" },
		{ "1e999", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
			bool fits = strstr(rows[i].types, names[j]) != NULL;
			const char *schema = arena_printf(arena, "{\"type\":\"%s\"}", names[j]);
			const char *fault = arena_printf(arena, "the value must be of the type %s",
			                                 names[j]);

			CHECK_STR(fault_of(schema, rows[i].value), fits ? "" : fault);
		}
	}
	CHECK_STR(fault_of("{\"type\":[\"string\",\"null\"]}", "null"), "");
	CHECK_STR(fault_of("{\"type\":[\"string\",\"null\"]}", "1"),
	          "the value must be of the type string or null");
}

static void bounds_are_checked(void)
{
	static const struct {
		const char *schema, *value, *fault;
	} rows[] = {
		{ "{\"enum\":[\"a\",2,null,true]}", "\"a\"", "" },
		{ "{\"enum\":[\"a\",2,null,true]}", "2", "" },
		{ "{\"enum\":[\"a\",2,null,true]}", "null", "" },
		{ "{\"enum\":[\"a\",2,null,true]}", "\"A\"",
		  "the value must be one of a, 2, null, true" },
		{ "{\"enum\":[\"a\",2,null,true]}", "false",
		  "the value must be one of a, 2, null, true" },
		{ "{\"enum\":[\"a\"]}", "[\"a\"]", "the value must be one of a" },
		{ "{\"minItems\":1,\"maxItems\":2}", "[1,2]", "" },
		{ "{\"minItems\":1,\"maxItems\":2}", "[]", "the value must have at least 1 items" },
		{ "{\"minItems\":1,\"maxItems\":2}", "[1,2,3]",
		  "the value must have at most 2 items" },
		{ "{\"minLength\":2,\"maxLength\":2}", "\"\xD1\x8F\xF0\x9F\x98\x80\"", "" },
		{ "{\"minLength\":2}", "\"\xF0\x9F\x98\x80\"",
		  "the value must have at least 2 characters" },
		{ "{\"maxLength\":1}", "\"ab\"", "the value must have at most 1 characters" },
		{ "{\"minimum\":0,\"maximum\":1}", "0", "" },
		{ "{\"minimum\":0,\"maximum\":1}", "1", "" },
		{ "{\"minimum\":0,\"maximum\":1}", "-0.01", "the value must be at least 0" },
		{ "{\"minimum\":0,\"maximum\":1}", "1.01", "the value must be at most 1" },
		{ "{\"minimum\":5,\"minLength\":5,\"minItems\":5}", "{}", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_STR(fault_of(rows[i].schema, rows[i].value), rows[i].fault);
}

static void objects_are_checked_to_the_leaves(void)
{
	static const char schema[] =
	        "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"points\"],"
	        "\"properties\":{\"note\":{\"type\":\"string\"},\"points\":{\"type\":\"array\","
	        "\"items\":{\"type\":\"object\",\"required\":[\"status\"],\"properties\":"
	        "{\"status\":{\"enum\":[\"covered\",\"partial\",\"missing\"]}}}}}}";
	static const struct {
		const char *value, *fault;
	} rows[] = {
		{ "{\"points\":[]}", "" },
		{ "{\"points\":[{\"status\":\"partial\",\"more\":1}],\"note\":\"\"}", "" },
		{ "{\"points\":[{\"status\":\"covred\"}]}",
		  "/points/0/status must be one of covered, partial, missing" },
		{ "{\"points\":[{\"status\":\"covered\"},{}]}",
		  "/points/1 must have the member \"status\"" },
		{ "{}", "the value must have the member \"points\"" },
		{ "{\"Points\":[]}", "the value must have the member \"points\"" },
		{ "{\"points\":[],\"x\\ny\":1}", "the value must not have the member \"x y\"" },
		{ "{\"points\":{}}", "/points must be of the type array" },
		{ "{\"points\":[],\"points\":[1]}", "the value has the member \"points\" twice" },
		{ "[]", "the value must be of the type object" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_STR(fault_of(schema, rows[i].value), rows[i].fault);
}

static void faults_stay_short(void)
{
	struct buf value;

	buf_init(&value, arena);
	buf_str(&value, "{\"");
	for (int i = 0; i < 10000; i++)
		buf_str(&value, "x\\n");
	buf_str(&value, "\":1}");
	CHECK(strlen(fault_of("{\"additionalProperties\":false}", value.data)) < 200);
}

int main(void)
{
	RUN(schemas_are_read_strictly);
	RUN(types_are_checked);
	RUN(bounds_are_checked);
	RUN(objects_are_checked_to_the_leaves);
	RUN(faults_stay_short);
	return check_done();
}
