/* The commands of the operator's CLI. Each prints what it did and returns the exit status. */
#ifndef VIVA_TOOLS_VIVA_H
#define VIVA_TOOLS_VIVA_H

#include "base/arena.h"
#include "judge/judge.h"
#include "store/store.h"

int admin_create(struct arena *arena, int argc, char **argv);
int admin_exists(struct arena *arena, int argc, char **argv);
int appeals_labels(struct arena *arena, int argc, char **argv);
int audit_print(struct arena *arena, int argc, char **argv);
int audit_show_head(struct arena *arena, int argc, char **argv);
int audit_verify_log(struct arena *arena, int argc, char **argv);
int backup_database(struct arena *arena, int argc, char **argv);
int bank_check(struct arena *arena, int argc, char **argv);
int bank_import(struct arena *arena, int argc, char **argv);
int bank_statistics(struct arena *arena, int argc, char **argv);
int doctor_look(struct arena *arena, int argc, char **argv);
int explain_grade(struct arena *arena, int argc, char **argv);
int export_traces(struct arena *arena, int argc, char **argv);
int judge_documents(struct arena *arena, int argc, char **argv);
int keys_list(struct arena *arena, int argc, char **argv);
int keys_rotate(struct arena *arena, int argc, char **argv);
int llm_check(struct arena *arena, int argc, char **argv);
int migrate(struct arena *arena, int argc, char **argv);
int refresh_questions(struct arena *arena, int argc, char **argv);
int replay(struct arena *arena, int argc, char **argv);
int rescore(struct arena *arena, int argc, char **argv);
int restore_database(struct arena *arena, int argc, char **argv);
int score_lines(struct arena *arena, int argc, char **argv);
int user_reset(struct arena *arena, int argc, char **argv);
int verify_reports(struct arena *arena, int argc, char **argv);
int webhook_send_due(struct arena *arena, int argc, char **argv);
int webhook_test(struct arena *arena, int argc, char **argv);
int work_once(struct arena *arena, int argc, char **argv);

/*
 * Creates the database or brings it up to date with all that belongs to it; the log says why it
 * could not.
 */
enum err migrate_at(struct arena *arena, const char *path);

/*
 * `viva verify` of all revisions of one interview's report; what is wrong is told on standard
 * output. ERR_NOT_FOUND: there is no such interview.
 */
enum err verify_one(struct store *store, struct arena *arena, const char *interview_id,
                    bool *ret_right);

/* The configured database, closed when the arena goes; a failure is told and gives NULL. */
struct store *open_store(struct arena *arena);

/* The same for a command that writes nothing; see store_open_to_read. */
struct store *open_store_to_read(struct arena *arena);

/*
 * The judge as configured, its programs looked for beside this one first; see
 * judge_create. Where VIVA_VAR/judge cannot be made it works in a folder of its own,
 * which goes with the arena.
 */
struct judge *open_judge(struct arena *arena);

#endif
