/*
 * Every figure of the built-in scorer with its reason. "Measured" means on public
 * sets of human-graded short answers; "convention" means that no data decides it.
 */
#ifndef VIVA_SCORE_CONSTANTS_H
#define VIVA_SCORE_CONSTANTS_H

enum {
	MAX_TEXT = 1 << 24,       /* bytes that are read; offsets fit 32 bits with room */
	MAX_WORD = 48,            /* letters kept of a word; longer ones are no words */
	MAX_OCCURRENCES = 100,    /* of one stem; more of the same changes no mark */
	MAX_MATCHES = 100,        /* of one stem with others; no honest text has as many */
	MAX_SPANS = 4,            /* of evidence per point: what a reader can follow */
	SPAN_GAP = 3,             /* unmatched tokens that a span may bridge */
	STRAY_GAP = 10,           /* a lone word farther from the main span is chance */
	NEGATION_WORDS = 4,       /* content words that a negator turns; measured */
	NEGATION_NEAR_WORDS = 2,  /* ... and "without", "no": only their noun phrase */
	NEGATION_EARLY_WORDS = 2, /* a negator after so few governs the sentence; measured */
	GRAM = 4,                 /* letters of a gram; measured */
	SEQUENCE_MAX = 1000       /* words that are compared in order: bounds the time */
};

/* Soft match of two stems; measured on word forms: 99 % of ru and uk pairs found. */
#define STRENGTH_EQUAL   1.0
#define STRENGTH_TYPO    0.9
#define STRENGTH_PREFIX  0.8
#define DICE_MIN         0.6
#define PREFIX_SHARE_MIN 0.6
enum { SOFT_MIN = 5, TWO_EDITS_MIN = 8, PREFIX_MIN = 5 };

/* A word of the question proves little, and nothing where no new word stands by it. */
#define QUESTION_WEIGHT       0.3
#define QUESTION_FULL_AT      0.25
#define QUESTION_LEAST        0.5 /* of a whole reference: the new part may be said otherwise */
#define QUESTION_SAME         0.8 /* strength from which a word is one of the question's */
#define QUESTION_WORDING_MOST 0.4 /* a wording without any new word is at best partial */

/*
 * People mix the wordings of a point. Of all their words together an answer needs this
 * power of their number as many as of one wording; measured on graded answers against
 * answers to other questions.
 */
#define UNITED_POWER 0.43

/* Short English words hit others by chance, Latin terms among Cyrillic ones do not; likewise. */
#define ENGLISH_MORE 1.1
#define TERM_WEIGHT  1.4

/*
 * They tell better whether a point was made than its best wording, which adds little
 * to them but is enough by itself when nearly all of it is said; measured likewise.
 */
#define UNITED_SHARE     0.8
#define UNITED_STEEPNESS 3
#define SOLE_ENOUGH      0.54

/* Words outside the best two neighbouring sentences count by this share. */
#define SCATTERED_SHARE 0.5

/* P(correct) crosses one half near a coverage of .4; measured. */
#define COVERED_MIN 0.40
#define PARTIAL_MIN 0.18

/*
 * What the shown words must have of a wording, so that a reader finds the point in
 * them: this share of its telling stems and two of them, three of a longer wording.
 * Convention.
 */
#define PROOF_SHARE         0.4
#define PROOF_PARTIAL_SHARE 0.33
#define PROOF_PLAIN_SHARE   0.6 /* where all of them are the question's or generic */
enum { PROOF_MIN = 2, PROOF_LONG_MIN = 3, PROOF_LONG = 4 };
#define PROOF_SHORTFALL 0.01 /* below the step of the status that lacks proof */

/* Credit is min(1, coverage / FULL)^POWER; measured. */
#define CREDIT_FULL  0.7
#define CREDIT_POWER 0.7
/*
 * One hit of a wording of several stems is mostly chance: an answer to another
 * question has the word as well.
 */
#define LONE_HIT_PAY 0.4

/*
 * Shares of points and likeness and the calibration, without and with explicit points;
 * measured: about half of what gets 6 of 10 without points is correct, and half of the
 * explicit points give 5 to 6.
 */
#define SPLIT_POINT_SHARE    0.42
#define SPLIT_POWER          0.58
#define EXPLICIT_POINT_SHARE 0.8
#define EXPLICIT_POWER       0.8
/* Without explicit points a reference counts as a whole by this share; measured. */
#define WHOLE_SHARE 0.8
/* In the order of words a function word counts by this; measured. */
#define SEQUENCE_FUNCTION_WEIGHT 0.5
/* Grams count in full once the points reach this: look-alike letters alone prove nothing. */
#define GRAMS_FULL_AT 0.2

/*
 * Contradiction; measured: cruder rules cost correct answers their marks. A sentence
 * speaks of a wording when it has the larger share of it; one that denies, and has
 * more than two of its words, from the smaller one on.
 */
#define NEAREST_SHARE         0.4
#define NEAREST_SHARE_PLAIN   0.6
#define OPPOSITE_SHARE        0.3
#define OPPOSITE_SHARE_TWO    0.6 /* where both negate something, in words of their own */
#define CLEAN_SHARE           0.5
#define CONTRADICTION_PENALTY 0.7
enum { NEAREST_HITS = 2 };
/*
 * In a sentence that has this share of a wording one turned word denies it, and a
 * straight sentence must have as much to win over it; measured.
 */
#define COPY_SHARE       0.9
#define COPY_CLEAN_SHARE 0.8
enum { COPY_HITS = 3 };
/* A word that is said turned covers only so much of what it would; measured. */
#define TURNED_SHARE 0.2
/* ... and a text as a whole loses so much of the share of its words that are; measured. */
#define TURNED_LOSS 0.5

/*
 * A false claim is found when this share of its stems stands there unturned. All
 * count alike: what makes it false is often a word of the question. One of very few
 * content words is told by its function words, too.
 */
#define WRONG_SHARE 0.7
enum { WRONG_CONTENT_MIN = 3 };

/* Caps on the share of the mark; measured against attacks on the plain formula. */
#define COPIED_SHARE 0.6
#define COPIED_CAP   0.3
#define PARROT_CAP   0.5

#define LIST_CAP           0.4
#define LIST_REFERENCE_MIN 0.2
#define LIST_BARE          0.6 /* 99 % of human answers have less than .4, lists have 1; measured */
enum { LIST_WINDOW = 3, LIST_HITS_MIN = 3, LIST_ITEM_WORDS = 2 };
/*
 * Content words in a row of which no prose consists. Where cases do the work of prepositions
 * a brief answer may be one such row, a longer one not: in Russian and Ukrainian prose a
 * quarter of the words at most stand so; measured.
 */
enum { SYNTAX_RUN = 6, SYNTAX_RUN_BRIEF = 8, SYNTAX_BRIEF = 16 };
/* Terms in a glossary have one to four words, and whoever lists six of them lists; measured. */
enum { SYNTAX_TERM_WORDS = 4, SYNTAX_TERMS_MIN = 6 };
#define LIST_NAMED 0.7
/* From so many content words on that tells; a shorter list is told by its form. */
enum { LIST_LONG_MIN = 8 };
#define LIST_FAMILIAR  0.75 /* an author's own phrase may be a list */
#define LIST_VERBS_MAX 0.6  /* more words that look like verbs are no verbs */

/*
 * A shuffled reference has hardly any word beside one that stands near it there, and
 * articles before verbs. Of human answers that are as much made of the reference's own
 * words 1 % are below ORDER_KEPT, of shuffled ones 96 %; measured.
 */
#define ORDER_CAP  0.4
#define ORDER_OWN  0.7
#define ORDER_KEPT 0.3
enum { ORDER_PAIRS_MIN = 7, ORDER_DISTANCE = 3 };
/*
 * Chance keeps a tenth of the pairs. In a long text it hardly does better: 99 % of shuffled
 * ones are below this, honest answers in other words than the reference are not; measured.
 */
#define ORDER_KEPT_LONG 0.2
enum { ORDER_LONG = 24 };
/* One broken preposition of two is no proof; measured on formulas and signs in answers. */
enum { SYNTAX_OPENERS_MIN = 4 };
/* A copy keeps the little words, a paraphrase does not keep the order of terms. */
#define STREWN_CONTENT 0.75
#define STREWN_BOUND   0.55

#define DUMP_CAP 0.4
/* An answer so many times as long as a full one may have this share of strange words less. */
#define DUMP_MATCHED 0.1
enum { DUMP_WORDS_MIN = 40, DUMP_LENGTH_RATIO = 3, DUMP_LENGTH_MOST = 5 };

#define REPETITION_CAP 0.3
enum { REPETITION_MIN = 12, REPETITION_RATIO = 6, REPETITION_DISTINCT_MAX = 11 };

/* Words of talk about the talk are told by their beginnings; convention. */
enum { ASIDE_WHOLE = 4, ASIDE_ENDING = 5 };
/* So few wanted words among so many others are chance; measured: no mark of a person's moved. */
enum { STRAY_HITS = 1 };
#define STRAY_SHARE 0.34
enum { ASIDE_COPIED_MIN = 5 }; /* words of the question in a row that are no answer */

/* Steps of the verdict; convention. */
#define VERDICT_WEAK      0.3
#define VERDICT_GOOD      0.6
#define VERDICT_EXCELLENT 0.85

#endif
