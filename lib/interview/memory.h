/*
 * How long a key point is remembered: FSRS-6, the free spaced repetition scheduler of
 * open-spaced-repetition, with its published default parameters. Pure functions.
 *
 * The model keeps two numbers of a point: its stability S, the days after which it is
 * remembered with a chance of 90 %, and its difficulty D, 1..10. With the parameters w0..w20,
 * t days since the last grading, and G = 1..4 for again, hard, good, easy:
 *
 * R(t, S) = (1 + F * t / S) ^ -w20, F = 0.9 ^ (-1 / w20) - 1
 * S0(G) = w[G - 1];  D0(G) = w4 - e ^ (w5 * (G - 1)) + 1
 * D' = w7 * D0(4) + (1 - w7) * (D - w6 * (G - 3) * (10 - D) / 9)
 * hard, good, easy: S' = S * (1 + e ^ w8 * (11 - D) * S ^ -w9 * (e ^ (w10 * (1 - R)) - 1)
 *                              * (w15 if hard) * (w16 if easy))
 * again: S' = min(w11 * D ^ -w12 * ((S + 1) ^ w13 - 1) * e ^ (w14 * (1 - R)),
 *                 S / e ^ (w17 * w18))
 * within a day: S' = S * e ^ (w17 * (G - 3 + w18)) * S ^ -w19, for good and easy at least S
 *
 * Sources: "The Algorithm" in the wiki of github.com/open-spaced-repetition/fsrs4anki;
 * formulas and defaults as in fsrs/scheduler.py of github.com/open-spaced-repetition/py-fsrs.
 *
 * What is ours: a point is asked again when the chance to remember it falls to
 * MEMORY_RETENTION, after whole days; one that was not said, MEMORY_AGAIN_MIN minutes later.
 * There are no other learning steps, and no random spread of the intervals.
 */
#ifndef VIVA_INTERVIEW_MEMORY_H
#define VIVA_INTERVIEW_MEMORY_H

#define MEMORY_RETENTION 0.9

enum { MEMORY_AGAIN_MIN = 10, MEMORY_MAX_DAYS = 36500 };

/* How well a point was said; the values are those of the formulas. */
enum memory_grade {
	MEMORY_AGAIN = 1, /* not said */
	MEMORY_HARD,      /* half said */
	MEMORY_GOOD,      /* said */
	MEMORY_EASY       /* said, with everything else that the question wants */
};

struct memory {
	double stability;  /* days, at least 0.001; 0: never graded */
	double difficulty; /* 1..10 */
};

/*
 * What a grading makes of the memory, `days` (0 or more, whole ones count) after the one
 * before it. A memory that was never graded takes the initial values of the grade.
 */
struct memory memory_grade(struct memory memory, enum memory_grade grade, double days);

/* The chance, 0..1, to remember it so many days after the last grading. */
double memory_retrievability(const struct memory *memory, double days);

/* Whole days, 1..MEMORY_MAX_DAYS, until that chance is MEMORY_RETENTION. */
int memory_interval_days(const struct memory *memory);

/* "again", "hard", "good", "easy" */
const char *memory_grade_name(enum memory_grade grade);

#endif
