/* What the pages of the bank have in common. */
#ifndef VIVA_CGI_ADMIN_BANK_DESK_H
#define VIVA_CGI_ADMIN_BANK_DESK_H

#include "judge/judge.h"
#include "store/bank.h"
#include "web/request.h"

/* The filters of the address. */
struct bank_query bank_desk_query(const struct request *request);

/* The language of that code, else the reader's. */
enum language bank_desk_asked(const struct request *request, const char *code);

/* The item of the path and the members of its page. ERR_NOT_FOUND, ERR_INVALID. */
enum err bank_desk_item(struct request *request, enum language asked,
                        struct bank_question *ret_question, cJSON **ret_page);

/* The judge for trials, made at its first use and kept. It may have no tier. */
const struct judge *bank_desk_judge(void);

#endif
