# Viva. `make run` starts it, `make test` tests it; the rest is for its developers.

CC      ?= gcc
CSTD     = -std=c17 -D_GNU_SOURCE
WARN     = -Wall -Wextra -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
OPT     ?= -O2 -g
HARDEN   = -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
LIBS     = -lfcgi -lsqlite3 -lcjson -largon2 -lsodium -lstemmer -lmd4c -lm

# SAN=address,undefined builds with the sanitizers into a folder of its own.
ifdef SAN
BUILD    = build/san
OPT      = -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN)
HARDEN   = -fPIE
else ifdef COVERAGE
BUILD    = build/coverage
OPT      = -O0 -g --coverage
HARDEN   = -fPIE
else
BUILD    = build
endif

CFLAGS  += $(CSTD) $(WARN) $(OPT) $(HARDEN) -Ilib -MMD -MP
LDFLAGS += $(OPT) -pie -Wl,-z,relro,-z,now -Wl,--as-needed -pthread

LIB_SOURCES = $(wildcard lib/*/*.c)
LIB_OBJECTS = $(LIB_SOURCES:%.c=$(BUILD)/obj/%.o)
LIBRARY     = $(BUILD)/libviva.a
PROGRAMS    = $(patsubst cgi-bin/%.c,$(BUILD)/%,$(wildcard cgi-bin/*.c))
TOOLS       = $(BUILD)/viva
UNIT_TESTS  = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
CATALOGUES  = build/locale/ru.mo build/locale/uk.mo

all: $(PROGRAMS) $(TOOLS) $(CATALOGUES) build/static/.done

# --- building -----------------------------------------------------------------

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

$(LIBRARY): $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(PROGRAMS): $(BUILD)/%: $(BUILD)/obj/cgi-bin/%.o $(LIBRARY)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/viva: $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tools/viva/*.c)) $(LIBRARY)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

build/locale/%.mo: locale/%.po
	@mkdir -p $(@D)
	msgfmt -c -o $@ $<

build/static/.done: package-lock.json $(wildcard static/*) tools/assets
	tools/assets build/static
	@touch $@

unit-tests: $(UNIT_TESTS) $(CATALOGUES)

clean:
	rm -rf build

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

.PHONY: all unit-tests clean
.SECONDARY:
