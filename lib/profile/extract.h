/*
 * Reads the text of a CV: position, level, years, technologies, each with the words it came
 * from. Without a network; a model may do it better (profile/reader.h).
 */
#ifndef VIVA_PROFILE_EXTRACT_H
#define VIVA_PROFILE_EXTRACT_H

#include <stdint.h>

#include "profile/page.h"
#include "profile/proposal.h"
#include "profile/technologies.h"

/* What was found, with the page and the technologies that it was found by. */
struct extract {
	struct page page;
	struct technologies technologies;
	struct proposal proposal;
};

/*
 * `text` is valid UTF-8. `now_ms` is the time of the upload: jobs that go on end there. The
 * same text and time give the same proposal.
 */
struct extract extract_read(struct arena *arena, const char *text, int64_t now_ms);

#endif
