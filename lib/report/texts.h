/* The two readers of a report's texts. */
#ifndef VIVA_REPORT_TEXTS_H
#define VIVA_REPORT_TEXTS_H

#include "report/prose.h"

/* For the candidate: supportive, honest. For the recruiter: formal. */
char *texts_candidate(const struct digest *digest);
char *texts_admin(const struct digest *digest);

/* Sentences of the overall assessment that both readers get. */
void texts_theory_and_practice(struct prose *prose);

/* For the recruiter: questions that the two scorers see very differently; often nothing. */
void texts_disagreements(struct prose *prose);

/*
 * An item for each wrong statement, at most DIGEST_MAX_NAMES: the words of the answer (where
 * they were not kept, the known mistake that they amount to) against the key point.
 */
void texts_wrong_statements(struct prose *prose, bool for_recruiter);

/* What is said of the coding tasks, block by block; nothing when there are none. */
void texts_code_candidate_result(struct prose *prose);
void texts_code_candidate_strengths(struct prose *prose);
void texts_code_candidate_growth(struct prose *prose);
void texts_code_candidate_advice(struct prose *prose);
void texts_code_admin_result(struct prose *prose);
void texts_code_admin_strengths(struct prose *prose);
void texts_code_admin_gaps(struct prose *prose);
void texts_code_admin_risks(struct prose *prose);

#endif
