#include "site.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "database.h"

#include "bank/editions.h"
#include "bank/rows.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "interview/flow.h"
#include "store/token.h"
#include "store/user.h"
#include "web/assets.h"
#include "web/dispatch.h"

/* Of any 64 hexadecimal digits a log-in may be made. */
#define CANDIDATE       "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define ADMIN_TOKEN     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define PERSONAL        "viva_candidate"
#define ADMINS_PERSONAL "viva_admin"
/* "correct horse battery", hashed cheaply. */
#define PASSWORD "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$a3bYCk3aZiFekvijeBE7wA"
#define KEY      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

enum { PROGRAMS = 5, QUESTIONS = 12, MOST_FILE = 4 * 1024 * 1024, MOST_ANSWER = 8 * 1024 * 1024 };

/* The programs' own mains; the Makefile gives them these names, and app_run its one. */
int fuzz_program_account(void);
int fuzz_program_admin(void);
int fuzz_program_code(void);
int fuzz_program_interview(void);
int fuzz_program_report(void);
int fuzz_app_run(const char *name, const struct route_table *const *tables,
                 const struct app_extra *extra);

/* fontconfig, below the PDF's fonts, keeps what it read until the process ends. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

struct program {
	const char *name;
	const struct route_table *const *tables;
	struct background_work work;
};

static struct {
	struct arena *lasting;
	struct mustache *templates;
	struct program programs[PROGRAMS];
	size_t count;
	const char *path, *kept; /* the database, and a copy of how it began */
	struct store *store;
	struct user candidate, admin;
	const char *interview, *question;
} site;

int fuzz_app_run(const char *name, const struct route_table *const *tables,
                 const struct app_extra *extra)
{
	struct program *program = &site.programs[site.count++];

	*program = (struct program){ name, tables, extra->work };
	if (extra->start != NULL)
		must(extra->start(site.lasting, &program->work));
	program->work.threads = 0;
	return 0;
}

static cJSON *read_bank(const char *path)
{
	cJSON *items = NULL;
	char *text;
	size_t len;

	must(file_read(site.lasting, path, MOST_FILE, &text, &len) == OK);
	must(json_parse(text, len, &items) == OK);
	return items;
}

static void fill_bank(void)
{
	const cJSON *roles = read_bank("bank/roles.json"), *item;
	const struct role role = { .id = "backend",
		                   .track = "backend",
		                   .title = { "Backend developer", "Бэкенд", "Бекенд" },
		                   .skill_tags = "[\"http\"]",
		                   .position = 1,
		                   .enabled = true };
	int left = QUESTIONS;

	must(cJSON_IsArray(roles));
	must(role_save(site.store, &role) == OK);
	cJSON_ArrayForEach(item, read_bank("bank/questions/backend.json"))
	{
		const struct bank_question row = rows_question(item);

		if (left-- > 0)
			must(bank_save(site.store, site.lasting, &row) == OK);
	}
	item = cJSON_GetArrayItem(read_bank("bank/tasks/backend.json"), 0);
	if (item != NULL) {
		const struct bank_question row = rows_task(site.lasting, item, json_text(item));

		must(bank_save(site.store, site.lasting, &row) == OK);
	}
	must(store_begin(site.store) == OK);
	must(editions_renew(site.store, site.lasting) == OK);
	must(store_commit(site.store) == OK);
}

static struct user add_user(const char *name, bool is_admin, const char *session,
                            const char *personal)
{
	struct arena *arena = site.lasting;
	const int64_t later = clock_now_ms() + INT64_C(86400000) * 30;
	struct user user = { .username = name,
		             .full_name = name,
		             .password_hash = PASSWORD,
		             .is_admin = is_admin,
		             .position = "Developer",
		             .level = "middle",
		             .stack = "C, SQL",
		             .about = "",
		             .experience_years = -1 };
	struct personal_token token = { .name = "t",
		                        .scope = is_admin ? "admin" : "write",
		                        .expires_at = later };

	must(user_add(site.store, arena, &user) == OK);
	must(user_set_admin(site.store, user.id, is_admin) == OK);
	must(session_add(site.store, token_hash(arena, session), user.id, "fuzz", later) == OK);
	token.user_id = user.id;
	token.token_hash = token_hash(arena, personal);
	must(personal_token_add(site.store, arena, &token) == OK);
	return user;
}

static void start_interview(void)
{
	const struct flow_options options = { .role_id = "backend",
		                              .level = "middle",
		                              .type = "technical",
		                              .question_count = 10,
		                              .job_description = "",
		                              .nonce = "n",
		                              .code_language = "python" };
	struct flow_started started = { 0 };
	struct question_list list = { 0 };

	must(flow_start(site.store, site.lasting, &site.candidate, &options, &started) == OK);
	site.interview = started.id;
	must(question_list(site.store, site.lasting, started.id, &list) == OK && list.count > 0);
	site.question = list.items[0].id;
}

/* Copies a database that nobody has open. */
static void copy_database(const char *from, const char *to)
{
	char command[256];

	snprintf(command, sizeof(command), "rm -f '%s'-wal '%s'-shm && cp '%s' '%s'", to, to, from,
	         to);
	must(system(command) == 0);
}

void site_open(void)
{
	site.lasting = arena_create();
	site.path = database_make();
	site.kept = arena_printf(site.lasting, "%s.kept", site.path);
	json_bind(site.lasting);
	must(i18n_load("build/locale") == OK);
	assets_load();
	must(mustache_load(site.lasting, "templates", &site.templates) == OK);
	must(store_open(site.path, &site.store) == OK);
	site.candidate = add_user("candidate", false, CANDIDATE, PERSONAL);
	site.admin = add_user("admin", true, ADMIN_TOKEN, ADMINS_PERSONAL);
	fill_bank();
	start_interview();
	fuzz_program_account();
	fuzz_program_admin();
	fuzz_program_code();
	fuzz_program_interview();
	fuzz_program_report();
	json_bind(NULL);
	store_close(site.store);
	copy_database(site.path, site.kept);
	must(store_open(site.path, &site.store) == OK);
}

void site_renew(void)
{
	store_close(site.store);
	copy_database(site.kept, site.path);
	must(store_open(site.path, &site.store) == OK);
}

const char *site_filled(struct arena *arena, const char *text)
{
	const struct {
		const char *name, *value;
	} known[] = {
		{ "{csrf}", token_sign(arena, KEY, CANDIDATE) },
		{ "{admin-csrf}", token_sign(arena, KEY, ADMIN_TOKEN) },
		{ "{session}", "viva_session=" CANDIDATE },
		{ "{admin}", "viva_session=" ADMIN_TOKEN },
		{ "{bearer}", "Bearer " PERSONAL },
		{ "{admin-bearer}", "Bearer " ADMINS_PERSONAL },
		{ "{user-id}", site.candidate.id },
		{ "{interview}", site.interview },
		{ "{question}", site.question },
	};
	struct buf out;

	buf_init(&out, arena);
	while (*text != '\0') {
		size_t i = 0, count = sizeof(known) / sizeof(*known);

		while (i < count && !text_starts(text, known[i].name))
			i++;
		if (i == count) {
			buf_char(&out, *text++);
			continue;
		}
		buf_str(&out, known[i].value);
		text += strlen(known[i].name);
	}
	return out.len > 0 ? out.data : "";
}

/* --- a request without a server ----------------------------------------------------- */

static void no_more(FCGX_Stream *stream)
{
	stream->isClosed = 1;
}

/* The first program with a route of that path; without one account, as in nginx.conf. */
static const struct program *program_of(struct arena *arena, const char *uri)
{
	const char *path = arena_copy(arena, uri, strcspn(uri, "?#"));
	const char *params[REQUEST_MAX_PARAMS];

	for (size_t i = 0; i < site.count; i++)
		for (const struct route_table *const *table = site.programs[i].tables;
		     *table != NULL; table++)
			for (size_t j = 0; j < (*table)->count; j++)
				if (dispatch_match(arena, (*table)->routes[j].path, path, params))
					return &site.programs[i];
	return &site.programs[0];
}

/* What went out, without the heads of FastCGI's records (version, type, 2 id, 2 length, ...). */
static void collect(struct arena *arena, int fd, struct buf *answer)
{
	enum { HEAD = 8, STDOUT = 6 };
	const off_t size = lseek(fd, 0, SEEK_END);
	unsigned char *bytes;
	size_t len = (size_t)size, at = 0;

	must(size >= 0 && size < MOST_ANSWER);
	bytes = arena_raw(arena, len + 1);
	must(pread(fd, bytes, len, 0) == (ssize_t)len);
	while (len - at >= HEAD) {
		const size_t part = (size_t)bytes[at + 4] << 8 | bytes[at + 5];

		must(part <= len - at - HEAD);
		if (bytes[at + 1] == STDOUT)
			buf_add(answer, bytes + at + HEAD, part);
		at += HEAD + part + bytes[at + 6];
	}
	must(at == len);
}

void site_ask(struct arena *arena, const struct site_request *asked, struct buf *answer)
{
	const struct program *program = program_of(arena, asked->path);
	unsigned char *body = (unsigned char *)arena_copy(arena, asked->body, asked->len);
	FCGX_Stream in = { .rdNext = body,
		           .wrNext = body,
		           .stop = body + asked->len,
		           .stopUnget = body,
		           .isReader = 1,
		           .fillBuffProc = no_more };
	FCGX_Request fastcgi = { .requestId = 1,
		                 .in = &in,
		                 .envp = asked->variables,
		                 .ipcFd = memfd_create("answer", MFD_CLOEXEC) };
	struct request request = { .arena = arena,
		                   .store = site.store,
		                   .context = program->work.context,
		                   .templates = site.templates,
		                   .gateway.fastcgi = &fastcgi,
		                   .csrf_key = KEY,
		                   .jwt_key = KEY };

	must(fastcgi.ipcFd >= 0);
	json_bind(arena);
	dispatch(program->tables, &request);
	json_bind(NULL);
	collect(arena, fastcgi.ipcFd, answer);
	close(fastcgi.ipcFd);
}
