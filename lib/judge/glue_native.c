#include "judge/glue_native.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "judge/glue.h"

void native_run(struct arena *arena, struct program *program)
{
	program->run = glue_strings(arena, (const char *const[]){ "/box/program", NULL });
	program->style = RUN_EXEC;
	program->address_mb = 128; /* stacks of threads */
	program->resident_mb = 4;
	program->threads = 16;
}

int native_compile_line(const char *message, const char *file)
{
	int line = glue_find_line(message, file, "error: ");

	return line != 0 ? line : glue_find_line(message, file, "");
}

/* "program: solution.c:4: half: Assertion `n > 0' failed." */
static bool find_assertion(struct arena *arena, const char *text, struct judge_exception *exception)
{
	char *condition = glue_text_after(arena, text, ": Assertion `");
	char *end = condition == NULL ? NULL : strstr(condition, "' failed.");

	if (end == NULL)
		return false;
	*end = '\0';
	exception->class = "Assertion";
	exception->message = arena_printf(arena, "%s failed", condition);
	exception->line = glue_find_line(text, "solution.c", ": Assertion `");
	if (exception->line == 0)
		exception->line = glue_find_line(text, "solution.cpp", ": Assertion `");
	return true;
}

static bool find_thrown(struct arena *arena, const char *text, struct judge_exception *exception)
{
	char *class = glue_text_after(arena, text, "after throwing an instance of '");
	char *what;

	if (class == NULL)
		return false;
	class[strcspn(class, "'")] = '\0';
	what = glue_text_after(arena, text, "\n  what():  ");
	*exception = (struct judge_exception){ class, what == NULL ? "" : what, 0 };
	return true;
}

/* What glibc says before it aborts. */
static bool find_broken_heap(struct arena *arena, const char *text,
                             struct judge_exception *exception)
{
	static const char *const starts[] = {
		"free(): ",         "malloc(): ", "realloc(): ",   "double free or ", "corrupted ",
		"munmap_chunk(): ", "malloc_con", "*** stack sma", "*** buffer over", "sysmalloc: ",
	};

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		char *rest = glue_text_after(arena, text, starts[i]);

		if (rest == NULL)
			continue;
		*exception = (struct judge_exception){ "SIGABRT",
			                               arena_printf(arena, "%s%s", starts[i], rest),
			                               0 };
		return true;
	}
	return false;
}

bool native_crash(struct arena *arena, const char *stderr_text, int status,
                  struct judge_exception *ret_exception)
{
	struct judge_exception exception = { NULL, NULL, 0 };

	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
		return false;
	if (!find_assertion(arena, stderr_text, &exception) &&
	    !find_thrown(arena, stderr_text, &exception) &&
	    !find_broken_heap(arena, stderr_text, &exception))
		return false;
	*ret_exception = exception;
	return true;
}

const char *native_zero(struct type type, const char *null)
{
	if (type.dimensions > 0 || type.base > TYPE_BOOL)
		return null;
	return type.base == TYPE_BOOL ? "false" : "0";
}
