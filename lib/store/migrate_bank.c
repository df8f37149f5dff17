/* The seventh edition: a bank that is searched and measured. */
#include "store/migrate.h"

const char migrate_practised_bank[] =
        "ALTER TABLE roles ADD COLUMN other_titles TEXT NOT NULL DEFAULT '{}';"
        "ALTER TABLE bank_questions ADD COLUMN code_languages TEXT NOT NULL DEFAULT '';"
        "ALTER TABLE bank_questions ADD COLUMN answers TEXT NOT NULL DEFAULT '';"
        "CREATE VIRTUAL TABLE bank_search USING fts5 (bank_id UNINDEXED, language UNINDEXED,"
        " words, tokenize = 'unicode61');"
        "CREATE TABLE item_statistics ("
        " bank_id TEXT NOT NULL,"
        " key_point_id TEXT NOT NULL,"
        " asked INTEGER NOT NULL DEFAULT 0,"
        " answered INTEGER NOT NULL DEFAULT 0,"
        " share REAL NOT NULL DEFAULT 0,"
        " share_squared REAL NOT NULL DEFAULT 0,"
        " rest REAL NOT NULL DEFAULT 0,"
        " rest_squared REAL NOT NULL DEFAULT 0,"
        " product REAL NOT NULL DEFAULT 0,"
        " last_at INTEGER NOT NULL,"
        " PRIMARY KEY (bank_id, key_point_id)"
        " ) STRICT;"
        "ALTER TABLE interviews ADD COLUMN role_title TEXT NOT NULL DEFAULT '';";
