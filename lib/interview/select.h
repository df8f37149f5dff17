/*
 * Which questions an interview asks. Pure: the same pool, wish and seed give the
 * same plan, so that a rerun is reproducible and candidates differ. Each question's chance
 * hangs on the seed and its own id: what is taken out of the pool changes no other choice.
 */
#ifndef VIVA_INTERVIEW_SELECT_H
#define VIVA_INTERVIEW_SELECT_H

#include "store/bank.h"
#include "store/met.h"

struct select_wish {
	const char *type; /* as in struct interview */
	int count;
	int coding_percent;         /* share of coding tasks, 0..100 */
	int difficulty;             /* 0..3, preferred */
	const struct met_list *met; /* that the candidate was asked before; NULL: nothing */
	uint64_t seed;
};

/* A seed from an interview's id. */
uint64_t select_seed(const char *id);

/* How many theory questions of the pool an interview of that type can use. */
size_t select_available(const struct bank_question_list *pool, const char *type);

/* How many questions select_plan gives: fewer than the wish's count if the pool is short. */
size_t select_count(const struct bank_question_list *pool, const struct select_wish *wish);

/*
 * At most `count` questions. The coding tasks that the pool has make up the wished share,
 * rounded; theory fills the rest by the type's shares, without repeats: rounded by the
 * largest remainder, filled from other categories where one has too few. Of a category
 * come those that the candidate never met, then those met longest ago; of equals those
 * near the wished difficulty with more weight than others. The easier ones are asked first within
 * reason, categories mixed. Coding tasks begin after one or two theory questions and are spread
 * over the rest.
 */
void select_plan(struct arena *arena, const struct bank_question_list *pool,
                 const struct select_wish *wish, struct bank_question_list *ret_plan);

/* What a planned question is to be replaced by, if something suits better. */
struct select_swap {
	const char *planned; /* bank id */
	const char *category;
	int planned_difficulty, wanted_difficulty;
	const char *const *used; /* bank ids of the interview's questions */
	size_t used_count;
	const struct met_list *met; /* as in select_wish */
	uint64_t seed;
};

/*
 * The unused question of the category nearest to the wanted difficulty; NULL if none is nearer.
 * One that the candidate met before never takes the place of one that is new to them.
 */
const struct bank_question *select_nearer(const struct bank_question_list *pool,
                                          const struct select_swap *swap);

#endif
