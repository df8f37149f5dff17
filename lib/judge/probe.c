/* Which tier this machine has: asked once a boot, for it takes a second. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "judge/box_client.h"

enum { PROBE_MS = 20000, PROBE_BYTES = 65536 };

static const char PROBE_FILE[] = "probe.json";

/* Appends the first line of a file of /proc, or of its lines that start with `prefix`. */
static void add_fact(struct buf *key, const char *path, const char *prefix)
{
	FILE *file = fopen(path, "re");
	char line[256];

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		if (strncmp(line, prefix, strlen(prefix)) != 0)
			continue;
		line[strcspn(line, "\n")] = '\0';
		buf_printf(key, " %s", line);
		break;
	}
	if (file != NULL)
		fclose(file);
}

/* All that the outcome depends on: the same key, the same tier. */
static const char *probe_key(struct arena *arena, const struct judge *judge, const char *tiers)
{
	static const char *const spaces[] = { "user", "pid", "net", "ipc" };
	struct buf key;
	struct stat box = { 0 };
	char space[64], name[64];

	buf_init(&key, arena);
	stat(arena_printf(arena, "%s/judge-box", judge->programs), &box);
	buf_printf(&key, "%s uid %u box %llu %lld %lld.%09ld hidden %s", tiers, (unsigned)geteuid(),
	           (unsigned long long)box.st_ino, (long long)box.st_size,
	           (long long)box.st_mtim.tv_sec, box.st_mtim.tv_nsec,
	           judge->hidden == NULL ? "-" : judge->hidden);
	add_fact(&key, "/proc/sys/kernel/random/boot_id", "");
	add_fact(&key, "/proc/self/status", "CapEff:");
	add_fact(&key, "/proc/self/status", "CapBnd:");
	add_fact(&key, "/proc/self/status", "NoNewPrivs:");
	add_fact(&key, "/proc/self/status", "Seccomp:");
	add_fact(&key, "/proc/sys/user/max_user_namespaces", "");
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		ssize_t len;

		snprintf(name, sizeof(name), "/proc/self/ns/%s", spaces[i]);
		len = readlink(name, space, sizeof(space) - 1);
		buf_printf(&key, " %.*s", (int)(len > 0 ? len : 0), space);
	}
	return key.data;
}

/* Takes over what the probe printed. */
static void read_answer(struct judge *judge, struct arena *arena, const cJSON *answer)
{
	const char *tier = json_string(answer, "tier", NULL);

	judge->tier = arena_strdup(arena, tier);
	judge->refusal = "";
	if (tier == NULL)
		judge->refusal = arena_strdup(
		        arena, json_string(answer, "refusal", "no tier of the sandbox works here"));
}

static bool read_cache(struct judge *judge, struct arena *arena, const char *path, const char *key)
{
	cJSON *cache;

	if (access(path, F_OK) != 0 || json_parse_file(arena, path, PROBE_BYTES, &cache) != OK ||
	    strcmp(json_string(cache, "key", ""), key) != 0)
		return false;
	read_answer(judge, arena, json_get(cache, "answer"));
	return true;
}

/* A cache that cannot be written costs time, nothing else. */
static void write_cache(struct arena *arena, const char *path, const char *key, cJSON *answer)
{
	const char *temporary = arena_printf(arena, "%s.new", path);
	cJSON *cache = cJSON_CreateObject();
	FILE *file = fopen(temporary, "we");
	bool written;

	if (file == NULL)
		return;
	json_set_string(cache, "key", key);
	json_set(cache, "answer", answer);
	written = fputs(json_text(cache), file) != EOF;
	written = fclose(file) == 0 && written;
	if (!written || rename(temporary, path) != 0)
		log_warning("judge: cannot write %s: %s", path, strerror(errno));
}

static void run_probe(struct judge *judge, struct arena *arena, const char *path, const char *key)
{
	const char *program = arena_printf(arena, "%s/judge-box", judge->programs);
	const char *argv[] = { program, "probe", NULL, judge->folder, NULL };
	struct buf output;
	cJSON *answer;

	buf_init(&output, arena);
	argv[2] = arena_copy(arena, key, strcspn(key, " "));
	/* Once more if something killed it: the answer holds for long. */
	if ((!box_run_program(argv, PROBE_MS, &output) &&
	     !box_run_program(argv, PROBE_MS, &output)) ||
	    json_parse(output.data, output.len, &answer) != OK) {
		judge->refusal = arena_printf(arena, "%s gave no answer", program);
		return;
	}
	read_answer(judge, arena, answer);
	if (judge->tier == NULL)
		log_warning("judge: no sandbox: %s", output.data);
	write_cache(arena, path, key, answer);
}

void judge_probe(struct judge *judge, struct arena *arena, const char *tiers)
{
	const char *path = arena_printf(arena, "%s/%s", judge->folder, PROBE_FILE);
	const char *key = probe_key(arena, judge, tiers);
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int lock = open(arena_printf(arena, "%s/probe.lock", judge->folder),
	                O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	/* Programs that start together wait for the first one's probe. */
	if (lock >= 0)
		fcntl(lock, F_OFD_SETLKW, &whole);
	if (!read_cache(judge, arena, path, key))
		run_probe(judge, arena, path, key);
	if (lock >= 0)
		close(lock);
}
