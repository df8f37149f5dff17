/* The version of the static files, part of their addresses so that they can be cached for ever. */
#ifndef VIVA_WEB_ASSETS_H
#define VIVA_WEB_ASSETS_H

/* Reads build/static/VERSION once, before any thread starts. */
void assets_load(void);

/* Hexadecimal digits; "0" when the file was not there. */
const char *assets_version(void);

#endif
