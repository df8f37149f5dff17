-- Viva's database, edition 7. Times are milliseconds since 1970 UTC. Ids shown to
-- people are random UUIDs. A new database is made from this file, which always tells
-- the newest edition; a step in lib/store/migrate.c brings an older one there.

-- Facts about this installation.
CREATE TABLE settings (
  name   TEXT PRIMARY KEY,      -- such as 'csrf_key'
  value  TEXT NOT NULL          -- text; keys are hexadecimal
) STRICT;

-- People: candidates register, admins are made by the operator's CLI.
CREATE TABLE users (
  id             TEXT PRIMARY KEY,                    -- UUID
  username       TEXT NOT NULL,                       -- as typed
  username_key   TEXT NOT NULL UNIQUE,                -- lower case: names differ by more than case
  full_name      TEXT NOT NULL DEFAULT '',            -- may be empty
  name_key       TEXT NOT NULL,                       -- username_key, a space, full_name in lower case, е for ё: to search and sort
  password_hash  TEXT NOT NULL,                       -- Argon2id, encoded form
  language       TEXT NOT NULL CHECK (language IN ('en','ru','uk')), -- of the interface
  role           TEXT NOT NULL CHECK (role IN ('candidate','admin')), -- what they may do
  position       TEXT NOT NULL DEFAULT '',            -- desired position
  level          TEXT NOT NULL DEFAULT '' CHECK (level IN ('','junior','middle','senior')), -- experience
  stack          TEXT NOT NULL DEFAULT '',            -- technologies, comma-separated
  about          TEXT NOT NULL DEFAULT '',            -- free text
  disabled_at    INTEGER,                             -- set by an admin: no log-in from then on
  created_at     INTEGER NOT NULL,                    -- registration
  time_zone      TEXT NOT NULL DEFAULT '',            -- 'Europe/Kyiv': of the times shown; '': the server's
  experience_years REAL CHECK (experience_years BETWEEN 0 AND 60), -- in the profession; NULL: unknown
  totp_secret    TEXT,                                -- base32; NULL: no second factor at log-in
  totp_step      INTEGER NOT NULL DEFAULT 0,          -- last 30 s step whose code was used: none counts twice
  is_blind       INTEGER NOT NULL DEFAULT 0 CHECK (is_blind IN (0,1)) -- an admin: names and CVs are hidden until a decision
) STRICT;
CREATE INDEX users_by_name ON users (role, name_key);

-- Log-ins of browsers.
CREATE TABLE web_sessions (
  token_hash    TEXT PRIMARY KEY,                     -- BLAKE2b of the cookie, hexadecimal
  id            TEXT NOT NULL UNIQUE,                 -- UUID: names it on the list of log-ins
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- who
  user_agent    TEXT NOT NULL DEFAULT '',             -- for the list of sessions
  created_at    INTEGER NOT NULL,                     -- log-in
  seen_at       INTEGER NOT NULL,                     -- last use, to a few minutes
  expires_at    INTEGER NOT NULL                      -- no use after that
) STRICT;
CREATE INDEX web_sessions_by_user ON web_sessions (user_id);

-- Log-ins whose password was right and that wait for the second factor.
CREATE TABLE login_challenges (
  token_hash  TEXT PRIMARY KEY,                       -- BLAKE2b of the token, hexadecimal
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- who
  tries       INTEGER NOT NULL DEFAULT 0,             -- wrong codes so far
  expires_at  INTEGER NOT NULL                        -- no use after that
) STRICT;
CREATE INDEX login_challenges_by_user ON login_challenges (user_id);

-- One-time codes for who has lost the second factor.
CREATE TABLE recovery_codes (
  user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- whose
  code_hash  TEXT NOT NULL,                           -- BLAKE2b, hexadecimal
  used_at    INTEGER,                                 -- NULL: not yet
  PRIMARY KEY (user_id, code_hash)
) STRICT;

-- One-time codes that an admin gives to who has lost the password.
CREATE TABLE password_resets (
  code_hash   TEXT PRIMARY KEY,                       -- BLAKE2b, hexadecimal
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- whose password
  issued_by   TEXT REFERENCES users (id) ON DELETE SET NULL, -- admin; NULL: the operator's command
  created_at  INTEGER NOT NULL,                       -- issued
  expires_at  INTEGER NOT NULL,                       -- no use after that
  used_at     INTEGER,                                -- NULL: not yet
  drops_factor INTEGER NOT NULL DEFAULT 0             -- 1: using it switches the second factor off
) STRICT;
CREATE INDEX password_resets_by_user ON password_resets (user_id);

-- Log-ins of programs: a family of refresh tokens, each made from the one before.
CREATE TABLE token_families (
  id          TEXT PRIMARY KEY,                       -- UUID; access tokens name it
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- who
  user_agent  TEXT NOT NULL DEFAULT '',               -- for the list of sessions
  created_at  INTEGER NOT NULL,                       -- log-in
  seen_at     INTEGER NOT NULL,                       -- last refresh
  expires_at  INTEGER NOT NULL,                       -- no use after that
  revoked_at  INTEGER                                 -- log-out, or a used token came again
) STRICT;
CREATE INDEX token_families_by_user ON token_families (user_id);

-- Refresh tokens, used ones as well: one that comes again revokes its family.
CREATE TABLE refresh_tokens (
  token_hash  TEXT PRIMARY KEY,                       -- BLAKE2b, hexadecimal
  family_id   TEXT NOT NULL REFERENCES token_families (id) ON DELETE CASCADE, -- its family
  created_at  INTEGER NOT NULL,                       -- issued
  used_at     INTEGER                                 -- exchanged for the next; NULL: not yet
) STRICT;
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);

-- Tokens that people make for their own programs.
CREATE TABLE personal_tokens (
  id          TEXT PRIMARY KEY,                       -- UUID
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- whose
  name        TEXT NOT NULL,                          -- what it is for
  token_hash  TEXT NOT NULL UNIQUE,                   -- BLAKE2b, hexadecimal
  scope       TEXT NOT NULL CHECK (scope IN ('read','write','admin')), -- each holds those before
  created_at  INTEGER NOT NULL,                       -- made
  seen_at     INTEGER,                                -- last use, to a few minutes; NULL: none
  expires_at  INTEGER NOT NULL                        -- no use after that
) STRICT;
CREATE INDEX personal_tokens_by_user ON personal_tokens (user_id);

-- Answers of the API to requests with an Idempotency-Key, to give them again.
CREATE TABLE idempotency_keys (
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- who asked
  name          TEXT NOT NULL,                        -- the key as sent
  request_hash  TEXT NOT NULL,                        -- of method, path and body: the same key means the same request
  status        INTEGER NOT NULL DEFAULT 0,           -- HTTP status; 0: still at work
  headers       TEXT NOT NULL DEFAULT '',             -- of the answer, as sent
  body          TEXT NOT NULL DEFAULT '',             -- of the answer
  created_at    INTEGER NOT NULL,                     -- when it came
  PRIMARY KEY (user_id, name)
) STRICT;
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);

-- The CV that a candidate uploaded: its text, and what was found in it.
CREATE TABLE cvs (
  user_id       TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE, -- whose; one each
  file_name     TEXT NOT NULL,                        -- as uploaded
  body          TEXT NOT NULL,                        -- text of the PDF
  proposal      TEXT NOT NULL,                        -- JSON as in lib/profile/proposal.h: position, level, years, technologies
  engine        TEXT NOT NULL,                        -- 'builtin' or the model that read it
  uploaded_at   INTEGER NOT NULL,                     -- when
  confirmed_at  INTEGER                               -- the proposals were confirmed or edited; NULL: they wait
) STRICT;

-- Counters that slow down guessing and flooding.
CREATE TABLE throttles (
  subject     TEXT PRIMARY KEY,                       -- what is counted and of whom: 'account:<name>', 'address:<ip>', ..
  failures    INTEGER NOT NULL,                       -- in the current window
  window_end  INTEGER NOT NULL                        -- counting starts anew after that
) STRICT;

-- The catalogue of roles.
CREATE TABLE roles (
  id          TEXT PRIMARY KEY,                       -- 'backend'
  track       TEXT NOT NULL,                          -- group in reports
  title_en    TEXT NOT NULL,                          -- shown title in English
  title_ru    TEXT NOT NULL,                          -- in Russian
  title_uk    TEXT NOT NULL,                          -- in Ukrainian
  skill_tags  TEXT NOT NULL,                          -- JSON array
  position    INTEGER NOT NULL,                       -- order in the catalogue
  enabled     INTEGER NOT NULL DEFAULT 1,             -- 0 hides it from new interviews
  edited_at   INTEGER,                                -- by an admin; an import of files leaves it as it is then; NULL: as imported
  other_titles TEXT NOT NULL DEFAULT '{}'             -- JSON: lists of other names by language, 'golang developer'
) STRICT;

-- The question bank: one row a question, all languages in the body.
CREATE TABLE bank_questions (
  id          TEXT PRIMARY KEY,                       -- 'backend-http-idempotency'
  type        TEXT NOT NULL CHECK (type IN ('technical','hr','case')), -- interview type it belongs to
  track       TEXT NOT NULL,                          -- 'backend', 'hr', ...
  category    TEXT NOT NULL,                          -- 'core', 'behavioural', ...
  level       TEXT NOT NULL CHECK (level IN ('junior','middle','senior')), -- whom it suits first
  difficulty  INTEGER NOT NULL CHECK (difficulty BETWEEN 0 AND 3), -- BASIC..EXPERT
  body        TEXT NOT NULL,                          -- JSON as in bank/README.md
  body_hash   TEXT NOT NULL,                          -- changes when the body does
  enabled     INTEGER NOT NULL DEFAULT 1,             -- 0 keeps it out of new interviews
  q_type      TEXT NOT NULL DEFAULT 'theory' CHECK (q_type IN ('theory','coding')), -- kind
  source      TEXT NOT NULL DEFAULT 'bank' CHECK (source IN ('bank','llm')), -- bank: imported from files; llm: generated
  edited_at   INTEGER,                                 -- by an admin; an import of files leaves it as it is then; NULL: as imported
  code_languages TEXT NOT NULL DEFAULT '',            -- coding: languages that can solve it, ' c python '; '': theory
  answers     TEXT NOT NULL DEFAULT ''                -- JSON: the stored answers a question is tested with; never asked, never shown to candidates
) STRICT;
-- Questions are chosen from this alone: bodies are long.
CREATE INDEX bank_outlines ON bank_questions (id, enabled, type, track, category, level, difficulty, q_type,
  code_languages, source, edited_at, body_hash);

-- Words of the bank's questions, each a stem in the language, to search in.
CREATE VIRTUAL TABLE bank_search USING fts5 (bank_id UNINDEXED, language UNINDEXED, words, tokenize = 'unicode61');

-- Which state of each question bank_search has. Its rows there have the numbers 3 * number and the two behind it.
CREATE TABLE bank_searched (
  number   INTEGER PRIMARY KEY,                       -- of the question
  bank_id  TEXT NOT NULL UNIQUE REFERENCES bank_questions (id) ON DELETE CASCADE, -- of the bank
  made_of  TEXT NOT NULL                              -- body_hash, and the version of what made the words
) STRICT;

-- What finished interviews tell of a question and of each of its key points: sums from which
-- mean, spread and correlation follow. Shares are 0 to 1; nobody's name is in it.
CREATE TABLE item_statistics (
  bank_id       TEXT NOT NULL,                        -- of the bank
  key_point_id  TEXT NOT NULL,                        -- '': the question as a whole
  asked         INTEGER NOT NULL DEFAULT 0,           -- finished interviews it was asked in
  answered      INTEGER NOT NULL DEFAULT 0,           -- of those: answered without help; what follows is of these
  share         REAL NOT NULL DEFAULT 0,              -- sum of the shares of its marks
  share_squared REAL NOT NULL DEFAULT 0,              -- sum of their squares
  rest          REAL NOT NULL DEFAULT 0,              -- sum of the shares of the other questions' marks together
  rest_squared  REAL NOT NULL DEFAULT 0,              -- sum of their squares
  product       REAL NOT NULL DEFAULT 0,              -- sum of share times rest
  last_at       INTEGER NOT NULL,                     -- when it was last asked
  PRIMARY KEY (bank_id, key_point_id)
) STRICT;

-- A role's shared question set as it stood at one time; a change makes a new edition.
CREATE TABLE editions (
  role_id     TEXT NOT NULL REFERENCES roles (id) ON DELETE CASCADE, -- whose set
  number      INTEGER NOT NULL,                       -- 1, 2, ...
  set_hash    TEXT NOT NULL,                          -- of the questions' hashes, to see a change
  created_at  INTEGER NOT NULL,                       -- import or refresh
  PRIMARY KEY (role_id, number)
) STRICT;

-- The questions of an edition.
CREATE TABLE edition_questions (
  role_id      TEXT NOT NULL,                         -- with number: the edition
  number       INTEGER NOT NULL,                      -- of the edition
  question_id  TEXT NOT NULL REFERENCES bank_questions (id), -- a member of the set
  PRIMARY KEY (role_id, number, question_id),
  FOREIGN KEY (role_id, number) REFERENCES editions (role_id, number) ON DELETE CASCADE
) STRICT;

-- Interviews.
CREATE TABLE interviews (
  id               TEXT PRIMARY KEY,                  -- UUID
  owner_id         TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- the candidate
  role_id          TEXT NOT NULL REFERENCES roles (id), -- from the catalogue
  level            TEXT NOT NULL CHECK (level IN ('junior','middle','senior')), -- aimed at
  type             TEXT NOT NULL CHECK (type IN ('technical','hr','case','mixed')), -- what is asked
  language         TEXT NOT NULL CHECK (language IN ('en','ru','uk')), -- of questions and report
  edition          INTEGER NOT NULL,                  -- of the role's question set at the start
  question_count   INTEGER NOT NULL CHECK (question_count BETWEEN 1 AND 30), -- planned
  time_limit_min   INTEGER NOT NULL DEFAULT 0,        -- 0: none
  job_description  TEXT NOT NULL DEFAULT '',          -- optional, as typed
  status           TEXT NOT NULL CHECK (status IN ('created','in_progress','completed','abandoned')), -- where it stands
  difficulty       INTEGER NOT NULL CHECK (difficulty BETWEEN 0 AND 3), -- of the next question
  max_turns        INTEGER NOT NULL,                  -- candidate messages it may have
  stop_requested   INTEGER NOT NULL DEFAULT 0,        -- 1: the candidate asked to stop; confirmation pending
  start_nonce      TEXT NOT NULL,                     -- the form's one-time value: a double click starts one
  created_at       INTEGER NOT NULL,                  -- start button
  finished_at      INTEGER,                           -- set once, with status completed
  coding_percent   INTEGER NOT NULL DEFAULT 0 CHECK (coding_percent BETWEEN 0 AND 100), -- wished share of coding tasks
  code_language    TEXT NOT NULL DEFAULT '',          -- they are solved in, 'python', ...; '' when there are none
  stage            TEXT NOT NULL DEFAULT 'questions' CHECK (stage IN ('introduction','questions')), -- introduction: the candidate tells who they are
  parent_id        TEXT REFERENCES interviews (id) ON DELETE SET NULL, -- the interview that is taken again
  in_review        INTEGER NOT NULL DEFAULT 0,        -- 1: finished, and its key points were entered in review_cards
  invitation_id    TEXT REFERENCES invitations (id) ON DELETE SET NULL, -- that opened it; NULL: practice
  share            REAL,                              -- score of its report by full mark, kept by triggers; NULL: none
  role_title       TEXT NOT NULL DEFAULT '',          -- as the candidate named it; '': as the catalogue does
  repeats          TEXT NOT NULL DEFAULT '' CHECK (repeats IN ('','all','mistakes','similar')), -- which questions of the parent, or others like one of them; '': chosen anew
  UNIQUE (owner_id, start_nonce),
  CHECK ((status = 'completed') = (finished_at IS NOT NULL))
) STRICT;
-- Lists of people look no further than into this one to see whether an interview fits.
CREATE INDEX interviews_by_owner ON interviews (owner_id, created_at, status, role_id, level, type, share, invitation_id);
CREATE INDEX interviews_by_kind ON interviews (role_id, level, type, status, created_at, owner_id);
CREATE INDEX interviews_by_start ON interviews (created_at, owner_id);
CREATE INDEX interviews_by_share ON interviews (share, owner_id) WHERE share IS NOT NULL;
CREATE INDEX interviews_by_end ON interviews (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX interviews_by_parent ON interviews (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX interviews_by_invitation ON interviews (invitation_id, created_at) WHERE invitation_id IS NOT NULL;
CREATE INDEX interviews_to_review ON interviews (owner_id, finished_at) WHERE status = 'completed' AND in_review = 0;

-- When interviews were started: the daily limit counts deleted ones as well.
CREATE TABLE interview_starts (
  id          INTEGER PRIMARY KEY,                    -- order
  owner_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- who
  started_at  INTEGER NOT NULL                        -- when
) STRICT;
CREATE INDEX interview_starts_by_owner ON interview_starts (owner_id, started_at);

-- The questions of an interview, planned at the start, with what became of them.
CREATE TABLE questions (
  id              TEXT PRIMARY KEY,                   -- UUID
  interview_id    TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE, -- part of
  position        INTEGER NOT NULL CHECK (position >= 1), -- order, from 1
  bank_id         TEXT NOT NULL,                      -- the bank's question at that time
  q_type          TEXT NOT NULL CHECK (q_type IN ('theory','coding')), -- kind
  category        TEXT NOT NULL,                      -- planned slot: 'core', 'behavioural', ...
  snapshot        TEXT NOT NULL,                      -- the bank's body as asked, JSON: later edits change no report
  state           TEXT NOT NULL CHECK (state IN ('planned','active','answered','skipped','dont_know','unanswered')), -- what became of it
  follow_ups      INTEGER NOT NULL DEFAULT 0,         -- asked so far
  hints_used      INTEGER NOT NULL DEFAULT 0,         -- shown so far
  model_answer    INTEGER NOT NULL DEFAULT 0,         -- 1: the model answer was shown before the end
  answer          TEXT NOT NULL DEFAULT '',           -- the candidate's words on it, turns joined by a blank line
  asked_at        INTEGER,                            -- became active
  finished_at     INTEGER,                            -- left the active state
  UNIQUE (interview_id, position),
  UNIQUE (interview_id, bank_id)
) STRICT;
CREATE UNIQUE INDEX one_active_question ON questions (interview_id) WHERE state = 'active';
-- Progress is counted from this alone: snapshots are long.
CREATE INDEX questions_by_outcome ON questions (interview_id, state, q_type, bank_id, position,
  hints_used, model_answer, finished_at, id);
-- What somebody was asked before is read from this alone.
CREATE INDEX questions_met ON questions (interview_id, bank_id, asked_at) WHERE asked_at IS NOT NULL;

-- What was said, in order; nothing is ever changed or taken out.
CREATE TABLE turns (
  interview_id  TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE, -- the talk
  seq           INTEGER NOT NULL,                     -- 1, 2, ...
  question_id   TEXT REFERENCES questions (id) ON DELETE CASCADE, -- the active question, if any
  author        TEXT NOT NULL CHECK (author IN ('candidate','interviewer')), -- who spoke
  kind          TEXT NOT NULL,                        -- greeting, question, answer, follow_up, hint, ...
  body          TEXT NOT NULL,                        -- the words
  nonce         TEXT,                                 -- the form's one-time value: a double click is one turn
  observation   TEXT,                                 -- JSON of the observer about the message before, on the turn that reacts to it
  created_at    INTEGER NOT NULL,                     -- when
  engine        TEXT NOT NULL DEFAULT 'builtin',      -- interviewer: 'builtin' or the model that spoke
  is_cut        INTEGER NOT NULL DEFAULT 0,           -- 1: the reader left or stopped it in the middle of a model's words
  PRIMARY KEY (interview_id, seq),
  UNIQUE (interview_id, nonce)
) STRICT;
CREATE INDEX turns_by_question ON turns (question_id);

-- The text being typed, so that a closed tab loses nothing.
CREATE TABLE drafts (
  interview_id  TEXT PRIMARY KEY REFERENCES interviews (id) ON DELETE CASCADE, -- one a talk
  body          TEXT NOT NULL,                        -- as typed
  saved_at      INTEGER NOT NULL                      -- when
) STRICT;

-- The grade of a finished question.
CREATE TABLE evaluations (
  question_id        TEXT PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE, -- graded
  engine             TEXT NOT NULL,                   -- 'builtin' or the LLM's model
  version            TEXT NOT NULL,                   -- of the scorer
  score              REAL NOT NULL,                   -- 0..max_score
  max_score          REAL NOT NULL,                   -- full mark
  verdict            TEXT NOT NULL CHECK (verdict IN ('incorrect','partial','good','excellent')), -- in a word
  structure          REAL NOT NULL CHECK (structure BETWEEN 0 AND 5), -- rubric: order of thoughts
  relevance          REAL NOT NULL CHECK (relevance BETWEEN 0 AND 5), -- rubric: keeps to the question
  technical_accuracy REAL NOT NULL CHECK (technical_accuracy BETWEEN 0 AND 5), -- rubric: what is said is right
  depth              REAL NOT NULL CHECK (depth BETWEEN 0 AND 5), -- rubric: reasons and consequences
  communication      REAL NOT NULL CHECK (communication BETWEEN 0 AND 5), -- rubric: clear wording
  flags              INTEGER NOT NULL,                -- bits of enum score_flag
  feedback_short     TEXT NOT NULL,                   -- one or two sentences
  feedback_detailed  TEXT NOT NULL,                   -- more
  next_difficulty    TEXT NOT NULL CHECK (next_difficulty IN ('decrease','same','increase')), -- suggestion
  created_at         INTEGER NOT NULL,                -- when
  builtin_score      REAL,                            -- a model's grade: what the built-in scorer gave; NULL: it is the built-in's own
  builtin_verdict    TEXT,                            -- in a word, with builtin_score
  unproved           TEXT NOT NULL DEFAULT '[]',      -- JSON array { key_point_id, text, quote }: points a model gave without proof
  fallback           TEXT NOT NULL DEFAULT '',        -- why the built-in scorer graded though a model is configured: 'timeout', ...
  steps              TEXT,                            -- JSON as in lib/interview/steps.h: how the built-in scorer came to its mark; NULL: not kept
  CHECK (score BETWEEN 0 AND max_score)
) STRICT;

-- Per key point: was it said, and where in the answer. No credit without evidence: a
-- mark other than missing must name a piece that exists when the transaction ends.
CREATE TABLE marks (
  question_id   TEXT NOT NULL REFERENCES evaluations (question_id) ON DELETE CASCADE, -- graded
  position      INTEGER NOT NULL,                     -- order of the key points, from 0
  key_point_id  TEXT NOT NULL,                        -- stable across languages
  body          TEXT NOT NULL,                        -- the point in the interview's language
  status        TEXT NOT NULL CHECK (status IN ('covered','partial','missing')), -- result
  coverage      REAL NOT NULL,                        -- 0..1
  wording       TEXT,                                 -- the wording that matched best
  wrong         TEXT,                                 -- a false claim that was found
  first_span    INTEGER,                              -- span_start of a piece of its evidence
  matched       TEXT NOT NULL DEFAULT '',              -- what gave the credit: 'rule <kind>' of the built-in scorer or 'call <llm_calls.id>'; '': not kept
  PRIMARY KEY (question_id, position),
  FOREIGN KEY (question_id, position, first_span)
    REFERENCES evidence (question_id, position, span_start) DEFERRABLE INITIALLY DEFERRED,
  CHECK (status = 'missing' OR first_span IS NOT NULL)
) STRICT;
CREATE INDEX marks_by_outcome ON marks (question_id, key_point_id, status);

-- Bytes [span_start, span_end) of questions.answer that earned a mark.
CREATE TABLE evidence (
  question_id  TEXT NOT NULL,                         -- with position: the mark
  position     INTEGER NOT NULL,                      -- of the mark
  span_start   INTEGER NOT NULL CHECK (span_start >= 0), -- first byte
  span_end     INTEGER NOT NULL,                      -- behind the last byte
  PRIMARY KEY (question_id, position, span_start),
  FOREIGN KEY (question_id, position) REFERENCES marks (question_id, position) ON DELETE CASCADE,
  CHECK (span_end > span_start)
) STRICT;

-- Finished reports: the whole document, so that it never changes by itself.
CREATE TABLE reports (
  id            TEXT PRIMARY KEY,                     -- UUID
  interview_id  TEXT NOT NULL UNIQUE REFERENCES interviews (id) ON DELETE CASCADE, -- of
  version       TEXT NOT NULL,                        -- of the scorer
  body          TEXT NOT NULL,                        -- JSON, product section 7
  total_score   REAL NOT NULL,                        -- of the body, for lists
  max_score     REAL NOT NULL,                        -- of the body, for lists
  created_at    INTEGER NOT NULL,                     -- when
  revision      INTEGER NOT NULL DEFAULT 1,            -- 1, 2, ...; earlier ones are in report_revisions
  cause         TEXT NOT NULL DEFAULT 'finished' CHECK (cause IN ('finished','texts','rescored','override','appeal')), -- why it was made
  note          TEXT NOT NULL DEFAULT '',              -- more of that, in words
  key_id        TEXT NOT NULL DEFAULT '',              -- signing_keys; '': of an edition without signatures
  signature     TEXT NOT NULL DEFAULT '',              -- of the body, base64, as in lib/seal/seal.h
  records       TEXT NOT NULL DEFAULT '[]',            -- JSON: hashes of the raw records that the body was made of, as in lib/report/records.h
  texts_due     INTEGER NOT NULL DEFAULT 0 CHECK (texts_due IN (0,1)) -- 1: a model's texts are to follow as the next revision
) STRICT;
-- Scores of many interviews are read from this alone: bodies are long.
CREATE INDEX reports_by_score ON reports (interview_id, total_score, max_score);

-- Code that candidates sent: runs on the public tests, attempts on all; also the judge's queue.
CREATE TABLE submissions (
  id              TEXT PRIMARY KEY,                   -- UUID
  question_id     TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE, -- the coding question
  owner_id        TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- the candidate: the queue is fair among owners
  kind            TEXT NOT NULL CHECK (kind IN ('run','submit')), -- run: public tests and own input; submit: an attempt
  code_language   TEXT NOT NULL,                      -- of the judge: 'python', ...
  code            TEXT NOT NULL,                      -- as sent
  code_hash       TEXT NOT NULL DEFAULT '',           -- of the code with names and spaces evened out; '' when too short to compare
  custom_input    TEXT NOT NULL DEFAULT '',           -- of a run: as typed
  state           TEXT NOT NULL CHECK (state IN ('queued','running','done','failed','not_judged')), -- where it stands
  attempt_number  INTEGER NOT NULL CHECK ((kind = 'submit') = (attempt_number > 0)), -- submit: 1, 2, ...; run: 0
  slot            INTEGER NOT NULL DEFAULT -1,        -- of the judge while running
  worker          TEXT NOT NULL DEFAULT '',           -- random name of the process that runs or ran it
  public_passed   INTEGER NOT NULL DEFAULT 0,         -- public tests that were passed
  public_total    INTEGER NOT NULL DEFAULT 0,         -- of so many
  hidden_passed   INTEGER NOT NULL DEFAULT 0,         -- hidden tests that were passed
  hidden_total    INTEGER NOT NULL DEFAULT 0,         -- of so many
  errors          INTEGER NOT NULL DEFAULT 0,         -- tests that ended in an execution error
  result          TEXT,                               -- JSON as in lib/store/submission.h; NULL until done
  explanation     TEXT NOT NULL DEFAULT '',           -- the mentor's words in the interview's language
  hints_used      INTEGER NOT NULL DEFAULT 0,         -- highest hint level taken when it was sent
  time_spent_ms   INTEGER NOT NULL DEFAULT 0,         -- from the question to the sending
  nonce           TEXT NOT NULL,                      -- the form's one-time value: a double click sends once
  created_at      INTEGER NOT NULL,                   -- sent
  started_at      INTEGER,                            -- taken from the queue
  finished_at     INTEGER,                            -- judged
  explanation_engine TEXT NOT NULL DEFAULT 'builtin', -- 'builtin' or the model that explained
  explanation_asks TEXT NOT NULL DEFAULT '',          -- nonces of the forms that asked a model to explain, each ended by a line feed
  UNIQUE (question_id, nonce),
  CHECK (public_passed BETWEEN 0 AND public_total AND hidden_passed BETWEEN 0 AND hidden_total),
  CHECK (state <> 'done' OR result IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX one_pending_submission ON submissions (question_id) WHERE state IN ('queued','running');
CREATE INDEX submissions_by_question ON submissions (question_id, created_at);
CREATE INDEX submissions_by_owner ON submissions (owner_id, started_at);
CREATE INDEX submissions_by_hash ON submissions (code_hash) WHERE code_hash <> '';

-- The code being written, so that a closed tab loses nothing.
CREATE TABLE code_drafts (
  question_id    TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE, -- written for
  code_language  TEXT NOT NULL,                       -- one draft a language
  code           TEXT NOT NULL,                       -- as typed
  saved_at       INTEGER NOT NULL,                    -- when
  PRIMARY KEY (question_id, code_language)
) STRICT;

-- Hints that were shown on coding tasks; their texts stay when the bank changes.
CREATE TABLE hints (
  question_id  TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE, -- shown for
  level        INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3), -- nudge, approach, outline
  body         TEXT NOT NULL,                         -- as shown
  price        REAL NOT NULL,                         -- points that hints up to this level cost in all
  created_at   INTEGER NOT NULL,                      -- when
  engine       TEXT NOT NULL DEFAULT 'builtin',       -- 'builtin': the bank's text; or the model that adapted it to the code
  PRIMARY KEY (question_id, level)
) STRICT;

-- Things a recruiter may want to look at; they never change a score.
CREATE TABLE events (
  id            INTEGER PRIMARY KEY,                  -- order of arrival
  interview_id  TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE, -- where
  question_id   TEXT REFERENCES questions (id) ON DELETE CASCADE, -- the active one, if any
  kind          TEXT NOT NULL CHECK (kind IN ('focus_lost','large_paste','fast_typing','identical_code')), -- what
  evidence      TEXT NOT NULL,                        -- JSON: what was seen, numbers and excerpts
  created_at    INTEGER NOT NULL                      -- when
) STRICT;
CREATE INDEX events_by_interview ON events (interview_id, id);
CREATE INDEX events_by_question ON events (question_id) WHERE question_id IS NOT NULL;

-- Every call of a model: the recorded witness of what it was asked and answered.
CREATE TABLE llm_calls (
  id                 INTEGER PRIMARY KEY,             -- order
  interview_id       TEXT REFERENCES interviews (id) ON DELETE CASCADE, -- for; NULL: generation, checks
  question_id        TEXT NOT NULL DEFAULT '',        -- it is about; '' for none
  agent              TEXT NOT NULL,                   -- 'observer', 'evaluator', ...
  model              TEXT NOT NULL,                   -- asked
  prompt_hash        TEXT NOT NULL,                   -- SHA-256 of the messages and the schema
  prompt             TEXT NOT NULL,                   -- JSON array of the messages
  parameters         TEXT NOT NULL,                   -- JSON: temperature, max_tokens, schema
  reply              TEXT NOT NULL,                   -- as it came, partial unless outcome is ok
  reasoning          TEXT NOT NULL DEFAULT '',        -- what the model thought aloud, kept apart
  prompt_tokens      INTEGER NOT NULL,                -- usage
  completion_tokens  INTEGER NOT NULL,                -- usage
  reasoning_tokens   INTEGER NOT NULL DEFAULT 0,      -- part of completion_tokens
  is_estimated       INTEGER NOT NULL DEFAULT 0,      -- 1: the endpoint did not tell the usage
  latency_ms         INTEGER NOT NULL,                -- all tries together
  first_token_ms     INTEGER,                         -- NULL: none came
  outcome            TEXT NOT NULL CHECK (outcome IN ('ok','incomplete','retryable','permanent','cancelled','timeout')), -- result class
  finish             TEXT NOT NULL DEFAULT '',        -- finish_reason
  error              TEXT NOT NULL DEFAULT '',        -- what went wrong
  note               TEXT NOT NULL DEFAULT '',        -- what was unusual of an answer that counts
  requests           INTEGER NOT NULL,                -- HTTP requests sent
  created_at         INTEGER NOT NULL,                -- start
  user_id            TEXT REFERENCES users (id) ON DELETE CASCADE -- whom it is about when it is of no interview; NULL: nobody
) STRICT;
CREATE INDEX llm_calls_by_interview ON llm_calls (interview_id, id);
CREATE INDEX llm_calls_by_user ON llm_calls (user_id) WHERE user_id IS NOT NULL;
-- Usage and metrics are summed from this alone: prompts are long.
CREATE INDEX llm_calls_by_time ON llm_calls (created_at, agent, model, outcome, latency_ms,
  first_token_ms, prompt_tokens, completion_tokens, reasoning_tokens, is_estimated);

-- What a candidate told about themselves in an interview.
CREATE TABLE interview_facts (
  interview_id  TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE, -- where
  name          TEXT NOT NULL CHECK (name IN ('name','position','level','experience','technologies')), -- which
  value         TEXT NOT NULL,                        -- technologies: comma-separated
  engine        TEXT NOT NULL,                        -- 'builtin' or the model that noticed it
  created_at    INTEGER NOT NULL,                     -- when
  PRIMARY KEY (interview_id, name)
) STRICT;

-- Scheduled refreshes of the roles' question sets.
CREATE TABLE refreshes (
  id          INTEGER PRIMARY KEY,                    -- order
  role_id     TEXT NOT NULL REFERENCES roles (id) ON DELETE CASCADE, -- whose set
  edition     INTEGER,                                -- made by it; NULL: too few questions were good enough
  model       TEXT NOT NULL,                          -- asked
  kept        INTEGER NOT NULL,                       -- questions that entered the bank
  dropped     TEXT NOT NULL,                          -- JSON object: reason -> count
  created_at  INTEGER NOT NULL                        -- when
) STRICT;

-- How far the trace of an interview was exported, so that each span is sent once.
CREATE TABLE trace_exports (
  interview_id  TEXT PRIMARY KEY REFERENCES interviews (id) ON DELETE CASCADE, -- of
  turn_seq      INTEGER NOT NULL DEFAULT 0,           -- last turn that was sent
  call_id       INTEGER NOT NULL DEFAULT 0,           -- last call of a model that was sent
  is_finished   INTEGER NOT NULL DEFAULT 0,           -- 1: the end and the scores were sent; 2: the report as well
  failures      INTEGER NOT NULL DEFAULT 0,           -- in a row
  retry_at      INTEGER NOT NULL DEFAULT 0            -- not before that
) STRICT;

-- Key points that are repeated at growing intervals until they stay: FSRS, see lib/interview/memory.h.
CREATE TABLE review_cards (
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- whose
  bank_id       TEXT NOT NULL,                        -- the bank's question
  key_point_id  TEXT NOT NULL,                        -- stable over sessions and languages
  stability     REAL NOT NULL CHECK (stability > 0),  -- days after which 90 % are remembered
  difficulty    REAL NOT NULL CHECK (difficulty BETWEEN 1 AND 10), -- of the point for this person
  repetitions   INTEGER NOT NULL DEFAULT 0,           -- gradings so far
  lapses        INTEGER NOT NULL DEFAULT 0,           -- of these: not said after it had been
  last_at       INTEGER NOT NULL,                     -- last grading
  due_at        INTEGER NOT NULL,                     -- to be asked again
  PRIMARY KEY (user_id, bank_id, key_point_id)
) STRICT;
CREATE INDEX review_cards_by_due ON review_cards (user_id, due_at);

-- Answers of review sessions, with what each was found to say.
CREATE TABLE review_answers (
  id          TEXT PRIMARY KEY,                       -- UUID
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- whose
  bank_id     TEXT NOT NULL,                          -- the bank's question
  language    TEXT NOT NULL CHECK (language IN ('en','ru','uk')), -- of question and answer
  question    TEXT NOT NULL,                          -- as it was asked
  answer      TEXT NOT NULL,                          -- as typed
  result      TEXT NOT NULL,                          -- JSON as in lib/interview/review.h: points, statuses, spans
  nonce       TEXT NOT NULL,                          -- the form's one-time value: a double click is one answer
  created_at  INTEGER NOT NULL,                       -- when
  UNIQUE (user_id, nonce)
) STRICT;
CREATE INDEX review_answers_by_user ON review_answers (user_id, created_at);

-- Answers of reviews that are being typed, so that a closed tab loses nothing.
CREATE TABLE review_drafts (
  user_id   TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- whose
  bank_id   TEXT NOT NULL,                            -- the bank's question
  body      TEXT NOT NULL,                            -- as typed
  saved_at  INTEGER NOT NULL,                         -- when
  PRIMARY KEY (user_id, bank_id)
) STRICT;

-- Notices of finished interviews to the operator's other programs.
CREATE TABLE webhook_deliveries (
  id            TEXT PRIMARY KEY,                     -- UUID; sent as webhook-id, the same at each try
  interview_id  TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE, -- that was finished
  event         TEXT NOT NULL CHECK (event IN ('interview.completed')), -- what happened
  body          TEXT NOT NULL,                        -- JSON as sent
  state         TEXT NOT NULL CHECK (state IN ('waiting','delivered','failed')), -- failed: given up
  tries         INTEGER NOT NULL DEFAULT 0,           -- so far
  next_at       INTEGER NOT NULL,                     -- not before that
  status        INTEGER NOT NULL DEFAULT 0,           -- HTTP status of the last try; 0: no answer
  error         TEXT NOT NULL DEFAULT '',             -- of the last try
  created_at    INTEGER NOT NULL,                     -- when it was put here
  delivered_at  INTEGER,                              -- the other side said yes
  UNIQUE (interview_id, event)
) STRICT;
CREATE INDEX webhook_deliveries_by_next ON webhook_deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (created_at);

-- Reports as they stood before they were made anew; the newest is in reports.
CREATE TABLE report_revisions (
  interview_id  TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE, -- of
  revision      INTEGER NOT NULL CHECK (revision >= 1), -- 1, 2, ...
  version       TEXT NOT NULL,                        -- this and the next as in reports
  body          TEXT NOT NULL,                        -- JSON, product section 7
  total_score   REAL NOT NULL,                        -- of the body
  max_score     REAL NOT NULL,                        -- of the body
  created_at    INTEGER NOT NULL,                     -- when
  cause         TEXT NOT NULL,                        -- why it was made
  note          TEXT NOT NULL,                        -- more of that
  key_id        TEXT NOT NULL,                        -- that signed it
  signature     TEXT NOT NULL,                        -- base64
  records       TEXT NOT NULL,                        -- JSON: hashes of the raw records
  grades        TEXT NOT NULL,                        -- JSON as in lib/store/revision.h: evaluations and rulings as they stood, which later ones replaced
  PRIMARY KEY (interview_id, revision)
) STRICT;

-- Keys that reports are signed with, Ed25519. One is in use; the public ones are served.
CREATE TABLE signing_keys (
  id          TEXT PRIMARY KEY,                       -- first 16 hexadecimal digits of the public key's SHA-256
  public_key  TEXT NOT NULL,                          -- base64, 32 bytes
  secret_seed TEXT,                                   -- base64, 32 bytes; NULL once it is retired
  created_at  INTEGER NOT NULL,                       -- in use from then on
  retired_at  INTEGER,                                -- signs nothing from then on; what it signed stays valid
  CHECK ((secret_seed IS NULL) = (retired_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX one_signing_key ON signing_keys ((1)) WHERE retired_at IS NULL;

-- Links by which an owner shows a report to whoever has the link.
CREATE TABLE shares (
  id               TEXT PRIMARY KEY,                  -- random; the link's last part
  interview_id     TEXT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE, -- whose report
  has_transcript   INTEGER NOT NULL CHECK (has_transcript IN (0,1)), -- 0: numbers only
  created_at       INTEGER NOT NULL,                  -- when
  expires_at       INTEGER NOT NULL,                  -- opens nothing from then on
  revoked_at       INTEGER,                           -- nor from then on
  views            INTEGER NOT NULL DEFAULT 0,        -- times it was opened by others
  seen_at          INTEGER                            -- last time; NULL: never
) STRICT;
CREATE INDEX shares_by_interview ON shares (interview_id, created_at);

-- What persons decided about a score; the examiner's own stays beside it.
CREATE TABLE overrides (
  id            INTEGER PRIMARY KEY,                  -- order; the newest that is not withdrawn counts
  question_id   TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE, -- of
  score         REAL NOT NULL CHECK (score >= 0),     -- instead of the examiner's
  reason        TEXT NOT NULL,                        -- shown in the report
  author_id     TEXT REFERENCES users (id) ON DELETE SET NULL, -- admin
  created_at    INTEGER NOT NULL,                     -- when
  withdrawn_at  INTEGER                               -- taken back; NULL: it stands
) STRICT;
CREATE INDEX overrides_by_question ON overrides (question_id, id);

-- "I did say it, here": what candidates object to, and what was decided.
CREATE TABLE appeals (
  id            TEXT PRIMARY KEY,                     -- UUID
  question_id   TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE, -- about
  key_point_id  TEXT NOT NULL,                        -- the point they say they made
  span_start    INTEGER NOT NULL CHECK (span_start >= 0), -- "here": first byte of the answer
  span_end      INTEGER NOT NULL,                     -- behind the last byte
  comment       TEXT NOT NULL DEFAULT '',             -- the candidate's words
  state         TEXT NOT NULL CHECK (state IN ('waiting','accepted','declined')), -- where it stands
  granted       TEXT NOT NULL DEFAULT '' CHECK (granted IN ('','covered','partial')), -- accepted: the point's new status
  status_before TEXT NOT NULL CHECK (status_before IN ('missing','partial')), -- as the examiner had it
  reply         TEXT NOT NULL DEFAULT '',             -- the reviewer's words, for the candidate
  decided_by    TEXT REFERENCES users (id) ON DELETE SET NULL, -- admin
  created_at    INTEGER NOT NULL,                     -- when
  decided_at    INTEGER,                              -- NULL: not yet
  UNIQUE (question_id, key_point_id),
  CHECK (span_end > span_start),
  CHECK ((state = 'waiting') = (decided_at IS NULL)),
  CHECK ((state = 'accepted') = (granted <> ''))
) STRICT;
CREATE INDEX appeals_waiting ON appeals (created_at) WHERE state = 'waiting';

-- What recruiters write down about a candidate, for recruiters.
CREATE TABLE notes (
  id            TEXT PRIMARY KEY,                     -- UUID
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- about
  interview_id  TEXT REFERENCES interviews (id) ON DELETE SET NULL, -- about this one; NULL: the person
  author_id     TEXT REFERENCES users (id) ON DELETE SET NULL, -- admin
  body          TEXT NOT NULL,                        -- as typed
  nonce         TEXT NOT NULL UNIQUE,                 -- the form's one-time value: a double click is one note
  created_at    INTEGER NOT NULL                      -- when
) STRICT;
CREATE INDEX notes_by_user ON notes (user_id, created_at);

-- What was decided after an interview; ends its blind review.
CREATE TABLE decisions (
  interview_id  TEXT PRIMARY KEY REFERENCES interviews (id) ON DELETE CASCADE, -- after
  verdict       TEXT NOT NULL CHECK (verdict IN ('advance','hold','reject')), -- what
  reason        TEXT NOT NULL,                        -- as typed
  author_id     TEXT REFERENCES users (id) ON DELETE SET NULL, -- admin
  was_blind     INTEGER NOT NULL CHECK (was_blind IN (0,1)), -- 1: name and CV were hidden until then
  created_at    INTEGER NOT NULL                      -- when
) STRICT;

-- Links that open one fixed interview, the same for everybody who has the link.
CREATE TABLE invitations (
  id               TEXT PRIMARY KEY,                  -- UUID
  token            TEXT NOT NULL UNIQUE,              -- random; the link's last part
  title            TEXT NOT NULL,                     -- for recruiters and candidates
  role_id          TEXT NOT NULL REFERENCES roles (id), -- this and the next as in interviews
  level            TEXT NOT NULL CHECK (level IN ('junior','middle','senior')), -- aimed at
  type             TEXT NOT NULL CHECK (type IN ('technical','hr','case','mixed')), -- what is asked
  language         TEXT NOT NULL CHECK (language IN ('en','ru','uk')), -- of questions and report
  edition          INTEGER NOT NULL,                  -- of the role's question set when they were chosen
  coding_percent   INTEGER NOT NULL CHECK (coding_percent BETWEEN 0 AND 100), -- wished share
  code_language    TEXT NOT NULL,                     -- '' when there is no coding
  time_limit_min   INTEGER NOT NULL,                  -- 0: none
  job_description  TEXT NOT NULL DEFAULT '',          -- as typed
  most_uses        INTEGER NOT NULL CHECK (most_uses >= 0), -- candidates that may use it; 0: any number
  uses             INTEGER NOT NULL DEFAULT 0,        -- candidates that did; deleted interviews give nothing back
  created_by       TEXT REFERENCES users (id) ON DELETE SET NULL, -- admin
  nonce            TEXT NOT NULL UNIQUE,              -- the form's one-time value: a double click is one invitation
  created_at       INTEGER NOT NULL,                  -- when
  expires_at       INTEGER NOT NULL,                  -- opens nothing from then on
  revoked_at       INTEGER,                           -- nor from then on; NULL: it stands
  CHECK (most_uses = 0 OR uses <= most_uses)
) STRICT;
CREATE INDEX invitations_by_time ON invitations (created_at);

-- The questions of an invitation, chosen once: everybody is asked the same.
CREATE TABLE invitation_questions (
  invitation_id  TEXT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE, -- of
  position       INTEGER NOT NULL CHECK (position >= 1), -- order, from 1
  bank_id        TEXT NOT NULL,                       -- this and the next as in questions
  q_type         TEXT NOT NULL CHECK (q_type IN ('theory','coding')), -- kind
  category       TEXT NOT NULL,                       -- planned slot
  snapshot       TEXT NOT NULL,                       -- the bank's body when it was chosen, JSON
  PRIMARY KEY (invitation_id, position),
  UNIQUE (invitation_id, bank_id)
) STRICT;

-- Who used an invitation: once each, also when its interview was deleted afterwards.
CREATE TABLE invitation_uses (
  invitation_id  TEXT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE, -- which
  user_id        TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- the candidate
  used_at        INTEGER NOT NULL,                    -- when
  PRIMARY KEY (invitation_id, user_id)
) STRICT;
CREATE INDEX invitation_uses_by_user ON invitation_uses (user_id, used_at);

-- Who and what the audit log speaks of: it has numbers only, so that a deleted person's
-- name goes and the chain stays.
CREATE TABLE audit_names (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,    -- in audit; never given twice
  salt          TEXT NOT NULL,                        -- random; of the marks in audit, which say nothing without it
  user_id       TEXT UNIQUE REFERENCES users (id) ON DELETE CASCADE, -- a person, or
  interview_id  TEXT UNIQUE REFERENCES interviews (id) ON DELETE CASCADE, -- an interview, or
  other_id      TEXT UNIQUE,                          -- 'invitation <id>', 'question <bank id>', 'share <id>', ...
  CHECK ((user_id IS NOT NULL) + (interview_id IS NOT NULL) + (other_id IS NOT NULL) = 1)
) STRICT;

-- What was done by whom; rows are only ever added, and each one's hash covers the one before.
CREATE TABLE audit (
  number    INTEGER PRIMARY KEY AUTOINCREMENT,        -- 1, 2, ... without gaps
  at        INTEGER NOT NULL,                         -- when
  actor     INTEGER NOT NULL,                         -- audit_names; 0: the operator's command or the program itself
  actor_mark TEXT NOT NULL,                           -- hash of its name and salt; '' for 0
  action    TEXT NOT NULL,                            -- 'report.read', 'score.override', ...
  subject   INTEGER NOT NULL,                         -- audit_names; 0: nothing in particular
  subject_mark TEXT NOT NULL,                         -- as actor_mark
  details   TEXT NOT NULL,                            -- JSON object of figures and words of ours, nothing personal
  hash      TEXT NOT NULL                             -- as in lib/store/audit.h
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject, number);
CREATE TRIGGER audit_names_never_change BEFORE UPDATE ON audit_names
BEGIN SELECT raise(ABORT, 'the names of the audit log are never changed'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is never cut'); END;

-- Evidence stands in the answer: no credit for bytes that are not there.
CREATE TRIGGER evidence_stands_in_the_answer BEFORE INSERT ON evidence
WHEN new.span_end > (SELECT length(CAST(answer AS BLOB)) FROM questions WHERE id = new.question_id)
BEGIN SELECT raise(ABORT, 'evidence outside of the answer'); END;
CREATE TRIGGER evidence_stays_in_the_answer BEFORE UPDATE ON evidence
WHEN new.span_end > (SELECT length(CAST(answer AS BLOB)) FROM questions WHERE id = new.question_id)
BEGIN SELECT raise(ABORT, 'evidence outside of the answer'); END;

-- A row for each candidate with what the recruiter's list shows and sorts by. Triggers keep it.
CREATE TABLE participants (
  number       INTEGER PRIMARY KEY,                   -- order of registration; decides between equals
  user_id      TEXT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE, -- who
  name_key     TEXT NOT NULL,                         -- as in users
  is_disabled  INTEGER NOT NULL,                      -- 1: no log-in
  interviews   INTEGER NOT NULL DEFAULT 0,            -- started
  finished     INTEGER NOT NULL DEFAULT 0,            -- of these
  last_at      INTEGER NOT NULL DEFAULT 0,            -- start of the latest; 0: none
  latest_id    TEXT,                                  -- interview that was finished last and has a report; NULL: none
  latest_at    INTEGER NOT NULL DEFAULT 0,            -- its end
  total_score  REAL,                                  -- of its report
  max_score    REAL,                                  -- of its report
  share        REAL NOT NULL DEFAULT -1               -- one by the other; -1: none
) STRICT;
CREATE INDEX participants_by_name ON participants (name_key, number, is_disabled, interviews, user_id);
CREATE INDEX participants_by_interviews ON participants (interviews, number, is_disabled, name_key, user_id);
CREATE INDEX participants_by_last ON participants (last_at, number, is_disabled, interviews, name_key, user_id);
CREATE INDEX participants_by_share ON participants (share, number, is_disabled, interviews, name_key, user_id);
CREATE INDEX participants_disabled ON participants (number) WHERE is_disabled = 1;

-- Every ending of every name_key, of that the first 8 characters: to search inside of names.
CREATE TABLE participant_names (
  part    TEXT NOT NULL,                              -- 1 to 8 characters
  number  INTEGER NOT NULL,                           -- participants
  PRIMARY KEY (part, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER participant_comes AFTER INSERT ON users WHEN new.role = 'candidate'
BEGIN
  INSERT INTO participants (user_id, name_key, is_disabled)
    VALUES (new.id, new.name_key, new.disabled_at IS NOT NULL);
END;
CREATE TRIGGER participant_changes AFTER UPDATE OF name_key, disabled_at ON users
WHEN new.name_key <> old.name_key OR (new.disabled_at IS NULL) <> (old.disabled_at IS NULL)
BEGIN
  UPDATE participants SET name_key = new.name_key, is_disabled = new.disabled_at IS NOT NULL
    WHERE user_id = new.id;
END;
CREATE TRIGGER participant_becomes_admin AFTER UPDATE OF role ON users WHEN new.role <> 'candidate'
BEGIN
  DELETE FROM participants WHERE user_id = new.id;
END;
CREATE TRIGGER admin_becomes_participant AFTER UPDATE OF role ON users
WHEN new.role = 'candidate' AND old.role <> 'candidate'
BEGIN
  INSERT INTO participants (user_id, name_key, is_disabled, interviews, finished, last_at)
    SELECT new.id, new.name_key, new.disabled_at IS NOT NULL, count(*),
      coalesce(sum(status = 'completed'), 0), coalesce(max(created_at), 0)
      FROM interviews WHERE owner_id = new.id;
  UPDATE participants SET latest_id = (SELECT i.id FROM interviews i JOIN reports r ON r.interview_id = i.id
    WHERE i.owner_id = new.id AND i.status = 'completed' ORDER BY i.finished_at DESC, i.created_at DESC LIMIT 1)
    WHERE user_id = new.id;
END;
CREATE TRIGGER participant_is_named AFTER INSERT ON participants
BEGIN
  INSERT INTO participant_names SELECT DISTINCT substr(new.name_key, n, 8), new.number
    FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < length(new.name_key)) SELECT n FROM c);
END;
CREATE TRIGGER participant_is_forgotten AFTER DELETE ON participants
BEGIN
  DELETE FROM participant_names WHERE number = old.number AND part IN (SELECT substr(old.name_key, n, 8)
    FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < length(old.name_key)) SELECT n FROM c));
END;
CREATE TRIGGER participant_is_renamed AFTER UPDATE OF name_key ON participants WHEN new.name_key <> old.name_key
BEGIN
  DELETE FROM participant_names WHERE number = old.number AND part IN (SELECT substr(old.name_key, n, 8)
    FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < length(old.name_key)) SELECT n FROM c));
  INSERT INTO participant_names SELECT DISTINCT substr(new.name_key, n, 8), new.number
    FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < length(new.name_key)) SELECT n FROM c);
END;
CREATE TRIGGER participant_has_a_score AFTER UPDATE OF latest_id ON participants
BEGIN
  UPDATE participants SET (latest_at, total_score, max_score, share) = (SELECT coalesce(max(i.finished_at), 0),
    max(r.total_score), max(r.max_score), coalesce(max(i.share), -1) FROM interviews i
    LEFT JOIN reports r ON r.interview_id = i.id WHERE i.id = new.latest_id)
    WHERE number = new.number;
END;
CREATE TRIGGER participant_starts AFTER INSERT ON interviews
BEGIN
  UPDATE participants SET interviews = interviews + 1, finished = finished + (new.status = 'completed'),
    last_at = CASE WHEN last_at < new.created_at THEN new.created_at ELSE last_at END
    WHERE user_id = new.owner_id;
END;
CREATE TRIGGER participant_goes_on AFTER UPDATE OF status, created_at ON interviews
WHEN new.status <> old.status OR new.created_at <> old.created_at
BEGIN
  UPDATE participants SET finished = finished + (new.status = 'completed') - (old.status = 'completed'),
    last_at = (SELECT max(created_at) FROM interviews WHERE owner_id = new.owner_id)
    WHERE user_id = new.owner_id;
END;
CREATE TRIGGER participant_deletes AFTER DELETE ON interviews
BEGIN
  UPDATE participants SET interviews = interviews - 1, finished = finished - (old.status = 'completed'),
    last_at = CASE WHEN last_at > old.created_at THEN last_at
      ELSE (SELECT coalesce(max(created_at), 0) FROM interviews WHERE owner_id = old.owner_id) END
    WHERE user_id = old.owner_id;
  UPDATE participants SET latest_id = (SELECT i.id FROM interviews i JOIN reports r ON r.interview_id = i.id
    WHERE i.owner_id = old.owner_id AND i.status = 'completed' ORDER BY i.finished_at DESC, i.created_at DESC LIMIT 1)
    WHERE user_id = old.owner_id AND latest_id = old.id;
END;
CREATE TRIGGER report_comes AFTER INSERT ON reports
BEGIN
  UPDATE interviews SET share = new.total_score / nullif(new.max_score, 0) WHERE id = new.interview_id;
  UPDATE participants SET latest_id = new.interview_id
    WHERE user_id = (SELECT owner_id FROM interviews WHERE id = new.interview_id)
    AND latest_at <= (SELECT finished_at FROM interviews WHERE id = new.interview_id);
END;
CREATE TRIGGER report_changes AFTER UPDATE OF total_score, max_score ON reports
BEGIN
  UPDATE interviews SET share = new.total_score / nullif(new.max_score, 0) WHERE id = new.interview_id;
  UPDATE participants SET latest_id = latest_id
    WHERE user_id = (SELECT owner_id FROM interviews WHERE id = new.interview_id) AND latest_id = new.interview_id;
END;
CREATE TRIGGER report_goes AFTER DELETE ON reports
BEGIN
  UPDATE interviews SET share = NULL WHERE id = old.interview_id;
  UPDATE participants SET latest_id = (SELECT i.id FROM interviews i JOIN reports r ON r.interview_id = i.id
    WHERE i.owner_id = user_id AND i.status = 'completed' ORDER BY i.finished_at DESC, i.created_at DESC LIMIT 1)
    WHERE user_id = (SELECT owner_id FROM interviews WHERE id = old.interview_id) AND latest_id = old.interview_id;
END;
