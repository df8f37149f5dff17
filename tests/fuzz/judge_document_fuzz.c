/* Job documents: read them; what is understood keeps its promises. */
#include "target.h"

#include "base/json.h"
#include "judge/document.h"
#include "judge/output.h"

FUZZ_TARGET("judge_document")
{
	struct arena *arena = arena_create();
	const char *fault = NULL;
	struct judge_job job;
	int line;

	json_bind(arena);
	if (document_read(arena, (const char *)data, size, &job, &fault) != OK) {
		if (fault == NULL)
			abort();
	} else {
		if (job.limits.cpu_ms < 1 || job.limits.memory_mb < 1 || job.limits.output_kb < 1)
			abort();
		output_code_fault(arena, job.code, job.code_len, &line);
		for (size_t i = 0; i < job.count; i++)
			if (job.kind == JUDGE_FUNCTION && json_text(job.cases[i].args) == NULL)
				abort();
	}
	json_bind(NULL);
	arena_destroy(arena);
	return 0;
}
