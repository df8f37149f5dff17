/* What the installation counts and how it is, for Prometheus (text format 0.0.4). */
#ifndef VIVA_VIEW_METER_VIEW_H
#define VIVA_VIEW_METER_VIEW_H

#include "base/buf.h"
#include "base/meter.h"
#include "store/health.h"
#include "witness/model.h"

struct meter_page {
	int64_t now; /* milliseconds since 1970 UTC, as all times here */
	struct meter_reading meter;
	struct health health;
	struct health_counts counts;
	int64_t database_bytes, log_bytes, free_bytes; /* -1: not known */
	int64_t backup_at;                             /* the newest one; 0: there is none */
	enum model_state model;
	int slots, slots_busy; /* of the judge on this machine */
};

/* Appends it all; a value of a label may hold any text. */
void meter_view_add(struct buf *out, const struct meter_page *page);

#endif
