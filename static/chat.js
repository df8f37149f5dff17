// The talk without reloading the page: htmx sends the form, the interviewer's words come as
// server-sent events (hx-sse), and the last event brings the parts of the page that changed.
// Whatever is not such a stream is left to the plain form. Without htmx all of it is.
"use strict";

const WAIT_MS = 1500;
const PLAIN_REFRESH_MS = 3000;
const MARGIN_PX = 16;

const byId = (id) => document.getElementById(id);
const typesWithKeys = () => matchMedia("(hover: hover)").matches;

// --- what stands in the page ----------------------------------------------------

function newTurn(whose, words) {
  const turn = document.createElement("li");
  const who = document.createElement("span");
  const said = document.createElement("p");
  turn.className = `turn ${whose}`;
  who.className = "who-said";
  who.textContent = byId("turns").dataset[whose];
  said.textContent = words;
  turn.append(who, said);
  byId("turns").append(turn);
  return turn;
}

function showBroken() {
  const broken = byId("broken");
  broken.setAttribute("role", "alert");
  broken.hidden = false;
}

function setState(name) {
  const state = byId("state");
  state.textContent = state.dataset[name] ?? "";
}

// Measures before the page changes; the function it gives is called after that, and keeps in
// sight what the visitor looks at: the field they type in, else the end of the talk.
function holdInSight(field) {
  const isTyping = document.activeElement === field;
  const edge = () => (isTyping ? field : byId("turns").lastElementChild).getBoundingClientRect().bottom;
  const before = edge();
  return () => {
    const after = edge();
    if (before <= 0 || before > innerHeight) {
      return;
    }
    if (isTyping) {
      scrollBy({ top: after - before, behavior: "instant" });
    } else if (after > innerHeight) {
      scrollBy({ top: after - innerHeight + MARGIN_PX, behavior: "instant" });
    }
  };
}

// Screen readers get what was said once, when it is complete.
function announce() {
  const words = [];
  for (let turn = byId("turns").lastElementChild; turn?.matches(".theirs"); turn = turn.previousElementSibling) {
    words.unshift([...turn.querySelectorAll("p, pre")].map((part) => part.textContent).join("\n"));
  }
  const said = byId("said");
  const text = words.join("\n");
  if (said.textContent !== text) {
    said.textContent = text;
  }
}

// --- a turn under way -----------------------------------------------------------

// From the press of a button to the talk as the server has it.
class Turn {
  constructor(form, submitter) {
    this.form = form;
    this.field = form.elements.answer;
    this.action = submitter?.value || "say";
    this.isSaid = this.action === "say";
    this.text = this.field.value;
    this.own = null; // the visitor's bubble
    this.live = null; // the interviewer's
    this.waiting = ""; // words for the next paint
    this.hasBegun = false; // the server answers
    this.isStopped = false;
    this.outcome = null; // "shown", "plain"
  }

  begin(submitter) {
    const words = this.isSaid ? this.text.trim() : submitter?.dataset.words;
    this.form.dataset.busy = "1";
    delete this.form.dataset.sent;
    document.querySelector(".flash")?.remove();
    const hold = holdInSight(this.field);
    if (words) {
      this.own = newTurn("mine", words);
    }
    this.form.querySelector(".streaming").hidden = false;
    hold();
    if (this.isSaid) {
      this.setField("");
    }
    setState("thinking");
    this.moveFocus(this.form.querySelector("[data-stop]"));
  }

  // The button that was pressed is gone. On a phone the field would open the keyboard.
  moveFocus(otherwise) {
    const { activeElement } = document;
    if (activeElement === document.body || (activeElement !== this.field && this.form.contains(activeElement))) {
      (typesWithKeys() ? this.field : otherwise).focus({ preventScroll: true });
    }
  }

  setField(text) {
    this.field.value = text;
    this.field.dispatchEvent(new Event("taken"));
  }

  onReply() {
    this.paint();
    this.live = null;
  }

  onText(text) {
    if (this.waiting === "") {
      requestAnimationFrame(() => this.paint());
    }
    this.waiting += text;
  }

  paint() {
    const words = this.waiting;
    this.waiting = "";
    if (words === "" || this.outcome) {
      return;
    }
    const hold = holdInSight(this.field);
    this.live ??= newTurn("theirs", "");
    this.live.querySelector("p").append(words);
    hold();
  }

  // The talk is as the server has it.
  finish() {
    delete this.form.dataset.busy;
    this.field.dispatchEvent(new Event("answered"));
    const latest = byId("latest");
    latest.tabIndex = -1;
    this.moveFocus(latest);
  }

  takeBack() {
    this.own?.remove();
    this.own = null;
    if (this.isSaid && this.field.value === "") {
      this.field.value = this.text;
      this.field.dispatchEvent(new Event("input"));
    }
  }

  // The browser sends the form itself and shows what comes.
  sendPlainly() {
    const action = document.createElement("input");
    action.type = "hidden";
    action.name = "action";
    action.value = this.action;
    if (this.isSaid) {
      this.field.value = this.text;
    }
    this.form.dataset.sent = "1"; // no drafts any more
    this.form.append(action);
    HTMLFormElement.prototype.submit.call(this.form);
  }

  // What was said before the connection broke is stored, or it is in the field again.
  fail() {
    if (!this.hasBegun) {
      this.takeBack();
    }
    this.field.dispatchEvent(new Event("answered"));
    this.form.querySelector(".streaming").hidden = true;
    setState("");
    showBroken();
  }
}

// --- the page -------------------------------------------------------------------

// Fetches the talk as it stands: the parts of the page that may have changed.
function refresh(form) {
  htmx.ajax("GET", form.dataset.page, { source: byId("turns"), swap: "none" });
}

// Somebody else's request makes the interviewer answer: looks again after a while.
function waitForAnswer(form) {
  if (document.querySelector("[data-waits]")) {
    setTimeout(refresh, WAIT_MS, form);
  }
}

function stop(turn, button) {
  turn.isStopped = true;
  button.disabled = true;
  htmx.trigger(turn.form, "htmx:abort");
}

// What a request of the form came to.
function settle(turn) {
  if (turn.outcome === "shown") {
    turn.finish();
    return null;
  }
  if (turn.outcome === "plain") {
    turn.sendPlainly();
  } else if (turn.isStopped) {
    setTimeout(refresh, 0, turn.form); // when htmx is done with the request that was stopped
  } else {
    turn.fail();
  }
  return turn;
}

function watchTalk(form) {
  const field = form.elements.answer;
  let turn = null;
  let hold = () => {};

  const on = (name, act) =>
    form.addEventListener(name, (event) => {
      if (event.target === form) {
        act(event);
      }
    });
  const onEvent = (name, act) =>
    on(name, (event) => {
      turn.hasBegun = true;
      act(event.detail.data);
    });

  // Before all other listeners: nothing is sent while the interviewer answers.
  addEventListener("submit", (event) => {
    if (event.target === form && form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-stop]");
    if (button && turn) {
      stop(turn, button);
    }
  });
  on("htmx:before:request", ({ detail }) => {
    turn = new Turn(form, detail.ctx.request.submitter);
    turn.begin(detail.ctx.request.submitter);
  });
  onEvent("state", setState);
  onEvent("reply", () => turn.onReply());
  onEvent("text", (text) => turn.onText(text));
  onEvent("plain", () => (turn.outcome = "plain"));
  on("htmx:finally:request", () => {
    turn = turn && settle(turn);
  });

  // No stream: a page, which the browser is to show by itself.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (event.target === form) {
      event.preventDefault();
      turn.outcome = "plain";
      ctx.extensionPromise = ctx.response.raw.text(); // read, so that it is not broken off
    } else if (!ctx.response.headers.has("HX-Reswap")) {
      event.preventDefault();
      location.assign(form.dataset.page);
    }
  });
  document.addEventListener("htmx:before:swap", () => (hold = holdInSight(field)));
  document.addEventListener("htmx:after:swap", () => {
    hold();
    announce();
    if (turn?.isStopped) {
      turn.finish();
      turn = null;
    } else if (turn) {
      turn.outcome = "shown";
    }
    waitForAnswer(form);
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.target !== form) {
      showBroken();
    }
  });
}

const form = byId("answer-form");
if (form && window.htmx) {
  form.elements.answer.readOnly = false;
  watchTalk(form);
  waitForAnswer(form);
} else if (document.querySelector("[data-waits]")) {
  setTimeout(() => location.assign(document.querySelector("[data-waits]").href), PLAIN_REFRESH_MS);
}
