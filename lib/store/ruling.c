#include "store/ruling.h"

enum err ruling_of(struct store *store, struct arena *arena, const char *question_id,
                   struct ruling *ret_ruling)
{
	struct ruling ruling = { 0 };
	struct override_list overrides;
	struct appeal_list appeals;
	enum err err = override_list(store, arena, question_id, &overrides);

	if (err == OK)
		err = appeal_decided(store, arena, question_id, &appeals);
	if (err != OK)
		return err;
	for (size_t i = 0; i < overrides.count; i++)
		if (overrides.items[i].withdrawn_at == 0)
			ruling.override = &overrides.items[i];
	ruling.appeals = appeals.items;
	ruling.appeal_count = appeals.count;
	*ret_ruling = ruling;
	return OK;
}
