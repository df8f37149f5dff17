/* Items to begin with. */
#ifndef VIVA_BANK_SKELETON_H
#define VIVA_BANK_SKELETON_H

/* A JSON text with empty places: "technical", "hr", "case" or "coding"; NULL for another word. */
const char *skeleton_of(const char *kind);

#endif
