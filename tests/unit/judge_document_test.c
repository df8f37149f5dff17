#include "check.h"

#include "judge/document.h"

static const char *fault;

static enum err read_document(const char *text, struct judge_job *ret_job)
{
	fault = NULL;
	return document_read(arena, text, strlen(text), ret_job, &fault);
}

static void a_function_is_read(void)
{
	struct judge_job job;

	CHECK_INT(
	        read_document("{\"language\":\"python\",\"kind\":\"function\",\"function\":\"add\","
	                      "\"code\":\"x\\ny\",\"tests\":[{\"args\":[1,2],\"expected\":3},"
	                      "{\"args\":[12345678901234567890]}],"
	                      "\"limits\":{\"cpu_ms\":500},\"compare\":\"float\","
	                      "\"tolerance\":0.5,\"in_place\":true}",
	                      &job),
	        OK);
	CHECK_STR(job.language, "python");
	CHECK_INT(job.kind, JUDGE_FUNCTION);
	CHECK_STR(job.function, "add");
	CHECK_STR(job.code, "x\ny");
	CHECK_INT((int)job.code_len, 3);
	CHECK_INT((int)job.count, 2);
	CHECK_STR(json_text(job.cases[0].args), "[1,2]");
	CHECK_STR(json_text(job.cases[0].expected), "3");
	CHECK_STR(json_text(job.cases[1].args), "[12345678901234567890]");
	CHECK(job.cases[1].expected == NULL);
	CHECK_INT(job.limits.cpu_ms, 500);
	CHECK_INT(job.limits.wall_ms, 6000);
	CHECK_INT(job.compare, COMPARE_FLOAT);
	CHECK_NEAR(job.tolerance, 0.5, 0);
	CHECK(job.in_place);
	CHECK(job.signature == NULL);
}

static void other_kinds_are_read(void)
{
	struct judge_job job;

	CHECK_INT(read_document("{\"language\":\"c\",\"kind\":\"stdin\",\"code\":\"x\","
	                        "\"tests\":[{\"stdin\":\"1\",\"expected\":\"2\"},{}]}",
	                        &job),
	          OK);
	CHECK_STR(job.cases[0].stdin_text, "1");
	CHECK_STR(job.cases[1].stdin_text, "");
	CHECK_INT(read_document("{\"language\":\"sql\",\"kind\":\"sql\",\"code\":\"x\","
	                        "\"schema\":\"create\",\"tests\":[{\"setup\":\"insert\","
	                        "\"expected\":[[1]]}],\"compare\":\"unordered\"}",
	                        &job),
	          OK);
	CHECK_STR(job.schema, "create");
	CHECK_STR(job.cases[0].setup, "insert");
	CHECK_INT(job.compare, COMPARE_UNORDERED);
}

static void signatures_are_read_or_inferred(void)
{
	struct judge_job job;

	CHECK_INT(read_document("{\"language\":\"c\",\"code\":\"x\",\"function\":\"f\","
	                        "\"tests\":[{\"args\":[[1,2],\"a\"],\"expected\":true}]}",
	                        &job),
	          OK);
	CHECK(job.signature != NULL && job.signature->count == 2);
	CHECK(job.signature != NULL && job.signature->returns.base == TYPE_BOOL);
	CHECK_INT(read_document("{\"language\":\"python\",\"code\":\"x\","
	                        "\"signature\":\"rotate(a: int[], k: int) -> void\","
	                        "\"tests\":[{\"args\":[[1],2]}]}",
	                        &job),
	          OK);
	CHECK_STR(job.function, "rotate");
	CHECK(job.in_place);
	CHECK_INT(read_document("{\"language\":\"c\",\"code\":\"x\",\"signature\":\"f(a: what)\","
	                        "\"tests\":[]}",
	                        &job),
	          ERR_INVALID);
	CHECK(fault != NULL && strstr(fault, "signature") != NULL);
}

static void limits_are_bounded(void)
{
	struct judge_job job;

	CHECK_INT(read_document("{\"language\":\"python\",\"function\":\"f\",\"code\":\"x\","
	                        "\"tests\":[],\"limits\":{\"cpu_ms\":-5,\"wall_ms\":1e300,"
	                        "\"memory_mb\":1,\"output_kb\":123456789}}",
	                        &job),
	          OK);
	CHECK_INT(job.limits.cpu_ms, 10);
	CHECK_INT(job.limits.wall_ms, 60000);
	CHECK_INT(job.limits.memory_mb, 16);
	CHECK_INT(job.limits.output_kb, 4096);
}

static void bad_documents_are_refused(void)
{
	static const char *const texts[] = {
		"",
		"[]",
		"null",
		"{}",
		"{\"code\":\"x\"}",
		"{\"code\":5,\"tests\":[]}",
		"{\"code\":\"x\",\"tests\":{}}",
		"{\"code\":\"x\",\"tests\":[5]}",
		"{\"code\":\"x\",\"tests\":[{}]}",
		"{\"code\":\"x\",\"tests\":[{\"args\":5}]}",
		"{\"code\":\"x\",\"tests\":[],\"kind\":\"other\"}",
		"{\"code\":\"x\",\"tests\":[],\"compare\":\"other\"}",
		"{\"code\":\"x\",\"kind\":\"stdin\",\"tests\":[{\"expected\":5}]}",
		"{\"code\":\"x\",\"tests\":[]",
		"{\"code\":\"\xff\",\"tests\":[]}",
	};
	struct judge_job job;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CHECK_INT(read_document(texts[i], &job), ERR_INVALID);
		CHECK(fault != NULL && fault[0] != '\0');
	}
}

static void nul_in_code_is_kept(void)
{
	struct judge_job job;
	char *large = arena_alloc(arena, DOCUMENT_MAX + 2);

	CHECK_INT(read_document("{\"code\":\"a\\u0000b\",\"tests\":[]}", &job), OK);
	CHECK(memchr(job.code, '\0', job.code_len) != NULL);
	CHECK_INT(read_document("{\"code\":\"a\\\\u0000\",\"tests\":[]}", &job), OK);
	CHECK_STR(job.code, "a\\u0000");
	memset(large, ' ', DOCUMENT_MAX + 1);
	CHECK_INT(read_document(large, &job), ERR_INVALID);
	CHECK(strstr(fault, "4 MiB") != NULL);
}

static void results_are_written(void)
{
	struct judge_outcome outcomes[] = {
		{ .verdict = JUDGE_ACCEPTED,
		  .got = cJSON_CreateRaw("12345678901234567890"),
		  .stdout_text = "a\"",
		  .stderr_text = "",
		  .cpu_ms = 1,
		  .wall_ms = 2,
		  .memory_kb = 3 },
		{ .verdict = JUDGE_RUNTIME_ERROR,
		  .exception = { "E", "m", 4 },
		  .stdout_text = "",
		  .stderr_text = "" },
	};
	const struct judge_result result = {
		.tier = "A1",
		.compiled = true,
		.compile_message = "",
		.outcomes = outcomes,
		.count = 2,
		.passed = 1,
	};

	CHECK_STR(document_result(&result),
	          "{\"tier\":\"A1\",\"compile\":{\"ok\":true,\"message\":\"\",\"line\":0},"
	          "\"tests\":[{\"verdict\":\"accepted\",\"got\":12345678901234567890,"
	          "\"exception\":null,\"stdout\":\"a\\\"\",\"stderr\":\"\",\"cpu_ms\":1,"
	          "\"wall_ms\":2,\"memory_kb\":3},{\"verdict\":\"runtime_error\",\"got\":null,"
	          "\"exception\":{\"class\":\"E\",\"message\":\"m\",\"line\":4},\"stdout\":\"\","
	          "\"stderr\":\"\",\"cpu_ms\":0,\"wall_ms\":0,\"memory_kb\":0}],"
	          "\"passed\":1,\"total\":2}");
	CHECK_STR(document_error("no \"x\""), "{\"error\":\"no \\\"x\\\"\"}");
}

int main(void)
{
	RUN(a_function_is_read);
	RUN(other_kinds_are_read);
	RUN(signatures_are_read_or_inferred);
	RUN(limits_are_bounded);
	RUN(bad_documents_are_refused);
	RUN(nul_in_code_is_kept);
	RUN(results_are_written);
	return check_done();
}
