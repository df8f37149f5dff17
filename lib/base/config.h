/*
 * The configuration: one table with name, default and meaning. Values come from
 * the environment, then from the .env file, then from the table.
 */
#ifndef VIVA_BASE_CONFIG_H
#define VIVA_BASE_CONFIG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* name in struct config, variable, default, meaning */
#define CONFIG_TEXTS(X)                                                                            \
	X(home, "VIVA_HOME", ".",                                                                  \
	  "folder with templates/, bank/ and schema.sql; unset: found "                            \
	  "from the place of the program")                                                         \
	X(var, "VIVA_VAR", "var",                                                                  \
	  "folder for the database, the logs and the sockets; unset: "                             \
	  "var/ in Viva's folder, /var/lib/viva where it was installed "                           \
	  "for the system")                                                                        \
	X(log_folder, "VIVA_LOG_DIR", "",                                                          \
	  "folder for system.log and personal.log; empty: VIVA_VAR/log; \"-\": standard error")    \
	X(base_path, "VIVA_BASE_PATH", "",                                                         \
	  "prefix of every address, such as /viva; empty at the root of a host")                   \
	X(public_url, "VIVA_PUBLIC_URL", "",                                                       \
	  "address of the front page, such as https://viva.example.org, without a slash at the "   \
	  "end: links to copy begin with it; empty: as the browser asked")                         \
	X(programs, "VIVA_PROGRAMS", "build",                                                      \
	  "folder with judge-box and judge-sql; relative to VIVA_HOME; unset: found likewise")     \
	X(judge_tiers, "VIVA_JUDGE_TIERS", "A1,A2,B,C",                                            \
	  "tiers of the sandbox that may be used, best first")                                     \
	X(llm_url, "OPENAI_BASE_URL", "",                                                          \
	  "OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1 (also "                   \
	  "LITELLM_BASE_URL, without /v1); empty: no model")                                       \
	X(llm_key, "OPENAI_API_KEY", "", "its key (also LITELLM_API_KEY); never logged")           \
	X(llm_model, "OPENAI_MODEL", "", "model of all agents (also LITELLM_MODEL)")               \
	X(agent_models, "VIVA_AGENT_MODELS", "",                                                   \
	  "other models for some agents: \"evaluator=big observer=small\"")                        \
	X(agent_temperatures, "VIVA_AGENT_TEMPERATURES", "",                                       \
	  "other temperatures for some agents: \"evaluator=0.2\"")                                 \
	X(agent_max_tokens, "VIVA_AGENT_MAX_TOKENS", "",                                           \
	  "other token limits for some agents: \"recruiter_writer=2000\"")                         \
	X(otlp_url, "OTEL_EXPORTER_OTLP_ENDPOINT", "",                                             \
	  "OpenTelemetry collector that traces go to; empty: none")                                \
	X(otlp_headers, "OTEL_EXPORTER_OTLP_HEADERS", "", "headers for it: name=value,name=value") \
	X(langfuse_url, "LANGFUSE_HOST", "", "Langfuse that traces and scores go to")              \
	X(langfuse_public_key, "LANGFUSE_PUBLIC_KEY", "", "its public key")                        \
	X(langfuse_secret_key, "LANGFUSE_SECRET_KEY", "", "its secret key; never logged")          \
	X(webhook_url, "VIVA_WEBHOOK_URL", "",                                                     \
	  "address that is told of each finished interview; empty: none")                          \
	X(webhook_secret, "VIVA_WEBHOOK_SECRET", "",                                               \
	  "what it is signed with: whsec_ and base64 of 24 bytes or more; never logged")           \
	X(backup_folder, "VIVA_BACKUP_DIR", "",                                                    \
	  "folder for backups, relative to VIVA_VAR; empty: backup")                               \
	X(backup_keep, "VIVA_BACKUP_KEEP", "7,4,6",                                                \
	  "backups that stay: the newest of so many days, weeks and months")                       \
	X(metrics_token, "VIVA_METRICS_TOKEN", "",                                                 \
	  "bearer token that /metrics wants; empty: it answers this machine only")                 \
	X(password_dictionary, "VIVA_PASSWORD_DICTIONARY", "/var/cache/cracklib/cracklib_dict",    \
	  "dictionary of cracklib, without its endings: passwords that are too common")

/* name in struct config, variable, default, smallest, largest, meaning */
#define CONFIG_NUMBERS(X)                                                                          \
	X(threads, "VIVA_THREADS", 8, 1, 512, "threads of each FastCGI process")                   \
	X(max_body_kb, "VIVA_MAX_BODY_KB", 6144, 64, 65536,                                        \
	  "largest request body, KiB; four times as much on pages for admins")                     \
	X(password_memory_kb, "VIVA_PASSWORD_MEMORY_KB", 65536, 12288, 1048576,                    \
	  "memory that hashing a new password takes (Argon2id, 3 passes), KiB")                    \
	X(session_days, "VIVA_SESSION_DAYS", 30, 1, 365, "days until an unused log-in ends")       \
	X(interviews_per_day, "VIVA_INTERVIEWS_PER_DAY", 3, 1, 1000,                               \
	  "interviews a candidate may start a day; admins are exempt")                             \
	X(question_count, "VIVA_QUESTION_COUNT", 10, 1, 15,                                        \
	  "questions of an interview unless the candidate chooses")                                \
	X(max_turns, "MAX_TURNS", 80, 5, 1000, "candidate messages after which an interview ends") \
	X(login_tries, "VIVA_LOGIN_TRIES", 5, 1, 1000,                                             \
	  "failed log-ins of one account from one address before a pause")                         \
	X(address_tries, "VIVA_ADDRESS_TRIES", 50, 1, 100000,                                      \
	  "the same for one address, which many people may share")                                 \
	X(account_tries, "VIVA_ACCOUNT_TRIES", 50, 1, 100000,                                      \
	  "the same for one account over all addresses; known browsers do not wait")               \
	X(login_pause_s, "VIVA_LOGIN_PAUSE_S", 300, 1, 86400, "length of that pause, seconds")     \
	X(registrations_per_hour, "VIVA_REGISTRATIONS_PER_HOUR", 20, 1, 100000,                    \
	  "new accounts an address may open an hour")                                              \
	X(api_per_minute, "VIVA_API_PER_MINUTE", 120, 1, 1000000,                                  \
	  "requests to the API that a person may make a minute")                                   \
	X(api_strangers_per_minute, "VIVA_API_STRANGERS_PER_MINUTE", 30, 1, 1000000,               \
	  "the same for an address without a token")                                               \
	X(judge_slots, "VIVA_JUDGE_SLOTS", 0, 0, 64,                                               \
	  "submissions judged at once on this machine; 0: processors less one")                    \
	X(llm_timeout_s, "LITELLM_TIMEOUT", 120, 1, 3600,                                          \
	  "one call of a model with all its tries, seconds")                                       \
	X(llm_tries, "LITELLM_MAX_RETRIES", 2, 0, 10,                                              \
	  "tries after the first of a call that failed")                                           \
	X(llm_first_byte_s, "VIVA_LLM_FIRST_BYTE_S", 300, 1, 3600,                                 \
	  "wait for the first byte of an answer, seconds")                                         \
	X(llm_idle_s, "VIVA_LLM_IDLE_S", 60, 1, 3600,                                              \
	  "silence within an answer that ends it, seconds")                                        \
	X(llm_parallel, "VIVA_LLM_PARALLEL", 0, 0, 1000,                                           \
	  "calls of a model at once in each process; 0: any number")                               \
	X(llm_step_s, "VIVA_LLM_STEP_S", 60, 1, 600,                                               \
	  "seconds a candidate's step may wait for models; then the built-in examiner takes it")   \
	X(llm_report_s, "VIVA_LLM_REPORT_S", 120, 1, 1200, "the same for writing a report")        \
	X(llm_requests, "VIVA_LLM_REQUESTS", 600, 0, 1000000,                                      \
	  "requests to models that one interview may cost; then the built-in examiner goes on")    \
	X(interview_threads, "VIVA_INTERVIEW_THREADS", 64, 1, 512,                                 \
	  "threads of each process of the programs interview and code: answers of a model "        \
	  "that can be under way at once")                                                         \
	X(tz_offset_min, "APP_TZ_OFFSET", 0, -720, 840,                                            \
	  "time zone of logs, and of people who chose none, minutes east of UTC")

/* name in struct config, variable, default, meaning */
#define CONFIG_SWITCHES(X)                                                           \
	X(secure_cookies, "VIVA_SECURE_COOKIES", false,                              \
	  "mark cookies Secure even when the request does not say it came by https") \
	X(trust_proxy, "VIVA_TRUST_PROXY", false,                                    \
	  "take the visitor's address and https from X-Forwarded-For and -Proto")    \
	X(webhook_private, "VIVA_WEBHOOK_PRIVATE", false,                            \
	  "let VIVA_WEBHOOK_URL be on this machine or in a private network")         \
	X(backup_daily, "VIVA_BACKUP_DAILY", true,                                   \
	  "make a backup a day, while the programs run or by `viva work`")           \
	X(no_think, "VIVA_NO_THINK", false,                                          \
	  "put /no_think before the prompts, for models that think aloud otherwise") \
	X(trace_content, "VIVA_TRACE_CONTENT", false,                                \
	  "put what people and models said into traces: personal data")

struct config {
#define CONFIG_TEXT_MEMBER(name, variable, fallback, meaning)             const char *name;
#define CONFIG_NUMBER_MEMBER(name, variable, fallback, min, max, meaning) int name;
#define CONFIG_SWITCH_MEMBER(name, variable, fallback, meaning)           bool name;
	CONFIG_TEXTS(CONFIG_TEXT_MEMBER)
	CONFIG_NUMBERS(CONFIG_NUMBER_MEMBER)
	CONFIG_SWITCHES(CONFIG_SWITCH_MEMBER)
#undef CONFIG_TEXT_MEMBER
#undef CONFIG_NUMBER_MEMBER
#undef CONFIG_SWITCH_MEMBER
};

/*
 * Reads VIVA_HOME/.env, the settings of an installed Viva (base/place.h) and the environment
 * once, before any thread starts; the environment wins, then .env. A value that cannot be read,
 * or a file that is there and cannot, is named on standard error and gives ERR_INVALID.
 */
enum err config_load(void);

/* What config_load could not read, in English, ended by NULL. */
const char *const *config_faults(void);

/* True if a setting is called so; the name most like it, for one that was mistyped. */
bool config_is_name(const char *variable);
const char *config_nearest_name(const char *variable);

/* The configuration; defaults before config_load. Read-only. */
const struct config *config(void);

/* "<home>/<name>" or "<var>/<name>" of the configuration, kept until the process ends. */
const char *config_home_path(const char *name);
const char *config_var_path(const char *name);

/*
 * What the build makes of the sources, "locale" or "static/VERSION": below <home>/build in a
 * source tree, below <home> where it is installed. Kept until the process ends.
 */
const char *config_made_path(const char *name);

/* The folder with judge-box and judge-sql, kept until the process ends. */
const char *config_programs_path(void);

/* The folder for logs, or NULL for standard error. */
const char *config_log_folder(void);

/* Writes the table as Markdown, for the README. */
void config_print(FILE *out);

#endif
