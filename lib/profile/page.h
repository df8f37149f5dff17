/* A CV as lines and words: which words belong together, and to which part of the CV. */
#ifndef VIVA_PROFILE_PAGE_H
#define VIVA_PROFILE_PAGE_H

#include "examiner/facts_page.h"

enum page_part { PAGE_TOP, PAGE_SUMMARY, PAGE_WORK, PAGE_SKILLS, PAGE_STUDIES, PAGE_OTHER };

/* What stands between a word and the one before it. */
enum page_gap {
	PAGE_SPACE,
	PAGE_HYPHEN, /* "-" alone, or a line that ended within a word */
	PAGE_SIGN,   /* as within a name: "CI/CD", "1C: ERP", a new line */
	PAGE_PARTED  /* a comma, a bullet, a bracket, ... */
};

struct page_line {
	size_t first, end;  /* its words */
	size_t start, stop; /* its bytes, without white space at the ends */
	enum page_part part;
	bool is_heading; /* it only names the part that follows */
	bool is_skills;  /* it begins with a word such as "Tools" */
};

struct page {
	struct facts_page base; /* text, words (folded) and their places */
	size_t count;           /* of words */
	enum page_gap *gaps;    /* before each word */
	size_t *lines_of;       /* the line of each word */
	struct page_line *lines;
	size_t line_count;
};

/* Reads `text` (valid UTF-8), which the page refers to. */
struct page page_read(struct arena *arena, const char *text);

/* Folded text of a word; "" behind the last one. */
const char *page_word(const struct page *page, size_t at);

/* True if one of the patterns (examiner/utterance.h) stands at word `at`. */
bool page_is(const struct page *page, size_t at, const char *const *patterns);

/* True if one of the patterns stands within the words `first` to `end` of one line. */
bool page_has(const struct page *page, size_t first, size_t end, const char *const *patterns);

/* True if the word is part of an address: "https://x", "github.com/ann-dev", "qa@x.com". */
bool page_is_address(const struct page *page, size_t at);

/* The line of a word, shortened, to show where something was found. */
const char *page_quote(const struct page *page, size_t at);

#endif
