// Makes pages nicer; every page works without it.
"use strict";

const TYPING_PAUSE_MS = 800;
const RESEND_AFTER_MS = 10000;
const KEEPALIVE_MAX_BYTES = 60000; // browsers refuse longer requests from a page that is left

// A second press of a button sends nothing twice. When no answer comes, the form may be
// sent again after a while: the server takes one form only once.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
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

function countCharacters(field, output) {
  const show = () => {
    const count = [...field.value].length;
    output.textContent = `${count} / ${field.maxLength}`;
  };
  output.hidden = false;
  field.addEventListener("input", show);
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
      return false;
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
    if (form.dataset.sent) {
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
  // On phones a page that goes to the background may never come back.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      save(true);
    }
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
  shortcut.hidden = false;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=say]"));
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
