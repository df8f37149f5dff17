# Viva. `make run` starts it, `make test` tests it; the rest is for its developers.
#
#   make run PORT=8080 ADDRESS=127.0.0.1 VAR=var
#   make upgrade VAR=var   gives the Viva that runs with VAR the programs of now
#   make install DESTDIR= PREFIX=/usr/local
#   make dist   a tarball for hosts without packages, a compiler and root
#   make install-system PREFIX=/usr/local   units of systemd, site of nginx, log rotation
#   make deb               a Debian package in build/
#   make test | unit-tests | lint | coverage | bench | fuzz SECONDS=60 | san | clean
#   make load USERS=200 SECONDS=60 MODEL=1   make soak MINUTES=30
#   make security  scanners against a private instance
#   make chaos SEED=1 INTERVIEWS=200   many interviews while everything fails that can fail
#   make bank-test  what the question bank holds, and that every item of it proves itself
#   make container-test   the image of deploy/Containerfile, built and used by a browser
#   make score-report SCORING_DEV=folder   how the built-in examiner agrees with people
#   make CC=clang BUILD=build/clang        another compiler, in a folder of its own

ifeq ($(origin CC),default)
CC = gcc
endif
CSTD     = -std=c17 -D_GNU_SOURCE
WARN     = -Wall -Wextra -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
OPT     ?= -O2 -g
HARDEN   = -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
GLIB    := $(shell pkg-config --cflags glib-2.0 pangocairo 2>/dev/null | sed 's/-I/-isystem /g')
# libcurl and libjwt are not linked: they are loaded when they are first needed (base/late.h).
LIBS     = -lfcgi -lsqlite3 -lcjson -largon2 -lsodium -lstemmer -lmd4c -loath -lqrencode -lcrack -lpangocairo-1.0 -lpango-1.0 -lcairo -lgobject-2.0 -lglib-2.0 -lm

# Variants, each in a folder of its own: SAN=address,undefined, COVERAGE=1, FUZZ=1.
BUILD    = build
SANITIZE = -O1 -g1 -fno-omit-frame-pointer -fsanitize=$(SAN)
ifdef SAN
BUILD    = build/san
OPT      = $(SANITIZE) $(if $(findstring clang,$(CC)),,-Wno-format-truncation)
HARDEN   = -fPIE
else ifdef COVERAGE
BUILD    = build/coverage
OPT      = -O0 -g --coverage -fprofile-update=atomic
HARDEN   = -fPIE
else ifdef FUZZ
BUILD    = build/fuzz
CC       = clang
SAN      = fuzzer-no-link,address,undefined
OPT      = $(SANITIZE)
HARDEN   = -fPIE
endif

CFLAGS  += $(CSTD) $(WARN) $(OPT) $(HARDEN) -Ilib $(GLIB) -MMD -MP
# Names of ours are ours alone: libjansson, below libjwt, has a json_string too.
LDFLAGS += $(OPT) -pie -Wl,--exclude-libs,libviva.a -Wl,-z,relro,-z,now -Wl,--as-needed -pthread

LIB_SOURCES = $(wildcard lib/*/*.c)
LIB_OBJECTS = $(LIB_SOURCES:%.c=$(BUILD)/obj/%.o)
LIBRARY     = $(BUILD)/libviva.a
JUDGE_BOX   = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard lib/judge/box/*.c))
JUDGE_SQL   = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard lib/judge/sql/*.c))
JUDGE       = $(BUILD)/judge-box $(BUILD)/judge-sql
PROGRAMS    = $(patsubst cgi-bin/%/main.c,$(BUILD)/%,$(wildcard cgi-bin/*/main.c))
VIVA        = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tools/viva/*.c))
UNIT_TESTS  = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
TEST_TOOLS  = $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
FUZZ_TARGETS = $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZERS     = $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%)
FUZZ_CORPUS = $(FUZZ_TARGETS:%=$(BUILD)/obj/tests/fuzz/%_corpus.o)
FUZZ_SITE   = $(BUILD)/obj/tests/fuzz/site.o $(patsubst $(BUILD)/%,$(BUILD)/obj/fuzz/%.o,$(PROGRAMS))
OBJECTS     = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard lib/*/*.c lib/judge/*/*.c cgi-bin/*/*.c tools/viva/*.c))
TEST_OBJECTS = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/unit/*_test.c tests/tools/*.c tests/fuzz/*.c))
CATALOGUES  = $(patsubst locale/%.po,build/locale/%.mo,$(wildcard locale/*.po))
ASSETS      = build/static/VERSION

# As many jobs as processors; a number on the command line wins.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS  += -j$(shell nproc)
endif

all: $(PROGRAMS) $(BUILD)/viva $(JUDGE) $(CATALOGUES) $(ASSETS)

# --- using --------------------------------------------------------------------

# VAR may be relative to the folder that make was called in, which -C hides.
run upgrade: export CALLED_IN = $(PWD)
run upgrade:
	@root=$$(pwd); cd "$$CALLED_IN" 2>/dev/null || :; VIVA_BUILD='$(BUILD)' exec "$$root/tools/run" $(@:run=)

test:
	tools/packages run languages test
	$(MAKE) all
	$(MAKE) SAN=address,undefined all unit-tests
	tests/run

# A tree that works wherever it lies; DESTDIR= stands before the prefix while it is made.
PREFIX = /usr/local
install: export DESTDIR := $(DESTDIR)
install: all
	@VIVA_BUILD='$(BUILD)' tools/install '$(PREFIX)'

dist: all
	@VIVA_BUILD='$(BUILD)' tools/dist

install-system: export DESTDIR := $(DESTDIR)
install-system:
	@tools/install-system '$(PREFIX)'

deb:
	tools/packages run deb
	$(MAKE) all
	@VIVA_BUILD='$(BUILD)' tools/deb

lint:
	tools/packages run lint
	tools/lint/all

objects: $(OBJECTS)

test-objects: $(TEST_OBJECTS)

unit-tests: $(UNIT_TESTS) $(TEST_TOOLS) $(CATALOGUES)

san:
	$(MAKE) SAN=address,undefined all unit-tests

coverage:
	tools/packages run languages test coverage
	$(MAKE) COVERAGE=1 all unit-tests
	tools/coverage

bench: all
	tests/bench/run

# Two hundred people who do what people do; and a hundred of them for half an hour, to see
# that nothing grows.
soak load: all
	tools/packages bench
	@mkdir -p $(BUILD)/bench
	$(CC) -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -o $(BUILD)/bench/hello tests/bench/hello.c -lfcgi -pthread
	VIVA_BUILD='$(BUILD)' node tests/load/$@.mjs

# Scanners against a private instance, a quarter of an hour; any finding fails.
security: all
	tools/packages run security
	tests/run security

# Everything the bank must show, proved or not; prints what it holds.
bank-test: all
	tools/packages run languages
	$(BUILD)/viva bank check --whole
	VIVA_WHOLE_BANK=1 tests/run score

score-report: $(BUILD)/viva $(BUILD)/tools/stem_pairs
	@VIVA_BUILD='$(BUILD)' tools/score-report

# Everything that can fail while people answer, in an order that SEED decides; then every
# single operation of the database on its disk.
SEED = 1
INTERVIEWS = 200
chaos: all $(BUILD)/tests/faults_test $(BUILD)/tests/power_test
	node tests/chaos/run.mjs --seed=$(SEED) --interviews=$(INTERVIEWS)
	FAULT_EVERY=1 $(BUILD)/tests/faults_test
	FAULT_SEED=$(SEED) $(BUILD)/tests/power_test

SECONDS = 60
fuzz:
	tools/packages run fuzz
	$(MAKE) FUZZ=1 fuzzers
	tools/fuzz $(SECONDS)

fuzzers: $(FUZZERS) $(CATALOGUES) $(ASSETS)

# Builds the container's image and has a browser go through it; see tests/container/run.
container-test: all
	tools/packages run test container
	tests/container/run

clean:
	rm -rf build

# --- building -----------------------------------------------------------------

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

$(LIBRARY): $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

define program
$(BUILD)/$(1): $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard cgi-bin/$(1)/*.c)) $(LIBRARY)
	$$(CC) $$(LDFLAGS) -o $$@ $$^ $$(LIBS)
endef
$(foreach name,$(notdir $(PROGRAMS)),$(eval $(call program,$(name))))

$(BUILD)/viva: $(VIVA) $(LIBRARY)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

# Both run where strangers' code runs: static, without sanitizers and coverage, which would
# need files and memory that a box does not have.
$(JUDGE_BOX) $(JUDGE_SQL): OPT = -O2 -g
$(JUDGE_BOX) $(JUDGE_SQL): HARDEN = -fstack-protector-strong -D_FORTIFY_SOURCE=2

$(BUILD)/judge-box: $(JUDGE_BOX)
	$(CC) -static -o $@ $^ -lseccomp

$(BUILD)/judge-sql: $(JUDGE_SQL)
	$(CC) -static -o $@ $^ -lsqlite3 -lm

$(BUILD)/obj/lib/judge/harness.o: $(wildcard lib/judge/harness/*)

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBRARY) $(LIBS) -ljwt

$(BUILD)/tools/%: $(BUILD)/obj/tests/tools/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

# Fuzz targets: each with libFuzzer, and all in one unit test.
$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/%_fuzz.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $(filter %.o,$^) $(LIBRARY) $(LIBS)

$(BUILD)/obj/tests/fuzz/%_corpus.o: tests/fuzz/%_fuzz.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -DFUZZ_CORPUS -c -o $@ $<

$(BUILD)/fuzz/request: $(FUZZ_SITE)
$(BUILD)/tests/fuzz_corpus_test: $(FUZZ_CORPUS) $(FUZZ_SITE)

# The five programs for the target `request`: each is one object whose names are its own, with a
# main and an app_run of other names.
define fuzz_program
$(BUILD)/obj/fuzz/$(1).o: $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard cgi-bin/$(1)/*.c))
	@mkdir -p $$(@D)
	$(LD) -r -o $$@ $$^
	objcopy --redefine-sym main=fuzz_program_$(1) --redefine-sym app_run=fuzz_app_run \
		--keep-global-symbol=fuzz_program_$(1) $$@
endef
$(foreach name,$(notdir $(PROGRAMS)),$(eval $(call fuzz_program,$(name))))

build/locale/%.mo: locale/%.po
	@mkdir -p $(@D)
	msgfmt --check-format --check-domain -o $@ $<

$(ASSETS): package-lock.json $(wildcard static/* node_modules/.package-lock.json) tools/assets
	tools/assets $(@D)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

.PHONY: all run upgrade install install-system dist deb test lint objects test-objects unit-tests san coverage security bench load soak bank-test score-report chaos fuzz fuzzers container-test clean
.SECONDARY:
