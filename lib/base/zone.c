#include "base/zone.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <glib.h>

#include "base/config.h"
#include "base/log.h"

enum { MOST_ZONES = 1000, MOST_NAME = 64 };

static const char *const lists[] = { "/usr/share/zoneinfo/zone1970.tab",
	                             "/usr/share/zoneinfo/zone.tab" };

/* Filled once, then read-only but for `zones`: a zone is read when it is first asked for. */
static struct {
	pthread_once_t once;
	pthread_mutex_t mutex;
	struct arena *arena;
	const char *names[MOST_ZONES + 1];
	GTimeZone *zones[MOST_ZONES];
	size_t count;
} known = { .once = PTHREAD_ONCE_INIT, .mutex = PTHREAD_MUTEX_INITIALIZER };

/* Names of former times: "Europe/Kiev" is "Europe/Kyiv". */
static const char links_path[] = "/usr/share/zoneinfo/tzdata.zi";

static struct {
	const char *old, *name;
} links[MOST_ZONES];
static size_t link_count;

static _Thread_local struct {
	const char *name; /* NULL: the configured one */
	GTimeZone *zone;
} bound;

static int compare(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_name(const char *name)
{
	if (known.count < MOST_ZONES)
		known.names[known.count++] = arena_strdup(known.arena, name);
}

/* Lines of these lists are: countries, coordinates, name, perhaps a comment. */
static void read_list(const char *path)
{
	FILE *file = fopen(path, "rbe");
	char line[512], name[MOST_NAME + 1];

	if (file == NULL) {
		log_warning("%s cannot be read: fewer time zones are known", path);
		return;
	}
	while (fgets(line, sizeof(line), file) != NULL)
		if (line[0] != '#' && sscanf(line, "%*s %*s %64s", name) == 1)
			add_name(name);
	fclose(file);
}

/* Lines with links are: L, name, old name. */
static void read_links(void)
{
	FILE *file = fopen(links_path, "rbe");
	char line[512], name[MOST_NAME + 1], old[MOST_NAME + 1];

	if (file == NULL)
		return;
	while (link_count < MOST_ZONES && fgets(line, sizeof(line), file) != NULL) {
		if (sscanf(line, "L %64s %64s", name, old) != 2)
			continue;
		links[link_count].name = arena_strdup(known.arena, name);
		links[link_count++].old = arena_strdup(known.arena, old);
	}
	fclose(file);
}

static void load(void)
{
	size_t kept = 0;

	known.arena = arena_create();
	add_name("UTC");
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		read_list(lists[i]);
	qsort(known.names, known.count, sizeof(*known.names), compare);
	for (size_t i = 0; i < known.count; i++)
		if (kept == 0 || strcmp(known.names[kept - 1], known.names[i]) != 0)
			known.names[kept++] = known.names[i];
	known.count = kept;
	known.names[kept] = NULL;
	read_links();
}

static const char **find(const char *name)
{
	pthread_once(&known.once, load);
	return bsearch(&name, known.names, known.count, sizeof(*known.names), compare);
}

const char *zone_find(const char *typed)
{
	const char **name = find(typed);

	for (size_t i = 0; name == NULL && i < link_count; i++)
		if (strcasecmp(links[i].old, typed) == 0)
			name = find(links[i].name);
	return name != NULL ? *name : NULL;
}

const char *const *zone_names(void)
{
	pthread_once(&known.once, load);
	return known.names;
}

/* NULL when the system has no rules of a zone that it lists. */
static GTimeZone *zone_at(size_t index)
{
	GTimeZone *zone;

	pthread_mutex_lock(&known.mutex);
	if (known.zones[index] == NULL)
		known.zones[index] = g_time_zone_new_identifier(known.names[index]);
	zone = known.zones[index];
	pthread_mutex_unlock(&known.mutex);
	return zone;
}

void zone_bind(const char *name)
{
	const char **found = name[0] != '\0' ? find(name) : NULL;

	bound.zone = found != NULL ? zone_at((size_t)(found - known.names)) : NULL;
	bound.name = bound.zone != NULL ? *found : NULL;
}

const char *zone_bound(void)
{
	return bound.name != NULL ? bound.name : "";
}

int zone_offset_min(int64_t ms)
{
	int interval;

	if (bound.zone == NULL)
		return config()->tz_offset_min;
	interval = g_time_zone_find_interval(bound.zone, G_TIME_TYPE_UNIVERSAL, ms / 1000);
	return g_time_zone_get_offset(bound.zone, interval) / 60;
}

char *zone_text(struct arena *arena, int64_t ms, enum clock_style style)
{
	return clock_text(arena, ms, zone_offset_min(ms), style);
}

/* The offset may have changed since midnight. */
int64_t zone_day_start(int64_t ms)
{
	const int offset = zone_offset_min(ms);
	const int64_t start = clock_day_start(ms, offset);

	return start + (int64_t)(offset - zone_offset_min(start)) * 60000;
}
