// Makes pages nicer; every page works without it.
"use strict";

// A second press of a button sends nothing twice.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
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

// Saves the unsent text a moment after the last key, and when the page goes away.
function keepDraft(form, field, state) {
  let saved = field.value;
  let timer = 0;
  const save = async () => {
    clearTimeout(timer);
    if (field.value === saved || form.dataset.sent) {
      return;
    }
    const text = field.value;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, answer: text });
    let ok = false;
    try {
      const reply = await fetch(form.dataset.draft, { method: "POST", body, keepalive: true });
      ok = reply.ok;
    } catch {
      ok = false;
    }
    if (ok) {
      saved = text;
    }
    state.textContent = ok ? state.dataset.saved : state.dataset.unsaved;
    state.hidden = false;
  };
  field.addEventListener("input", () => {
    state.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  });
  addEventListener("pagehide", save);
}

function showTimeLeft(timer) {
  const end = Number(timer.dataset.deadline) * 1000;
  const output = timer.querySelector("b");
  const show = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    const seconds = String(left % 60).padStart(2, "0");
    output.textContent = `${Math.floor(left / 60)}:${seconds}`;
  };
  timer.hidden = false;
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
      form.requestSubmit(form.querySelector("button[value=say]"));
    }
  });
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  prepareAnswer(form);
}
for (const timer of document.querySelectorAll("[data-deadline]")) {
  showTimeLeft(timer);
}
