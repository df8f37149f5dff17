#include "base/mustache_internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/text.h"

enum { MAX_FOLDERS = 8, MAX_FILE = 1024 * 1024 };

/* --- names ----------------------------------------------------------------- */

/* By name, then html before the other endings. */
static int compare_templates(const void *a, const void *b)
{
	const struct mustache_template *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	if (order == 0)
		order = (strcmp(right->ending, "html") == 0) - (strcmp(left->ending, "html") == 0);
	return order != 0 ? order : strcmp(left->ending, right->ending);
}

/* The first template whose name is not less than `name`. */
static size_t lower_bound(const struct mustache *set, const char *name)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(set->templates[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The template called name.ending to the letter, its name given in one piece. */
static const struct mustache_template *find_file(const struct mustache *set, const char *file)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct mustache_template *template = &set->templates[i];
		size_t len = strlen(template->name);

		if (strncmp(file, template->name, len) == 0 && file[len] == '.' &&
		    strcmp(file + len + 1, template->ending) == 0)
			return template;
	}
	return NULL;
}

const struct mustache_template *mustache_find(const struct mustache *set, const char *name,
                                              const char *ending)
{
	size_t first = lower_bound(set, name);

	for (size_t i = first; i < set->count; i++) {
		if (strcmp(set->templates[i].name, name) != 0)
			break;
		if (strcmp(set->templates[i].ending, ending) == 0)
			return &set->templates[i];
	}
	if (first < set->count && strcmp(set->templates[first].name, name) == 0)
		return &set->templates[first];
	return find_file(set, name);
}

/* --- files ----------------------------------------------------------------- */

struct file {
	struct file *next;
	const char *path, *name; /* the name lacks the folder's path */
};

struct loader {
	struct arena *arena;
	size_t skip; /* bytes of the folder's path */
	struct file *files;
	size_t count;
};

static bool is_ignored(const char *name)
{
	size_t len = strlen(name);

	return name[0] == '.' || len == 0 || name[len - 1] == '~';
}

static enum err list_folder(struct loader *loader, const char *folder, int depth);

static enum err list_entry(struct loader *loader, const char *path, int depth)
{
	struct stat status;
	struct file *file;

	if (stat(path, &status) != 0) {
		log_error("cannot read %s: %s", path, strerror(errno));
		return ERR_INTERNAL;
	}
	if (S_ISDIR(status.st_mode))
		return list_folder(loader, path, depth + 1);
	if (!S_ISREG(status.st_mode))
		return OK;
	file = arena_alloc(loader->arena, sizeof(*file));
	*file = (struct file){ loader->files, path, path + loader->skip };
	loader->files = file;
	loader->count++;
	return OK;
}

static enum err list_folder(struct loader *loader, const char *folder, int depth)
{
	struct dirent *entry;
	enum err err = OK;
	DIR *dir;

	if (depth > MAX_FOLDERS) {
		log_error("%s: folders nested deeper than %d", folder, MAX_FOLDERS);
		return ERR_INTERNAL;
	}
	dir = opendir(folder);
	if (dir == NULL) {
		log_error("cannot open %s: %s", folder, strerror(errno));
		return ERR_INTERNAL;
	}
	while (err == OK && (entry = readdir(dir)) != NULL) {
		if (!is_ignored(entry->d_name))
			err = list_entry(
			        loader, arena_printf(loader->arena, "%s/%s", folder, entry->d_name),
			        depth);
	}
	closedir(dir);
	return err;
}

static enum err read_text(struct arena *arena, const char *path, struct mustache_source *source)
{
	FILE *file = fopen(path, "rbe");
	struct stat status;
	char *text;

	if (file == NULL || fstat(fileno(file), &status) != 0 || status.st_size > MAX_FILE) {
		log_error("cannot read %s, or it is larger than %d bytes", path, MAX_FILE);
		if (file != NULL)
			fclose(file);
		return ERR_INTERNAL;
	}
	text = arena_alloc(arena, (size_t)status.st_size + 1);
	source->len = fread(text, 1, (size_t)status.st_size, file);
	source->text = text;
	fclose(file);
	if (!text_valid(text, source->len) || strlen(text) != source->len) {
		log_error("%s is not UTF-8 text", path);
		return ERR_INTERNAL;
	}
	return OK;
}

/* --- sets ------------------------------------------------------------------ */

static void set_name(struct arena *arena, struct mustache_template *template, const char *file)
{
	char *name = arena_strdup(arena, file);
	char *slash = strrchr(name, '/');
	char *dot = strrchr(slash == NULL ? name : slash, '.');

	template->name = name;
	template->ending = "";
	if (dot != NULL) {
		*dot = '\0';
		template->ending = dot + 1;
	}
	if (strcmp(template->ending, "html") == 0)
		template->escape = MUSTACHE_HTML;
	else if (strcmp(template->ending, "txt") == 0)
		template->escape = MUSTACHE_PLAIN;
}

static void sort_set(struct mustache *set)
{
	if (set->count > 0)
		qsort(set->templates, set->count, sizeof(*set->templates), compare_templates);
}

/* Ties every partial and parent to its template; returns one that is missing, or NULL. */
static const struct mustache_node *link_nodes(const struct mustache *set, const char *ending,
                                              struct mustache_node *references)
{
	const struct mustache_node *missing = NULL;

	for (struct mustache_node *node = references; node != NULL; node = node->next_reference) {
		node->target = mustache_find(set, node->label, ending);
		if (node->target == NULL)
			missing = node;
	}
	return missing;
}

/* Of a file, which is kept once it was read: it may be replaced while the program runs. */
static enum err take_text(struct arena *arena, struct mustache_template *template)
{
	struct mustache_source source = { .path = template->path };
	enum err err;

	if (template->text != NULL)
		return OK;
	err = read_text(arena, template->path, &source);
	if (err == OK) {
		template->text = source.text;
		template->len = source.len;
	}
	return err;
}

/* Parses a template of a file in one language, with its nodes in `arena`. */
static enum err parse_file(const struct mustache *set, const struct mustache_template *template,
                           enum language language, struct arena *arena,
                           struct mustache_parsed *ret_parsed)
{
	const struct mustache_source source = { .path = template->path,
		                                .text = template->text,
		                                .len = template->len,
		                                .has_messages = true,
		                                .language = language };
	const struct mustache_node *missing;

	if (mustache_parse(arena, &source, ret_parsed) != OK)
		return ERR_INTERNAL;
	missing = link_nodes(set, template->ending, ret_parsed->references);
	if (missing == NULL)
		return OK;
	log_error("%s:%d: there is no template \"%s\"", template->path, missing->line,
	          missing->label);
	return ERR_INTERNAL;
}

/* What does not differ between languages is there for all of them. */
static void publish(struct mustache_template *template, enum language language,
                    const struct mustache_parsed *parsed)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		if (parsed->has_messages && i != (int)language)
			continue;
		template->roots[i] = parsed->root;
		atomic_store_explicit(&template->is_there[i], true, memory_order_release);
	}
}

static bool is_there(const struct mustache_template *template, enum language language)
{
	return atomic_load_explicit(&template->is_there[language], memory_order_acquire);
}

bool mustache_nodes(const struct mustache *set, const struct mustache_template *template,
                    enum language language, const struct mustache_node **ret_nodes)
{
	/* The set is the same to everybody who renders: what is parsed late was always in it. */
	struct mustache *late = (struct mustache *)set;
	struct mustache_template *own = (struct mustache_template *)template;
	struct mustache_parsed parsed;

	if (!is_there(template, language)) {
		pthread_mutex_lock(&late->mutex);
		if (!is_there(template, language) && take_text(late->arena, own) == OK &&
		    parse_file(set, template, language, late->arena, &parsed) == OK)
			publish(own, language, &parsed);
		pthread_mutex_unlock(&late->mutex);
	}
	*ret_nodes = template->roots[language];
	return is_there(template, language);
}

static void close_set(void *object)
{
	struct mustache *set = object;

	pthread_mutex_destroy(&set->mutex);
	arena_destroy(set->arena);
}

enum err mustache_open(struct arena *arena, const char *folder, struct mustache **ret_set)
{
	struct mustache *set = arena_alloc(arena, sizeof(*set));
	struct loader loader = { .skip = strlen(folder) + 1 };
	enum err err;

	pthread_mutex_init(&set->mutex, NULL);
	set->arena = loader.arena = arena_create();
	arena_defer(arena, close_set, set);
	err = list_folder(&loader, folder, 0);
	if (err != OK)
		return err;
	set->templates = arena_array(set->arena, loader.count, sizeof(*set->templates));
	for (struct file *file = loader.files; file != NULL; file = file->next) {
		struct mustache_template *template = &set->templates[set->count++];

		template->path = file->path;
		set_name(set->arena, template, file->name);
	}
	sort_set(set);
	*ret_set = set;
	return OK;
}

/* Every template in every language, in memory that is given back: few of them are ever used. */
static enum err check_set(const struct mustache *set)
{
	struct arena *scratch = arena_create();
	enum err err = OK;

	for (size_t i = 0; i < set->count; i++) {
		struct mustache_template *template = &set->templates[i];
		struct mustache_parsed parsed = { .has_messages = true };
		enum err fault = take_text(set->arena, template);

		for (int j = 0; fault == OK && j < LANG_COUNT && parsed.has_messages; j++)
			fault = parse_file(set, template, (enum language)j, scratch, &parsed);
		if (fault != OK)
			err = fault;
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	return err;
}

enum err mustache_load(struct arena *arena, const char *folder, struct mustache **ret_set)
{
	struct mustache *set;
	enum err err = mustache_open(arena, folder, &set);

	if (err == OK)
		err = check_set(set);
	if (err == OK)
		*ret_set = set;
	return err;
}

enum err mustache_render(const struct mustache *set, const char *name, enum language language,
                         const cJSON *context, struct buf *out)
{
	const struct mustache_template *template = mustache_find(set, name, "html");
	enum err err;

	if (template == NULL) {
		log_error("there is no template \"%s\"", name);
		return ERR_INTERNAL;
	}
	err = mustache_render_template(set, template, language, context, out);
	if (err == ERR_TOO_LARGE)
		log_error("%s nests too deep or grows too large", template->path);
	return err == OK ? OK : ERR_INTERNAL;
}

/* --- one text -------------------------------------------------------------- */

static enum err parse_html(struct arena *arena, const char *name, const char *text,
                           struct mustache_template *template, struct mustache_parsed *ret_parsed)
{
	const struct mustache_source source = { .text = text, .len = strlen(text) };
	enum err err = mustache_parse(arena, &source, ret_parsed);

	template->name = name;
	template->ending = "html";
	template->escape = MUSTACHE_HTML;
	if (err == OK)
		publish(template, LANG_EN, ret_parsed);
	return err;
}

enum err mustache_render_text(const char *source, const cJSON *partials, const cJSON *context,
                              struct buf *out)
{
	struct mustache_template main_template = { .name = "" };
	struct mustache set = { .count = 0 };
	size_t count = partials == NULL ? 0 : (size_t)cJSON_GetArraySize(partials),
	       parsed_count = 0;
	struct mustache_parsed *parsed = arena_array(out->arena, count + 1, sizeof(*parsed));
	const cJSON *item;
	enum err err = parse_html(out->arena, "", source, &main_template, &parsed[parsed_count++]);

	set.templates = arena_array(out->arena, count, sizeof(*set.templates));
	cJSON_ArrayForEach(item, partials)
	{
		if (err == OK && cJSON_IsString(item) && item->string != NULL)
			err = parse_html(out->arena, item->string, item->valuestring,
			                 &set.templates[set.count++], &parsed[parsed_count++]);
	}
	if (err != OK)
		return err;
	sort_set(&set);
	for (size_t i = 0; i < parsed_count; i++)
		link_nodes(&set, "html", parsed[i].references);
	return mustache_render_template(&set, &main_template, LANG_EN, context, out);
}
