/* Checks of the machine: the judge's protection, the model, the clock, what is installed. */
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/disk.h"
#include "base/zone.h"
#include "care/doctor.h"
#include "judge/language.h"
#include "llm/llm.h"
#include "store/audit.h"
#include "witness/model.h"

enum { AHEAD_MS = 60 * 1000, REACH_MS = 5000 };

static void check_judge(struct doctor *doctor)
{
	const char *tier = doctor->judge != NULL ? judge_tier(doctor->judge) : NULL;

	if (doctor->judge == NULL)
		return;
	if (tier == NULL)
		doctor_say(doctor, DOCTOR_WARNING,
		           "allow user namespaces or Landlock, or do without coding interviews",
		           "candidates' code is kept but not run: %s",
		           judge_refusal(doctor->judge));
	else
		doctor_say(doctor, strcmp(tier, "C") == 0 ? DOCTOR_WARNING : DOCTOR_OK,
		           strcmp(tier, "C") == 0 ? "allow user namespaces for a better one" : NULL,
		           "the sandbox works in tier %s: every canary was held", tier);
}

static void check_languages(struct doctor *doctor)
{
	struct buf present, missing;

	if (doctor->judge == NULL || judge_tier(doctor->judge) == NULL)
		return;
	buf_init(&present, doctor->arena);
	buf_init(&missing, doctor->arena);
	for (size_t i = 0; languages[i] != NULL; i++) {
		struct buf *list = judge_has_language(doctor->judge, languages[i]->name) ? &present
		                                                                         : &missing;

		buf_printf(list, "%s%s", list->len > 0 ? ", " : "", languages[i]->title);
	}
	doctor_say(doctor, DOCTOR_OK, NULL, "languages: %s",
	           present.len > 0 ? present.data : "none");
	if (missing.len > 0)
		doctor_say(doctor, DOCTOR_WARNING, "install its compiler if tasks need it",
		           "languages that are not here: %s", missing.data);
}

/* Any answer will do: what the model says is the business of `viva llm check`. */
static bool is_reached(struct doctor *doctor)
{
	const struct llm_post ask = { .url = arena_printf(doctor->arena, "%s/models",
		                                          config()->llm_url),
		                      .content_type = "application/json",
		                      .body = "{}",
		                      .len = 2,
		                      .total_ms = REACH_MS };
	struct llm_result result;

	llm_post(doctor->arena, &ask, &result);
	return result.status != 0;
}

static void check_model(struct doctor *doctor)
{
	if (model_state(doctor->arena) == MODEL_NONE)
		doctor_say(doctor, DOCTOR_OK, NULL,
		           "no model is configured: the built-in examiner works");
	else if (is_reached(doctor))
		doctor_say(doctor, DOCTOR_OK, NULL, "the model's endpoint answers");
	else
		doctor_say(doctor, DOCTOR_WARNING,
		           "see `viva llm check`; until then the built-in examiner works",
		           "the model's endpoint does not answer");
}

static void check_clock(struct doctor *doctor)
{
	const int64_t now = clock_now_ms();
	struct timex state = { 0 };
	struct audit_list newest = { 0 };
	const struct audit_query query = { .most = 1 };
	const size_t before = doctor->count;

	if (doctor->store != NULL &&
	    audit_list(doctor->store, doctor->arena, &query, &newest) == OK && newest.count > 0 &&
	    newest.items[0].at > now + AHEAD_MS)
		doctor_say(doctor, DOCTOR_ERROR, "set the clock",
		           "the newest row of the audit log is of the future");
	if (disk_file_time(config_var_path("viva.db")) > now + AHEAD_MS ||
	    disk_file_time(config_home_path("schema.sql")) > now + AHEAD_MS)
		doctor_say(doctor, DOCTOR_WARNING, "set the clock",
		           "there are files of the future");
	if (adjtimex(&state) >= 0 && (state.status & STA_UNSYNC) != 0)
		doctor_say(doctor, DOCTOR_WARNING,
		           "let NTP set it, unless the host of this container does",
		           "nobody keeps the clock right");
	if (doctor->count == before)
		doctor_say(doctor, DOCTOR_OK, NULL, "the clock is right: %s",
		           clock_iso(doctor->arena, now));
}

static void check_zones(struct doctor *doctor)
{
	if (zone_find("Europe/Kyiv") != NULL)
		doctor_say(doctor, DOCTOR_OK, NULL, "time zones are known");
	else
		doctor_say(doctor, DOCTOR_WARNING, "install tzdata",
		           "there are no time zones: people see the configured one");
}

static int is_font(const char *path, const struct stat *status, int type)
{
	const char *end = strrchr(path, '.');

	(void)status;
	return type == FTW_F && end != NULL &&
	       (strcmp(end, ".ttf") == 0 || strcmp(end, ".otf") == 0 || strcmp(end, ".ttc") == 0);
}

static void check_fonts(struct doctor *doctor)
{
	enum { OPEN_FOLDERS = 8 };
	const char *const folders[] = { config_home_path("fonts"), "/usr/share/fonts",
		                        "/usr/local/share/fonts" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (ftw(folders[i], is_font, OPEN_FOLDERS) == 1) {
			doctor_say(doctor, DOCTOR_OK, NULL, "fonts for PDF are in %s", folders[i]);
			return;
		}
	doctor_say(doctor, DOCTOR_WARNING, "install fonts-dejavu-core",
	           "there are no fonts: reports come as text, not as PDF");
}

static void check_tools(struct doctor *doctor)
{
	const char *dictionary = arena_printf(doctor->arena, "%s.pwd",
	                                      config()->password_dictionary);

	if (access(dictionary, R_OK) == 0)
		doctor_say(doctor, DOCTOR_OK, NULL, "common passwords are known");
	else
		doctor_say(doctor, DOCTOR_WARNING,
		           "install cracklib-runtime and run update-cracklib, or set "
		           "VIVA_PASSWORD_DICTIONARY",
		           "%s cannot be read: common passwords are accepted", dictionary);
	if (access("/usr/bin/pdftotext", X_OK) == 0)
		doctor_say(doctor, DOCTOR_OK, NULL, "pdftotext reads CVs");
	else
		doctor_say(doctor, DOCTOR_WARNING, "install poppler-utils",
		           "there is no pdftotext: CVs in PDF cannot be read");
}

static void check_limits(struct doctor *doctor)
{
	enum { FILES_A_THREAD = 4, FILES_BESIDE = 64 };
	const int threads = config()->interview_threads > config()->threads
	                            ? config()->interview_threads
	                            : config()->threads;
	const rlim_t wanted = (rlim_t)threads * FILES_A_THREAD + FILES_BESIDE;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	if (limit.rlim_max < wanted)
		doctor_say(doctor, DOCTOR_WARNING, "raise `ulimit -n`, or lower the threads",
		           "%llu open files are too few for %d threads",
		           (unsigned long long)limit.rlim_max, threads);
	else
		doctor_say(doctor, DOCTOR_OK, NULL, "open files suffice for %d threads", threads);
}

/* KiB of the least client_max_body_size in the file; -1: it has none or cannot be read. */
static int64_t least_body(const char *path)
{
	static const char word[] = "client_max_body_size";
	FILE *file = fopen(path, "re");
	int64_t least = -1;
	char line[512];

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		char *at = line + strspn(line, " \t"), *unit;
		int64_t size;

		if (strncmp(at, word, sizeof(word) - 1) != 0)
			continue;
		size = strtoll(at + sizeof(word) - 1, &unit, 10);
		size = *unit == 'm' || *unit == 'M'   ? size * 1024
		       : *unit == 'g' || *unit == 'G' ? size * 1024 * 1024
		       : *unit == 'k' || *unit == 'K' ? size
		                                      : size / 1024;
		if (size > 0 && (least < 0 || size < least))
			least = size;
	}
	if (file != NULL)
		fclose(file);
	return least;
}

static void check_server(struct doctor *doctor)
{
	const char *const files[] = { config_var_path("run/nginx.conf"),
		                      "/etc/nginx/sites-enabled/viva",
		                      "/etc/nginx/sites-enabled/viva.conf",
		                      "/etc/nginx/conf.d/viva.conf" };

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		const int64_t kib = least_body(files[i]);

		if (kib > 0 && kib < config()->max_body_kb)
			doctor_say(doctor, DOCTOR_WARNING, "raise client_max_body_size there",
			           "%s lets %" PRId64 " KiB through, VIVA_MAX_BODY_KB is %d",
			           files[i], kib, config()->max_body_kb);
		else if (kib >= 0)
			doctor_say(doctor, DOCTOR_OK, NULL, "%s lets uploads through", files[i]);
	}
}

const struct doctor_check doctor_machine_checks[] = {
	{ "judge", check_judge }, { "judge", check_languages }, { "model", check_model },
	{ "clock", check_clock }, { "clock", check_zones },     { "tools", check_fonts },
	{ "tools", check_tools }, { "limits", check_limits },   { "server", check_server },
	{ NULL, NULL },
};
