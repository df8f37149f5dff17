/* What somebody worked as: in IT, or as something else. */
#ifndef VIVA_PROFILE_OCCUPATION_H
#define VIVA_PROFILE_OCCUPATION_H

#include "profile/page.h"

enum occupation {
	OCCUPATION_UNSAID,
	OCCUPATION_IT,
	OCCUPATION_OTHER /* a cook, a nurse, a civil engineer; the army */
};

/* What the words `first` to `end` tell; IT wherever they name work in IT, too. */
enum occupation occupation_in(const struct page *page, size_t first, size_t end);

#endif
