// Makes pages nicer; every page works without it.
"use strict";

const TYPING_PAUSE_MS = 800;
const RESEND_AFTER_MS = 10000;
const EVENTS_PAUSE_MS = 2000;
const EVENTS_PER_REQUEST = 10; // of at most 8 KB
const AWAY_MIN_MS = 2000;
const PASTE_MIN_CHARS = 120;
const EXCERPT_CHARS = 100;
const TYPED_MIN_CHARS = 40;
const FAST_CHARS_PER_S = 25;
const TYPING_GAP_MS = 1000;
const KEEPALIVE_MAX_BYTES = 60000; // browsers refuse longer requests from a page that is left

// A second press of a button sends nothing twice. When no answer comes, the form may be
// sent again after a while: the server takes one form only once.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.dataset.busy) {
      return; // chat.js sends it and sees to that itself
    }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, RESEND_AFTER_MS);
  });
}

// Coming back with the browser's Back button shows a page that may send again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
  }
});

// A link may carry a code behind its #, which no server gets to see.
for (const field of document.querySelectorAll("input[data-from-link]")) {
  field.value ||= location.hash.slice(1);
}

function countCharacters(field, output) {
  const show = () => {
    const count = [...field.value].length;
    output.textContent = `${count} / ${field.maxLength}`;
  };
  output.hidden = false;
  field.addEventListener("input", show);
  field.addEventListener("taken", show);
  show();
}

// Saves the unsent text a moment after the last key, and when the page is left.
function keepDraft(form, field, state) {
  let saved = field.value;
  let timer = 0;
  let running = null;

  const send = async (text, leaving) => {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, answer: text });
    const keepalive = leaving && String(body).length < KEEPALIVE_MAX_BYTES;
    const { signal } = (running = new AbortController());
    try {
      return (await fetch(form.dataset.draft, { method: "POST", body, keepalive, signal })).ok;
    } catch {
      return signal.aborted ? null : false;
    } finally {
      running = running?.signal === signal ? null : running;
    }
  };
  const save = async (leaving) => {
    const text = field.value;
    clearTimeout(timer);
    if (text === saved || form.dataset.sent) {
      return;
    }
    if (running && !leaving) {
      timer = setTimeout(save, TYPING_PAUSE_MS, false);
      return;
    }
    running?.abort();
    const ok = await send(text, leaving);
    if (form.dataset.sent || ok === null) {
      return;
    }
    saved = ok ? text : saved;
    state.textContent = ok ? state.dataset.saved : state.dataset.unsaved;
    state.hidden = false;
  };

  field.addEventListener("input", () => {
    state.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(save, TYPING_PAUSE_MS, false);
  });
  // A draft that arrived after the answer would bring the answer back.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
  });
  // chat.js took the text out of the field and sends it as an answer ...
  field.addEventListener("taken", () => {
    saved = running ? null : field.value;
    state.hidden = true;
  });
  // ... and is done: a draft that was on its way meanwhile may have come after the answer.
  field.addEventListener("answered", () => {
    if (field.value !== saved) {
      save(false);
    }
  });
  // On phones a page that goes to the background may never come back.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      save(true);
    }
  });
}

// Notes for the interviewer: page left, large pastes, typing faster than people type. The
// server decides what is worth keeping; here only what cannot matter is left out.
function watchEvents(form, field) {
  const events = [];
  let timer = 0;
  let awaySince = 0;
  let typed = null;

  const send = () => {
    clearTimeout(timer);
    timer = 0;
    if (events.length === 0) {
      return;
    }
    const batch = JSON.stringify(events.splice(0, EVENTS_PER_REQUEST));
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, events: batch });
    fetch(form.dataset.events, { method: "POST", body, keepalive: true }).catch(() => {});
    if (events.length > 0) {
      timer = setTimeout(send, EVENTS_PAUSE_MS);
    }
  };
  const note = (event) => {
    events.push(event);
    timer ||= setTimeout(send, EVENTS_PAUSE_MS);
  };
  const leave = () => {
    awaySince ||= performance.now();
  };
  const comeBack = () => {
    const ms = Math.round(performance.now() - awaySince);
    if (awaySince && ms >= AWAY_MIN_MS) {
      note({ kind: "focus_lost", ms });
    }
    awaySince = 0;
  };
  const endTyping = () => {
    if (typed && typed.chars >= TYPED_MIN_CHARS && typed.chars * 1000 > FAST_CHARS_PER_S * typed.ms) {
      note({ kind: "fast_typing", chars: typed.chars, ms: typed.ms });
    }
    typed = null;
  };

  addEventListener("blur", leave);
  addEventListener("focus", comeBack);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      leave();
    } else {
      comeBack();
    }
  });
  addEventListener("pagehide", () => {
    endTyping();
    send();
  });
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    const chars = [...text].length;
    if (chars >= PASTE_MIN_CHARS) {
      note({ kind: "large_paste", chars, excerpt: [...text].slice(0, EXCERPT_CHARS).join("") });
    }
  });
  // Whole words come from dictation and suggestions; only single keys tell a speed.
  field.addEventListener("input", (event) => {
    const now = performance.now();
    if (event.inputType !== "insertText" || event.data?.length !== 1) {
      return;
    }
    if (!typed || now - typed.last > TYPING_GAP_MS) {
      endTyping();
      typed = { chars: 0, start: now, last: now, ms: 0 };
    }
    typed.chars++;
    typed.last = now;
    typed.ms = Math.round(now - typed.start);
  });
}

function showTimeLeft(timer) {
  const end = performance.now() + Number(timer.dataset.secondsLeft) * 1000;
  const output = timer.querySelector("b");
  const over = document.querySelector("[data-over]");
  const show = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    const seconds = String(left % 60).padStart(2, "0");
    output.textContent = `${Math.floor(left / 60)}:${seconds}`;
    over.hidden = left > 0;
  };
  timer.hidden = false;
  timer.previousElementSibling.hidden = true;
  show();
  setInterval(show, 1000);
}

function prepareAnswer(form) {
  const field = form.elements.answer;
  const shortcut = form.querySelector("[data-shortcut]");
  countCharacters(field, form.querySelector("[data-count]"));
  keepDraft(form, field, form.querySelector("[data-draft-state]"));
  if (form.dataset.events) {
    watchEvents(form, field);
  }
  shortcut.hidden = false;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const button = form.querySelector("button[value=say]");
      if (button) {
        form.requestSubmit(button);
      }
    }
  });
  // The next answer can be typed at once, unless that would open a phone's keyboard. Going
  // to #latest takes the focus away, so this waits until the page is there.
  if (location.hash === "#latest" && matchMedia("(hover: hover)").matches) {
    addEventListener("load", () => field.focus({ preventScroll: true }));
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  prepareAnswer(form);
}
for (const timer of document.querySelectorAll("[data-seconds-left]")) {
  showTimeLeft(timer);
}
