#include "report/writing.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* A full list is no harm: whoever is not on it is put there when the page looks again. */
enum { MOST_ENTRIES = 64, ID_BYTES = 64 };

struct entry {
	enum { FREE, WANTED, TAKEN, FAILED } state;
	char interview_id[ID_BYTES];
	enum err err; /* of FAILED */
};

struct writing {
	const struct model *model;
	pthread_mutex_t mutex;
	struct entry entries[MOST_ENTRIES]; /* guarded by mutex */
	size_t next;                        /* where the search for work goes on */
};

struct writing *writing_create(struct arena *lasting, const struct model *model)
{
	struct writing *writing = arena_alloc(lasting, sizeof(*writing));

	writing->model = model;
	pthread_mutex_init(&writing->mutex, NULL);
	return writing;
}

/* The entry of that interview, else one that may be used for it, else NULL. */
static struct entry *find(struct writing *writing, const char *interview_id)
{
	struct entry *usable = NULL;

	for (size_t i = 0; i < MOST_ENTRIES; i++) {
		struct entry *entry = &writing->entries[i];

		if (entry->state != FREE && strcmp(entry->interview_id, interview_id) == 0)
			return entry;
		if (entry->state == FREE || (usable == NULL && entry->state == FAILED))
			usable = entry;
	}
	return usable;
}

static enum err ask(struct writing *writing, const char *interview_id)
{
	struct entry *entry = find(writing, interview_id);
	bool is_known = entry != NULL && entry->state != FREE &&
	                strcmp(entry->interview_id, interview_id) == 0;

	if (entry == NULL || (is_known && entry->state != FAILED))
		return ERR_BUSY;
	if (is_known) {
		entry->state = FREE;
		return entry->err;
	}
	entry->state = WANTED;
	snprintf(entry->interview_id, sizeof(entry->interview_id), "%s", interview_id);
	return ERR_BUSY;
}

enum err writing_ask(struct writing *writing, const char *interview_id)
{
	enum err err;

	if (strlen(interview_id) >= ID_BYTES)
		return ERR_NOT_FOUND;
	pthread_mutex_lock(&writing->mutex);
	err = ask(writing, interview_id);
	pthread_mutex_unlock(&writing->mutex);
	return err;
}

static struct entry *take(struct writing *writing)
{
	struct entry *taken = NULL;

	pthread_mutex_lock(&writing->mutex);
	for (size_t i = 0; i < MOST_ENTRIES && taken == NULL; i++) {
		struct entry *entry = &writing->entries[writing->next];

		writing->next = (writing->next + 1) % MOST_ENTRIES;
		if (entry->state == WANTED)
			taken = entry;
	}
	if (taken != NULL)
		taken->state = TAKEN;
	pthread_mutex_unlock(&writing->mutex);
	return taken;
}

bool writing_step(struct store *store, struct arena *arena, void *context)
{
	struct writing *writing = context;
	struct entry *entry = take(writing); /* its id stays as it is while it is TAKEN */
	struct report_row row;
	enum err err;

	if (entry == NULL)
		return false;
	err = report_finish(store, arena, entry->interview_id, writing->model, &row);
	pthread_mutex_lock(&writing->mutex);
	entry->state = err == OK || err == ERR_BUSY || err == ERR_CONFLICT ? FREE : FAILED;
	entry->err = err;
	pthread_mutex_unlock(&writing->mutex);
	return true;
}
