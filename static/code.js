// The page of a coding task: editor, drafts, results without loading the page anew, and notes
// of what happens meanwhile. Everything but the notes works without it, with a plain field.
"use strict";

const DRAFT_PAUSE_MS = 2000;
const BODY_OF_LEFT_PAGE = 60000; // browsers refuse longer requests from a page that is left
const POLL_MS = { first: 300, growth: 1.3, last: 2000 };
const NOTES = { everyMs: 10000, batch: 8, awayMs: 2000, pasteChars: 200, excerpt: 200 };
const TYPING = { pauseMs: 1000, chars: 40, perSecond: 25, keyChars: 4 };

// --- the editor -----------------------------------------------------------------

function ariaLabel(field) {
  return field.labels[0].textContent.trim();
}

// No form may hold one, and no language wants it: it only comes with a paste.
const withoutNul = (text) => text.replaceAll("\0", "");

// Tab indents, as it does in editors, until Esc was pressed: then it leaves.
function letTabLeave(editor) {
  const bind = (tab, shiftTab) => {
    editor.commands.bindKey("Tab", tab);
    editor.commands.bindKey("Shift-Tab", shiftTab);
  };
  editor.commands.addCommand({ name: "leave", bindKey: "Esc", exec: () => bind(null, null) });
  editor.on("focus", () => bind("indent", "outdent"));
  document.querySelector("[data-leave]").hidden = false;
}

function aceEditor(field, folder) {
  const place = document.createElement("div");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  field.after(place);
  ace.config.set("useStrictCSP", true);
  ace.config.set("basePath", folder);
  const editor = ace.edit(place, {
    value: field.value,
    useWorker: false,
    showPrintMargin: false,
    showFoldWidgets: false,
    displayIndentGuides: false,
    minLines: 18,
    maxLines: 42,
    fontSize: "0.9rem",
    tabSize: 4,
    useSoftTabs: !field.value.includes("\n\t"),
  });
  const setTheme = () => editor.setTheme({ cssClass: "ace-viva", cssText: "", isDark: dark.matches });
  dark.addEventListener("change", setTheme);
  setTheme();
  editor.session.setMode(`ace/mode/${field.dataset.mode}`);
  editor.textInput.getElement().setAttribute("aria-label", ariaLabel(field));
  field.labels[0].addEventListener("click", () => editor.focus());
  field.hidden = true;
  editor.session.on("change", () => (field.value = withoutNul(editor.getValue())));
  letTabLeave(editor);
  return {
    place,
    onChange: (act) => editor.session.on("change", act),
    // Undoable, unlike setValue of the session.
    set: (text) => editor.setValue(text, -1),
    onRun: (act) =>
      editor.commands.addCommand({ name: "run", bindKey: { win: "Ctrl-Enter", mac: "Command-Enter" }, exec: act }),
  };
}

function plainEditor(field) {
  return {
    place: field,
    onChange: (act) => field.addEventListener("input", (event) => act(typedIn(event))),
    set(text) {
      field.value = text;
      field.dispatchEvent(new Event("input"));
    },
    onRun(act) {
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          act();
        }
      });
    },
  };
}

// What a plain field's event says, in the words of Ace's.
function typedIn(event) {
  const isInsert = event.inputType === "insertText" && event.data;
  return { action: isInsert ? "insert" : "", lines: [event.data ?? ""] };
}

// --- talking to the server ------------------------------------------------------

async function post(address, body, options = {}) {
  const headers = { Accept: "application/json" };
  try {
    const response = await fetch(address, { method: "POST", body, headers, ...options });
    return { ok: response.ok, ...(await response.json()) };
  } catch {
    return { ok: false };
  }
}

async function get(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

// --- drafts ---------------------------------------------------------------------

// Saves the code a moment after the last key and when the page is left. What another tab saved
// in the meantime is never overwritten before somebody chose.
function keepDraft(form, editor) {
  const field = form.elements.code;
  const state = form.querySelector("[data-draft-state]");
  const conflict = form.querySelector("[data-conflict]");
  let saved = field.value;
  let timer = 0;
  let running = null;
  let leavingWith = null; // pages that are left say so twice
  let newer = null;

  const say = (text) => {
    state.textContent = text;
    state.hidden = text === "";
  };
  const meet = (other) => {
    newer = other;
    conflict.querySelector("code").textContent = other.newer;
    conflict.hidden = false;
  };
  const send = async (options) => {
    const { csrf, code_language, saved_at } = form.elements;
    const text = field.value;
    const body = new URLSearchParams({
      csrf: csrf.value, code_language: code_language.value, saved_at: saved_at.value, code: text,
    });
    const keepalive = options.leaving && String(body).length < BODY_OF_LEFT_PAGE;
    const reply = await post(`${form.dataset.code}/drafts`, body, { keepalive });
    if (reply.ok) {
      saved = text;
      saved_at.value = reply.saved_at;
    } else if (reply.newer !== undefined) {
      meet(reply);
    }
    say(reply.ok ? state.dataset.saved : reply.newer === undefined ? state.dataset.unsaved : "");
  };
  const save = async ({ leaving = false } = {}) => {
    clearTimeout(timer);
    await (leaving ? null : running);
    if (field.value === saved || newer || (leaving && field.value === leavingWith)) {
      return;
    }
    leavingWith = leaving ? field.value : null;
    const mine = (running = send({ leaving }));
    await mine;
    running = running === mine ? null : running;
  };
  const decide = (act) => () => {
    form.elements.saved_at.value = newer.saved_at;
    act(newer.newer);
    newer = null;
    conflict.hidden = true;
    save();
  };

  editor.onChange(() => {
    say("");
    clearTimeout(timer);
    timer = setTimeout(save, DRAFT_PAUSE_MS);
  });
  form.querySelector("[data-take-theirs]").addEventListener("click", decide(editor.set));
  form.querySelector("[data-keep-mine]").addEventListener("click", decide(() => {}));
  const leave = () => form.dataset.leaving || save({ leaving: true });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());

  return {
    meet,
    // Until nothing is on its way that could overtake what comes next.
    async settle() {
      clearTimeout(timer);
      await running;
    },
    isSettled: () => running === null,
    // The form took the code along.
    sent(text, time) {
      saved = text;
      form.elements.saved_at.value = time;
      say("");
    },
  };
}

// --- runs -----------------------------------------------------------------------

function showStatus(status) {
  const results = document.querySelector("[data-results]");
  const summary = () => results.querySelector("[data-summary]")?.textContent.trim() ?? "";
  results.innerHTML = status.results;
  document.querySelector("[data-progress]").innerHTML = status.progress;
  const announcer = document.querySelector("[data-announcer]");
  if (announcer.textContent !== summary()) {
    announcer.textContent = summary();
  }
}

async function follow(address) {
  let pause = POLL_MS.first;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const status = await get(address);
    if (status) {
      showStatus(status);
    }
    if (status && !status.is_pending) {
      return;
    }
    pause = Math.min(pause * POLL_MS.growth, POLL_MS.last);
  }
}

function judge(form, drafts) {
  const fault = form.querySelector("[data-error]");
  let busy = false;

  const setBusy = (is) => {
    busy = is;
    document.querySelector("#results").setAttribute("aria-busy", String(is));
    for (const button of document.querySelectorAll("[data-judged]")) {
      button.setAttribute("aria-disabled", String(is));
    }
  };
  const refuse = (reply) => {
    fault.textContent = reply.error ?? fault.dataset.unsent;
    fault.hidden = false;
    if (reply.newer !== undefined) {
      drafts.meet(reply);
    }
  };
  const waitFor = async (address) => {
    setBusy(true);
    await follow(address);
    setBusy(false);
  };
  const send = async (action) => {
    await drafts.settle();
    const text = form.elements.code.value;
    const body = new URLSearchParams(new FormData(form));
    body.set("action", action);
    const reply = await post(`${form.dataset.code}/runs`, body);
    if (!reply.ok) {
      refuse(reply);
      return;
    }
    form.elements.nonce.value = reply.nonce;
    if (action === "submit") {
      form.querySelector("[data-leave-question]")?.remove();
    }
    drafts.sent(text, reply.saved_at);
    showStatus(reply);
    document.querySelector("#results").scrollIntoView({ block: "nearest" });
    if (reply.is_pending) {
      await follow(`${form.dataset.code}/runs/${reply.id}.json`);
    }
  };

  return {
    waitFor,
    async run(action) {
      if (busy) {
        return;
      }
      fault.hidden = true;
      setBusy(true);
      await send(action);
      setBusy(false);
    },
  };
}

// --- notes of what happens ------------------------------------------------------

// Gives the function that takes a note; what it is told by `finish` comes before the page is left.
function makeNotes(form, finish) {
  const notes = [];

  const send = (leaving) => {
    while (notes.length > 0) {
      const events = JSON.stringify(notes.splice(0, NOTES.batch));
      const body = new URLSearchParams({ csrf: form.elements.csrf.value, events });
      const address = `${form.dataset.code}/events`;
      if (!leaving || !navigator.sendBeacon(address, body)) {
        fetch(address, { method: "POST", body, keepalive: leaving }).catch(() => {});
      }
    }
  };
  setInterval(send, NOTES.everyMs, false);
  addEventListener("pagehide", () => {
    finish.forEach((act) => act());
    send(true);
  });
  return (note) => notes.push(note);
}

function noteAbsence(note) {
  let since = null;
  const leave = () => (since ??= performance.now());
  const come = () => {
    const ms = since === null ? 0 : Math.round(performance.now() - since);
    since = null;
    if (ms >= NOTES.awayMs) {
      note({ kind: "focus_lost", ms });
    }
  };
  addEventListener("blur", leave);
  addEventListener("focus", come);
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : come()));
}

function notePastes(place, note) {
  const look = (event) => {
    const text = [...(event.clipboardData?.getData("text/plain") ?? "")];
    if (text.length > NOTES.pasteChars) {
      note({ kind: "large_paste", chars: text.length, excerpt: text.slice(0, NOTES.excerpt).join("") });
    }
  };
  place.addEventListener("paste", look, true);
}

// A key that is held down repeats itself: the same text again does not count. Gives the function
// that ends the run of keys which is under way.
function noteTyping(editor, note) {
  let run = { chars: 0, start: 0, last: 0, text: "" };

  const end = () => {
    const ms = Math.round(run.last - run.start);
    if (run.chars >= TYPING.chars && ms > 0 && (run.chars * 1000) / ms > TYPING.perSecond) {
      note({ kind: "fast_typing", chars: run.chars, ms });
    }
  };
  editor.onChange(({ action, lines }) => {
    const now = performance.now();
    const text = lines.join("\n");
    if (action !== "insert" || text.length > TYPING.keyChars || text === run.text) {
      return;
    }
    if (now - run.last > TYPING.pauseMs) {
      end();
      run = { chars: 0, start: now, last: now, text };
    }
    run = { ...run, chars: run.chars + 1, last: now, text };
  });
  return end;
}

// --- the page -------------------------------------------------------------------

function showElapsed(output) {
  const start = performance.now() - Number(output.dataset.elapsedS) * 1000;
  const show = () => {
    const all = Math.floor((performance.now() - start) / 1000);
    const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    const pad = (number) => String(number).padStart(2, "0");
    output.textContent = hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
  };
  show();
  setInterval(show, 1000);
}

// Buttons that load another page wait for a draft that is on its way.
function sendForms(form, drafts, runs) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.matches("[data-judged]")) {
      event.preventDefault();
      runs.run(button.value);
    } else if (form.dataset.leaving) {
      event.preventDefault();
    } else if (!drafts.isSettled()) {
      event.preventDefault();
      await drafts.settle();
      form.requestSubmit(button);
    } else {
      form.dataset.leaving = "1";
    }
  });
  addEventListener("pageshow", () => delete form.dataset.leaving);
}

function prepareLanguages(form) {
  const choice = form.elements.wanted_language;
  const button = form.querySelector("button[value=choose]");
  if (choice) {
    button.hidden = true;
    choice.addEventListener("change", () => form.requestSubmit(button));
  }
}

function dropNul({ target }) {
  if (target.value?.includes("\0")) {
    target.value = withoutNul(target.value);
  }
}

function prepare(form) {
  const field = form.elements.code;
  const editor = window.ace ? aceEditor(field, form.dataset.static) : plainEditor(field);
  const drafts = keepDraft(form, editor);
  const runs = judge(form, drafts);
  const finish = [];
  const note = makeNotes(form, finish);
  const pending = document.querySelector("[data-pending]")?.dataset.pending;

  form.querySelector("[data-shortcut]").hidden = false;
  form.addEventListener("input", dropNul, true);
  editor.onRun(() => runs.run("run"));
  sendForms(form, drafts, runs);
  prepareLanguages(form);
  noteAbsence(note);
  notePastes(editor.place, note);
  finish.push(noteTyping(editor, note));
  if (pending) {
    runs.waitFor(pending);
  }
}

for (const output of document.querySelectorAll("[data-elapsed-s]")) {
  showElapsed(output);
}
const codeForm = document.querySelector("#code-form");
if (codeForm) {
  prepare(codeForm);
}
