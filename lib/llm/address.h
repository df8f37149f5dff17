/* Addresses of endpoints. */
#ifndef VIVA_LLM_ADDRESS_H
#define VIVA_LLM_ADDRESS_H

#include <stdbool.h>

#include <sys/socket.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * The base address, put in order: without a slash at its end, "/v1" when there was no path,
 * without the "/chat/completions" that somebody copied along. ERR_INVALID: it is no http or
 * https address, or holds a user name or password, and `ret_fault` says so and which it is.
 */
enum err address_base(struct arena *arena, const char *text, const char **ret_base,
                      const char **ret_fault);

/*
 * Whether the text is a http or https address without user name and password, to be used as it
 * is. ERR_INVALID: it is not, and `ret_fault` says why in a few words, without the address.
 */
enum err address_check(const char *text, const char **ret_fault);

/* Scheme, host and port of an address for people: what follows them may hold secrets. */
const char *address_origin(struct arena *arena, const char *url);

/* Any text that was to be an address, shortened, without its user name and password. */
const char *address_shown(struct arena *arena, const char *text);

/* The base with `path` ("/embeddings") behind its own; a query stays at the end. */
const char *address_below(struct arena *arena, const char *base, const char *path);

/* True if scheme, host and port are the same. */
bool address_same_origin(const char *one, const char *other);

/* True if the host is this machine: no proxy is asked for it. */
bool address_is_loopback(const char *url);

/*
 * True if the IPv4 or IPv6 address belongs to the internet at large: not this machine, a
 * private network, a link, a carrier, a cloud's metadata, multicast or one that is reserved,
 * also not such an IPv4 address inside an IPv6 one.
 */
bool address_is_public(const struct sockaddr *address);

#endif
