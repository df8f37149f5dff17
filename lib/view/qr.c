#include "view/qr.h"

#include <string.h>

#include <qrencode.h>

#include "base/buf.h"

enum { MARGIN = 4 };

/* A path of the dark modules: each run of a row is one rectangle. */
static void add_modules(struct buf *out, const QRcode *code)
{
	for (int y = 0; y < code->width; y++) {
		const unsigned char *row = code->data + y * code->width;

		for (int x = 0, end; x < code->width; x = end + 1) {
			for (end = x; end < code->width && (row[end] & 1) != 0; end++)
				continue;
			if (end > x)
				buf_printf(out, "M%d %dh%dv1h-%dz", x + MARGIN, y + MARGIN, end - x,
				           end - x);
		}
	}
}

char *qr_svg(struct arena *arena, const char *text, const char *label)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct buf out;
	int size;

	if (code == NULL)
		return NULL;
	size = code->width + 2 * MARGIN;
	buf_init(&out, arena);
	buf_printf(&out, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", size,
	           size);
	buf_html(&out, label, strlen(label));
	buf_printf(&out,
	           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
	           "<path fill=\"#000\" d=\"",
	           size, size);
	add_modules(&out, code);
	buf_str(&out, "\"/></svg>");
	QRcode_free(code);
	return out.data;
}
