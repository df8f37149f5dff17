#include "bank_judge.h"

#include <time.h>

enum { PAUSE_MS = 100, TRIES = 600 };

enum err bank_judge_enter(const struct judge *judge, struct arena *arena, int *ret_slot)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };
	enum err err = judge_enter(judge, arena, ret_slot);

	for (int i = 0; err == ERR_BUSY && i < TRIES; i++) {
		nanosleep(&pause, NULL);
		err = judge_enter(judge, arena, ret_slot);
	}
	return err;
}
