#include "base/err.h"

struct err_row {
	const char *name, *text;
	int status;
};

#define ERR_ROW(name, status, text) { #name, text, status },
static const struct err_row rows[] = { ERR_LIST(ERR_ROW) };

const char *err_name(enum err err)
{
	return rows[err].name;
}

int err_status(enum err err)
{
	return rows[err].status;
}

const char *err_text(enum err err)
{
	return rows[err].text;
}
