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

/* Parses once per language, or once for all if there is nothing to translate. */
static enum err parse_languages(struct arena *arena, struct mustache_source *source,
                                struct mustache_template *template)
{
	bool differs = true;

	for (int i = 0; i < LANG_COUNT; i++) {
		struct mustache_parsed parsed;

		template->roots[i] = template->roots[LANG_EN];
		if (!differs)
			continue;
		source->language = (enum language)i;
		if (mustache_parse(arena, source, &parsed) != OK)
			return ERR_INVALID;
		template->roots[i] = parsed.root;
		template->references[i] = parsed.references;
		differs = parsed.has_messages;
	}
	return OK;
}

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

static enum err load_file(struct arena *arena, const struct file *file,
                          struct mustache_template *template)
{
	struct mustache_source source = { .path = file->path, .has_messages = true };
	enum err err = read_text(arena, file->path, &source);

	if (err != OK)
		return err;
	template->path = file->path;
	set_name(arena, template, file->name);
	return parse_languages(arena, &source, template) == OK ? OK : ERR_INTERNAL;
}

/* Ties every partial and parent to its template; returns one that is missing, or NULL. */
static const struct mustache_node *link_template(const struct mustache *set,
                                                 const struct mustache_template *template)
{
	const struct mustache_node *missing = NULL;

	for (int i = 0; i < LANG_COUNT; i++) {
		struct mustache_node *node = template->references[i];

		for (; node != NULL; node = node->next_reference) {
			node->target = mustache_find(set, node->label, template->ending);
			if (node->target == NULL)
				missing = node;
		}
	}
	return missing;
}

static enum err link_set(const struct mustache *set)
{
	enum err err = OK;

	for (size_t i = 0; i < set->count; i++) {
		const struct mustache_template *template = &set->templates[i];
		const struct mustache_node *missing = link_template(set, template);

		if (missing == NULL)
			continue;
		log_error("%s:%d: there is no template \"%s\"", template->path, missing->line,
		          missing->label);
		err = ERR_INTERNAL;
	}
	return err;
}

static void sort_set(struct mustache *set)
{
	if (set->count > 0)
		qsort(set->templates, set->count, sizeof(*set->templates), compare_templates);
}

enum err mustache_load(struct arena *arena, const char *folder, struct mustache **ret_set)
{
	struct loader loader = { .arena = arena, .skip = strlen(folder) + 1 };
	struct mustache *set = arena_alloc(arena, sizeof(*set));
	enum err err = list_folder(&loader, folder, 0);

	set->templates = arena_array(arena, loader.count, sizeof(*set->templates));
	for (struct file *file = loader.files; file != NULL && err == OK; file = file->next)
		err = load_file(arena, file, &set->templates[set->count++]);
	if (err != OK)
		return err;
	sort_set(set);
	err = link_set(set);
	if (err == OK)
		*ret_set = set;
	return err;
}

enum err mustache_render(const struct mustache *set, const char *name, enum language language,
                         const cJSON *context, struct buf *out)
{
	const struct mustache_template *template = mustache_find(set, name, "html");

	if (template == NULL) {
		log_error("there is no template \"%s\"", name);
		return ERR_INTERNAL;
	}
	if (mustache_render_template(set, template, language, context, out) != OK) {
		log_error("%s nests too deep or grows too large", template->path);
		return ERR_INTERNAL;
	}
	return OK;
}

/* --- one text -------------------------------------------------------------- */

static enum err parse_html(struct arena *arena, const char *name, const char *text,
                           struct mustache_template *template)
{
	struct mustache_source source = { .text = text, .len = strlen(text) };

	template->name = name;
	template->ending = "html";
	template->escape = MUSTACHE_HTML;
	return parse_languages(arena, &source, template);
}

enum err mustache_render_text(const char *source, const cJSON *partials, const cJSON *context,
                              struct buf *out)
{
	struct mustache_template main_template = { .name = "" };
	struct mustache set = { .count = 0 };
	size_t count = partials == NULL ? 0 : (size_t)cJSON_GetArraySize(partials);
	const cJSON *item;
	enum err err = parse_html(out->arena, "", source, &main_template);

	set.templates = arena_array(out->arena, count, sizeof(*set.templates));
	cJSON_ArrayForEach(item, partials)
	{
		if (err == OK && cJSON_IsString(item) && item->string != NULL)
			err = parse_html(out->arena, item->string, item->valuestring,
			                 &set.templates[set.count++]);
	}
	if (err != OK)
		return err;
	sort_set(&set);
	for (size_t i = 0; i < set.count; i++)
		link_template(&set, &set.templates[i]);
	link_template(&set, &main_template);
	return mustache_render_template(&set, &main_template, LANG_EN, context, out);
}
