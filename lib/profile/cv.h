/* An uploaded CV: the bytes of a PDF become text, in the judge's sandbox. */
#ifndef VIVA_PROFILE_CV_H
#define VIVA_PROFILE_CV_H

#include "base/i18n.h"
#include "judge/convert.h"

enum {
	CV_MAX_BYTES = 5 * 1024 * 1024, /* of an upload */
	CV_TEXT_KB = 200,               /* of its text, the rest is not read */
	CV_PAGES = 40                   /* that are read */
};

/* Why there is no text; the words for the candidate are translated. */
#define CV_FAULTS(X)                                                                             \
	X(CV_FINE, 200, "")                                                                      \
	X(CV_MISSING, 400, N_("Choose a PDF file first."))                                       \
	X(CV_TOO_LARGE, 413, N_("The file is too large: 5 MB at most."))                         \
	X(CV_EMPTY, 400, N_("The file is empty."))                                               \
	X(CV_NOT_PDF, 415,                                                                       \
	  N_("This is not a PDF file. Save your CV as PDF and upload that file."))               \
	X(CV_ENCRYPTED, 422,                                                                     \
	  N_("This PDF is protected by a password. Save a copy without protection and upload "   \
	     "that."))                                                                           \
	X(CV_NO_TEXT, 422,                                                                       \
	  N_("There is no text in this PDF. It may be a scan or a picture; export your CV from " \
	     "the program it was written in."))                                                  \
	X(CV_DAMAGED, 422,                                                                       \
	  N_("This PDF is damaged and cannot be read. Save it anew and upload it again."))       \
	X(CV_TOO_HEAVY, 422,                                                                     \
	  N_("This PDF takes too much time or memory to read. Save a simpler copy and upload "   \
	     "that."))                                                                           \
	X(CV_BUSY, 503,                                                                          \
	  N_("Somebody else's CV is being read right now. Please try again in a moment."))       \
	X(CV_NO_SANDBOX, 501,                                                                    \
	  N_("This server cannot read PDF files safely. Please fill in the form by hand."))      \
	X(CV_NO_READER, 501,                                                                     \
	  N_("This server has no program to read PDF files. Please fill in the form by hand."))  \
	X(CV_BROKEN, 500,                                                                        \
	  N_("The file could not be read because something went wrong on our side. Please try "  \
	     "again."))

#define CV_FAULT_MEMBER(id, status, text) id,
enum cv_fault { CV_FAULTS(CV_FAULT_MEMBER) };
#undef CV_FAULT_MEMBER

/* In the language; "" for CV_FINE. */
const char *cv_fault_text(enum cv_fault fault, enum language language);

/* The HTTP status of a page that says so. */
int cv_fault_status(enum cv_fault fault);

/* What can be seen of the bytes alone: CV_TOO_LARGE, CV_EMPTY, CV_NOT_PDF or CV_FINE. */
enum cv_fault cv_check(const char *bytes, size_t len);

/*
 * The text of the PDF, cleaned (cv_clean). Takes at most about five seconds. CV_FINE sets
 * `ret_text`.
 */
enum cv_fault cv_text(const struct judge *judge, struct arena *arena, const struct buf *pdf,
                      const char **ret_text);

/*
 * What pdftotext wrote, made even: ligatures as letters, other spaces as spaces, bullets of
 * private fonts as bullets, words joined that a line's end parted; no control characters.
 */
char *cv_clean(struct arena *arena, const char *text);

#endif
