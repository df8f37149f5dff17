/* Checks of what an operator sets and installs. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "base/place.h"
#include "care/doctor.h"
#include "care/shelf.h"

/* Of `make run` and of tests, read by no program. */
static const char *const other_names[] = { "VIVA_BUILD", "VIVA_SAN", "VIVA_COVERAGE",
	                                   "VIVA_EXPECTED_TIER", "VIVA_WHOLE_BANK" };

static bool is_other(const char *name)
{
	for (size_t i = 0; i < sizeof(other_names) / sizeof(*other_names); i++)
		if (strcmp(other_names[i], name) == 0)
			return true;
	return false;
}

static void check_names(struct doctor *doctor)
{
	size_t unknown = 0;

	for (char **entry = environ; *entry != NULL; entry++) {
		const char *name = arena_copy(doctor->arena, *entry, strcspn(*entry, "="));

		if (strncmp(name, "VIVA_", 5) != 0 || config_is_name(name) || is_other(name))
			continue;
		unknown++;
		doctor_say(
		        doctor, DOCTOR_WARNING,
		        arena_printf(doctor->arena, "did you mean %s?", config_nearest_name(name)),
		        "nothing reads a setting %s", name);
	}
	if (unknown == 0)
		doctor_say(doctor, DOCTOR_OK, NULL, "every VIVA_ name is known");
}

static void check_values(struct doctor *doctor)
{
	const char *const *faults = config_faults();
	struct shelf_rule rule;

	for (size_t i = 0; faults[i] != NULL; i++)
		doctor_say(doctor, DOCTOR_ERROR, "correct it; no program starts with it", "%s",
		           faults[i]);
	if (!shelf_rule_read(config()->backup_keep, &rule))
		doctor_say(doctor, DOCTOR_ERROR, "write three numbers, such as 7,4,6",
		           "VIVA_BACKUP_KEEP cannot be read: no daily backup is made");
	else if (faults[0] == NULL)
		doctor_say(doctor, DOCTOR_OK, NULL, "every value can be read");
}

/* A file with secrets, which only its owner and group may read. */
static void check_secret_file(struct doctor *doctor, const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return;
	if ((status.st_mode & 007) != 0)
		doctor_say(doctor, DOCTOR_ERROR, arena_printf(doctor->arena, "chmod 600 %s", path),
		           "everybody on this machine may read or write %s", path);
	else
		doctor_say(doctor, DOCTOR_OK, NULL, "%s is not for everybody", path);
}

static void check_env_file(struct doctor *doctor)
{
	struct place place;

	check_secret_file(doctor, config_home_path(".env"));
	if (place_of_this(doctor->arena, &place) && place.settings != NULL)
		check_secret_file(doctor, place.settings);
}

static bool ends_with_slash(const char *text)
{
	return text[0] != '\0' && text[strlen(text) - 1] == '/';
}

/* What stands in front of every link. */
static void check_addresses(struct doctor *doctor)
{
	const char *base = config()->base_path, *url = config()->public_url;

	if (base[0] != '\0' && (base[0] != '/' || ends_with_slash(base)))
		doctor_say(doctor, DOCTOR_ERROR, "write it like /viva",
		           "VIVA_BASE_PATH must begin with a slash and end without one");
	if (url[0] != '\0' &&
	    ((strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0) ||
	     ends_with_slash(url)))
		doctor_say(doctor, DOCTOR_ERROR, "write it like https://viva.example.org",
		           "VIVA_PUBLIC_URL must be an address without a slash at the end");
}

static bool is_private_url(const char *url)
{
	return strncmp(url, "http://127.", 11) == 0 || strncmp(url, "http://localhost", 16) == 0 ||
	       strncmp(url, "http://[::1]", 12) == 0;
}

static void check_unsafe(struct doctor *doctor)
{
	const struct config *c = config();
	const size_t before = doctor->count;

	if (c->trust_proxy)
		doctor_say(doctor, DOCTOR_WARNING,
		           "set it only where every request comes through a proxy of yours that "
		           "sets X-Forwarded-For anew",
		           "VIVA_TRUST_PROXY is on: who reaches the server directly can claim any "
		           "address");
	if (c->trust_proxy && !c->secure_cookies)
		doctor_say(doctor, DOCTOR_WARNING, "set VIVA_SECURE_COOKIES=1 if it speaks https",
		           "behind a proxy cookies are marked Secure only when it says https");
	if (c->trust_proxy && c->metrics_token[0] == '\0')
		doctor_say(doctor, DOCTOR_WARNING, "set VIVA_METRICS_TOKEN",
		           "/metrics has no token, and behind a proxy nobody can be told apart");
	if (c->webhook_private)
		doctor_say(doctor, DOCTOR_WARNING, "switch it off unless the receiver is there",
		           "VIVA_WEBHOOK_PRIVATE lets webhooks go into the private network");
	if (c->webhook_url[0] != '\0' && strncmp(c->webhook_url, "https://", 8) != 0 &&
	    !is_private_url(c->webhook_url))
		doctor_say(doctor, DOCTOR_WARNING, "use https",
		           "webhooks cross the network in the clear");
	if (c->llm_url[0] != '\0' && c->llm_key[0] != '\0' &&
	    strncmp(c->llm_url, "http://", 7) == 0 && !is_private_url(c->llm_url))
		doctor_say(doctor, DOCTOR_WARNING, "use https",
		           "the model's key crosses the network in the clear");
	if (doctor->count == before)
		doctor_say(doctor, DOCTOR_OK, NULL, "no unsafe setting");
}

static void check_user(struct doctor *doctor)
{
	struct stat status;

	if (geteuid() != 0)
		doctor_say(doctor, DOCTOR_OK, NULL, "this is an ordinary user (%u)",
		           (unsigned)geteuid());
	else if (stat(config()->var, &status) == 0 && status.st_uid != 0)
		doctor_say(doctor, DOCTOR_WARNING,
		           "run the command as that user: what root makes the programs may not be "
		           "able to open",
		           "this is root, but the data belong to user %u", (unsigned)status.st_uid);
	else
		doctor_say(doctor, DOCTOR_WARNING,
		           "give Viva a user of its own; the judge then works in tier A2 or C",
		           "Viva runs as root");
}

static void check_installed(struct doctor *doctor)
{
	const char *const files[] = {
		config_home_path("templates/layout.html"),
		config_home_path("bank/roles.json"),
		config_home_path("schema.sql"),
		config_home_path("openapi.yaml"),
		config_made_path("locale/ru.mo"),
		config_made_path("locale/uk.mo"),
		config_made_path("static/VERSION"),
	};
	size_t missing = 0;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (access(files[i], R_OK) == 0)
			continue;
		missing++;
		doctor_say(doctor, DOCTOR_ERROR, "install or build it anew; is VIVA_HOME right?",
		           "%s is missing or cannot be read", files[i]);
	}
	if (missing == 0)
		doctor_say(doctor, DOCTOR_OK, NULL, "all files are below %s", config()->home);
}

const struct doctor_check doctor_setup_checks[] = {
	{ "settings", check_names },         { "settings", check_values },
	{ "settings", check_addresses },     { "settings", check_env_file },
	{ "settings", check_unsafe },        { "user", check_user },
	{ "installation", check_installed }, { NULL, NULL },
};
