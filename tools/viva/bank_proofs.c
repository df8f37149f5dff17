#include "bank_proofs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "hash.h"

/* Rises when what a task must show becomes more: older proofs are worth nothing then. */
#define PROOF_EDITION "1"

enum { MAX_FILE = 1024 * 1024 };

struct bank_proofs {
	struct arena *arena;
	const char *path;
	cJSON *tasks; /* by id: { hash, variants, failing } */
};

struct bank_proofs *proofs_read(struct arena *arena, const char *folder)
{
	struct bank_proofs *proofs = arena_alloc(arena, sizeof(*proofs));

	*proofs = (struct bank_proofs){
		.arena = arena,
		.path = arena_printf(arena, "%s/proofs.json", folder),
	};
	if (access(proofs->path, R_OK) != 0 ||
	    json_parse_file(arena, proofs->path, MAX_FILE, &proofs->tasks) != OK ||
	    !cJSON_IsObject(proofs->tasks))
		proofs->tasks = cJSON_CreateObject();
	return proofs;
}

static const char *hash_of(const struct bank_proofs *proofs, const cJSON *task)
{
	const uint64_t hash = hash_text(hash_text(HASH_START, PROOF_EDITION), json_text(task));

	return arena_printf(proofs->arena, "%016" PRIx64, hash);
}

static const cJSON *proof_of(const struct bank_proofs *proofs, const cJSON *task)
{
	return json_get(proofs->tasks, json_string(task, "id", ""));
}

bool proofs_has(const struct bank_proofs *proofs, const cJSON *task)
{
	return strcmp(json_string(proof_of(proofs, task), "hash", ""), hash_of(proofs, task)) == 0;
}

void proofs_add(struct bank_proofs *proofs, const cJSON *task, size_t variants, size_t failing)
{
	const char *id = json_string(task, "id", "");
	cJSON *proof;

	cJSON_DeleteItemFromObjectCaseSensitive(proofs->tasks, id);
	proof = json_set_object(proofs->tasks, id);
	json_set_string(proof, "hash", hash_of(proofs, task));
	json_set_number(proof, "variants", (double)variants);
	json_set_number(proof, "failing", (double)failing);
}

/* A line a task, so that changes of the file can be read. */
static void write_lines(const struct bank_proofs *proofs, const cJSON *tasks, FILE *file)
{
	const char *separator = "{";
	const cJSON *task;

	cJSON_ArrayForEach(task, tasks)
	{
		if (!proofs_has(proofs, task))
			continue;
		fprintf(file, "%s\n  \"%s\": %s", separator, json_string(task, "id", ""),
		        json_text(proof_of(proofs, task)));
		separator = ",";
	}
	fputs(separator[0] == '{' ? "{}\n" : "\n}\n", file);
}

enum err proofs_write(const struct bank_proofs *proofs, const cJSON *tasks)
{
	FILE *file = fopen(proofs->path, "we");
	bool failed = file == NULL;

	if (file != NULL) {
		write_lines(proofs, tasks, file);
		failed = ferror(file) != 0;
		failed = fclose(file) != 0 || failed;
	}
	if (!failed)
		return OK;
	perror(proofs->path);
	return ERR_INTERNAL;
}
