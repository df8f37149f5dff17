#include "report/blind.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "report/blind_mask.h"
#include "store/decision.h"
#include "store/fact.h"

enum { ALIAS_LETTERS = 6 };

/* Of the id, not of the name: it leads nobody to a name, and stays after a renaming. */
static const char *alias_of(struct arena *arena, enum language language, const char *user_id)
{
	char *hash = hash_texts(arena, (const char *const[]){ "alias", user_id, NULL });

	hash[ALIAS_LETTERS] = '\0';
	for (char *c = hash; *c != '\0'; c++)
		if (*c >= 'a')
			*c = (char)(*c - 'a' + 'A');
	return arena_printf(arena, i18n(language, "Candidate %s"), hash);
}

/* --- who is hidden ----------------------------------------------------------------------- */

static bool is_blind(const struct blind_reader *reader, const char *user_id)
{
	return reader->user->is_admin && reader->user->is_blind &&
	       strcmp(reader->user->id, user_id) != 0;
}

static enum err hides_interview(struct store *store, struct arena *arena,
                                const struct blind_reader *reader,
                                const struct interview *interview, bool *ret_hidden)
{
	struct decision decision;
	enum err err;

	*ret_hidden = false;
	if (!is_blind(reader, interview->owner_id))
		return OK;
	err = decision_of(store, arena, interview->id, &decision);
	*ret_hidden = err == ERR_NOT_FOUND;
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err hides_person(struct store *store, const struct blind_reader *reader,
                             const struct user *person, bool *ret_hidden)
{
	bool all;
	enum err err;

	*ret_hidden = false;
	if (person->is_admin || !is_blind(reader, person->id))
		return OK;
	err = decision_all_made(store, person->id, &all);
	if (err == OK)
		*ret_hidden = !all;
	return err;
}

static void hide(struct arena *arena, const struct blind_reader *reader, const struct user *person,
                 struct blind *blind)
{
	blind->alias = alias_of(arena, reader->language, person->id);
	blind_mask_name(arena, blind, person->username);
	blind_mask_words(arena, blind, person->full_name);
}

enum err blind_interview(struct store *store, struct arena *arena,
                         const struct blind_reader *reader, const struct interview *interview,
                         struct blind *ret_blind)
{
	struct blind blind = { 0 };
	struct fact_list facts;
	struct user person;
	const char *told;
	bool is_hidden;
	enum err err = hides_interview(store, arena, reader, interview, &is_hidden);

	*ret_blind = blind;
	if (err != OK || !is_hidden)
		return err;
	err = user_by_id(store, arena, interview->owner_id, &person);
	if (err == OK)
		err = fact_list(store, arena, interview->id, &facts);
	if (err != OK)
		return err;
	hide(arena, reader, &person, &blind);
	told = fact_value(&facts, "name");
	if (told != NULL)
		blind_mask_words(arena, &blind, told);
	*ret_blind = blind;
	return OK;
}

enum err blind_person(struct store *store, struct arena *arena, const struct blind_reader *reader,
                      const char *user_id, struct blind *ret_blind)
{
	struct blind blind = { 0 };
	struct user person;
	bool is_hidden = false;
	enum err err;

	*ret_blind = blind;
	if (!is_blind(reader, user_id))
		return OK;
	err = user_by_id(store, arena, user_id, &person);
	if (err == OK)
		err = hides_person(store, reader, &person, &is_hidden);
	if (err != OK || !is_hidden)
		return err;
	hide(arena, reader, &person, &blind);
	*ret_blind = blind;
	return OK;
}

/* --- rows -------------------------------------------------------------------------------- */

enum err blind_interview_name(struct store *store, struct arena *arena,
                              const struct blind_reader *reader, const char *interview_id,
                              const char **name)
{
	struct interview interview;
	bool is_hidden;
	enum err err;

	if (*name == NULL || !reader->user->is_blind)
		return OK;
	err = interview_by_id(store, arena, interview_id, &interview);
	if (err == OK)
		err = hides_interview(store, arena, reader, &interview, &is_hidden);
	if (err == OK && is_hidden)
		*name = alias_of(arena, reader->language, interview.owner_id);
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err blind_person_name(struct store *store, struct arena *arena,
                           const struct blind_reader *reader, const char *user_id,
                           const char **name)
{
	struct user person;
	bool is_hidden;
	enum err err;

	if (*name == NULL || !is_blind(reader, user_id))
		return OK;
	err = user_by_id(store, arena, user_id, &person);
	if (err == OK)
		err = hides_person(store, reader, &person, &is_hidden);
	if (err == OK && is_hidden)
		*name = alias_of(arena, reader->language, person.id);
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err hide_other(struct store *store, struct arena *arena,
                           const struct blind_reader *reader, cJSON *evidence)
{
	const char *name = json_string(evidence, "other_user", NULL);
	const char *id = json_string(evidence, "other_owner", NULL), *shown = name;
	enum err err;

	if (name == NULL || id == NULL)
		return OK;
	err = blind_person_name(store, arena, reader, id, &shown);
	if (err == OK && shown != name)
		cJSON_ReplaceItemInObjectCaseSensitive(evidence, "other_user",
		                                       cJSON_CreateString(shown));
	return err;
}

enum err blind_events(struct store *store, struct arena *arena, const struct blind_reader *reader,
                      const struct blind *blind, struct event_list *events)
{
	enum err err = OK;

	if (!reader->user->is_admin || !reader->user->is_blind)
		return OK;
	for (size_t i = 0; err == OK && i < events->count; i++) {
		cJSON *evidence;

		if (json_parse(events->items[i].evidence, strlen(events->items[i].evidence),
		               &evidence) != OK)
			continue;
		blind_document(arena, blind, evidence);
		err = hide_other(store, arena, reader, evidence);
		events->items[i].evidence = json_text(evidence);
	}
	return err;
}
