#include "pdf/press.h"

#include <pango/pangocairo.h>
#include <pthread.h>

#include "base/log.h"

struct press {
	pthread_mutex_t lock;
	PangoFontMap *fonts; /* NULL until they are needed */
};

static void close_press(void *opened)
{
	struct press *press = opened;

	g_clear_object(&press->fonts);
	pthread_mutex_destroy(&press->lock);
}

struct press *press_open(struct arena *lasting)
{
	struct press *press = arena_alloc(lasting, sizeof(*press));

	pthread_mutex_init(&press->lock, NULL);
	arena_defer(lasting, close_press, press);
	return press;
}

/* Pango ends the process when there is no font at all, so families are counted first. */
static bool has_families(PangoFontMap *fonts)
{
	PangoFontFamily **families = NULL;
	int count = 0;

	pango_font_map_list_families(fonts, &families, &count);
	g_free(families);
	return count > 0;
}

static bool has_letters(PangoFontMap *fonts)
{
	static const gunichar letters[] = { 'A', 0x416, 0x457, 0x491 }; /* A Ж ї ґ */
	PangoContext *context = pango_font_map_create_context(fonts);
	PangoFontDescription *wanted = pango_font_description_from_string("DejaVu Sans 10");
	PangoFont *font = pango_font_map_load_font(fonts, context, wanted);
	bool found = font != NULL;

	for (size_t i = 0; found && i < sizeof(letters) / sizeof(letters[0]); i++)
		found = pango_font_has_char(font, letters[i]);
	if (font != NULL)
		g_object_unref(font);
	pango_font_description_free(wanted);
	g_object_unref(context);
	return found;
}

static bool make_fonts(struct press *press)
{
	PangoFontMap *fonts = pango_cairo_font_map_new();

	if (has_families(fonts) && has_letters(fonts)) {
		press->fonts = fonts;
		return true;
	}
	g_object_unref(fonts);
	log_error("no PDF can be made: this machine has no font with Latin and Cyrillic letters; "
	          "install the package fonts-dejavu-core");
	return false;
}

enum err press_lock(struct press *press)
{
	pthread_mutex_lock(&press->lock);
	if (press->fonts != NULL || make_fonts(press))
		return OK;
	pthread_mutex_unlock(&press->lock);
	return ERR_INTERNAL;
}

void press_unlock(struct press *press)
{
	pthread_mutex_unlock(&press->lock);
}

/* On paper nothing is moved to the dots of a screen. */
PangoContext *press_context(struct press *press)
{
	PangoContext *context = pango_font_map_create_context(press->fonts);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	return context;
}
