/* Addresses of endpoints. */
#ifndef VIVA_LLM_ADDRESS_H
#define VIVA_LLM_ADDRESS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * The base address, put in order: without a slash at its end, "/v1" when there was no path,
 * without the "/chat/completions" that somebody copied along. ERR_INVALID: it is no http or
 * https address, or holds a user name or password, and `ret_fault` says so and which it is.
 */
enum err address_base(struct arena *arena, const char *text, const char **ret_base,
                      const char **ret_fault);

/* Any text that was to be an address, shortened, without its user name and password. */
const char *address_shown(struct arena *arena, const char *text);

/* The base with `path` ("/embeddings") behind its own; a query stays at the end. */
const char *address_below(struct arena *arena, const char *base, const char *path);

/* True if scheme, host and port are the same. */
bool address_same_origin(const char *one, const char *other);

/* True if the host is this machine: no proxy is asked for it. */
bool address_is_loopback(const char *url);

#endif
