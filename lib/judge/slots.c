/* Places to run jobs in: locks on open file descriptions, which die with their process. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "judge/judge_internal.h"

/* A holder is the number of an entry and, plus one, the descriptor of its lock. */
static uint64_t holder_of(uint32_t entry, int lock)
{
	return (uint64_t)entry << 32 | (uint32_t)(lock + 1);
}

static int lock_of(uint64_t holder)
{
	return (int)(uint32_t)holder - 1;
}

static int open_lock(const struct judge *judge, int slot)
{
	char path[4096];
	int lock;

	snprintf(path, sizeof(path), "%s/slot-%d", judge->folder, slot);
	lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock < 0)
		log_error("judge: cannot open %s: %s", path, strerror(errno));
	return lock;
}

/*
 * Unlocks before it closes: a process that another thread is just starting has a copy of the
 * descriptor until it executes its program, and that would keep the lock.
 */
static void unlock(int lock)
{
	struct flock whole = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

	fcntl(lock, F_OFD_SETLK, &whole);
	close(lock);
}

struct entry {
	const struct judge *judge;
	int slot;
	uint64_t holder;
};

/* Leaves the slot unless that was done, and maybe someone else entered it since. */
static void leave_entry(void *object)
{
	const struct entry *entry = object;
	uint64_t holder = entry->holder;

	if (atomic_compare_exchange_strong(&entry->judge->holders[entry->slot], &holder, 0))
		unlock(lock_of(entry->holder));
}

static bool enter(const struct judge *judge, struct arena *arena, int slot)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int lock = open_lock(judge, slot);
	struct entry *entry;

	if (lock < 0)
		return false;
	if (fcntl(lock, F_OFD_SETLK, &whole) != 0) {
		close(lock);
		return false;
	}
	entry = arena_alloc(arena, sizeof(*entry));
	*entry = (struct entry){ judge, slot,
		                 holder_of(atomic_fetch_add(judge->entries, 1) + 1, lock) };
	atomic_store(&judge->holders[slot], entry->holder);
	arena_defer(arena, leave_entry, entry);
	return true;
}

enum err judge_enter(const struct judge *judge, struct arena *arena, int *ret_slot)
{
	if (judge->tier == NULL)
		return ERR_UPSTREAM;
	for (int slot = 0; slot < judge->slot_count; slot++)
		if (enter(judge, arena, slot)) {
			*ret_slot = slot;
			return OK;
		}
	return ERR_BUSY;
}

enum err judge_enter_tools(const struct judge *judge, struct arena *arena, int *ret_slot)
{
	if (judge->tier == NULL)
		return ERR_UPSTREAM;
	if (!enter(judge, arena, JUDGE_MAX_SLOTS))
		return ERR_BUSY;
	*ret_slot = JUDGE_MAX_SLOTS;
	return OK;
}

void judge_leave(const struct judge *judge, int slot)
{
	uint64_t holder = atomic_exchange(&judge->holders[slot], 0);

	if (holder != 0)
		unlock(lock_of(holder));
}

bool judge_slot_taken(const struct judge *judge, int slot)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	bool taken;
	int lock;

	if (slot < 0 || slot >= judge->slot_count)
		return false;
	lock = open_lock(judge, slot);
	/* Asking takes no lock, so it is in no one's way. */
	taken = lock >= 0 && fcntl(lock, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
	if (lock >= 0)
		close(lock);
	return taken;
}
