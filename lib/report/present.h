/* A report document as people read it: words, numbers and dates in its language. */
#ifndef VIVA_REPORT_PRESENT_H
#define VIVA_REPORT_PRESENT_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/i18n.h"

/* The language of a report document. */
enum language present_language(const cJSON *document);

/*
 * Members for templates: who and what (participant, role, level, type, language, date,
 * duration, revision, made_anew of report/revisions.h), the result (score, max_score, percent,
 * verdict, level_fit), progress, rubric, questions with numbered key points or code, who graded
 * them and how the mark came about (explanation, see report/explain.h), figures
 * (report/present_figures.h), has_theory, has_coding, candidate_text, written_by, assessment (when
 * a model wrote one), and how the score came about (scoring) and what it rests on (basis). What
 * only an admin is to see is there too: templates ask for_admin.
 */
cJSON *present_document(struct arena *arena, const cJSON *document);

/*
 * One of its questions, normalized, as in `questions` there; `scoring` is the document's,
 * or at least hint_price and model_answer_cap of a theory question.
 */
cJSON *present_question(struct arena *arena, enum language language, const cJSON *question,
                        const cJSON *scoring);

#endif
