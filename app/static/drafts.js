// Keeps what is typed in this browser until the service has taken the form, and offers it to its writer again.
//
// It is encrypted with a key that only pages of that person carry, and goes after a day.

const KEY = document.querySelector("meta[name=draft-key]")?.content;
const KEPT_MS = 24 * 60 * 60 * 1000;
const PAUSE_MS = 400;
const PREFIX = "draft ";
const TAKEN = /(?:^|; )taken-form=([0-9a-zA-Z.]+)/;
// Of what nobody typed only these go back: the key, as the form may have arrived, and what a change was made from.
const CARRIED = new Set(["form_key", "made_from"]);

const places = new Map(); // forms, and the name under which the draft of each is kept
const secret = KEY && window.crypto?.subtle ? importKey() : null;
let lastKept = Promise.resolve();

if (secret) begin();

function begin() {
  forgetOld();
  forgetTaken();
  watchAll();
  document.addEventListener("input", ({ target }) => keepSoon(target.form));
  document.addEventListener("change", ({ target }) => keepSoon(target.form));
  document.addEventListener("visibilitychange", () => places.forEach((place, form) => keepIfTyped(form)));
  document.body.addEventListener("htmx:afterSettle", watchAll);
  document.body.addEventListener("htmx:afterRequest", forgetTaken);
}

function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function textOf(bytes) {
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
}

function importKey() {
  return crypto.subtle.importKey("raw", bytesOf(KEY), "AES-GCM", false, ["encrypt", "decrypt"]);
}

// Forms in which somebody writes sentences; one with a password is never kept.
function watchAll() {
  for (const form of document.querySelectorAll("main form[method=post]")) {
    const isLong = form.querySelector("textarea") && form.elements.form_key;
    if (isLong && !places.has(form) && !form.querySelector("[type=password]")) watch(form);
  }
}

async function watch(form) {
  places.set(form, null);
  const where = new TextEncoder().encode(`${KEY} ${new URL(form.action).pathname}`);
  const place = PREFIX + textOf(await crypto.subtle.digest("SHA-256", where));
  places.set(form, place);
  const draft = await read(place);
  if (draft && differs(form, draft.fields)) offer(form, place, draft);
}

function isKept(field) {
  if (!field.name || field.type === "file" || field instanceof HTMLButtonElement) return false;
  return field.type !== "hidden" || CARRIED.has(field.name);
}

function fieldsOf(form) {
  return [...form.elements].filter(isKept).filter((field) => isTicked(field) !== false)
    .map((field) => [field.name, field.value]);
}

// True or false for what can be ticked, undefined for what is written.
function isTicked(field) {
  return ["radio", "checkbox"].includes(field.type) ? field.checked : undefined;
}

function differs(form, fields) {
  const typed = (pairs) => JSON.stringify(pairs.filter(([name]) => !CARRIED.has(name)));
  return typed(fields) !== typed(fieldsOf(form));
}

const waiting = new Map(); // forms, and the clock of each that will be kept soon

function keepSoon(form) {
  if (!places.get(form)) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => keepIfTyped(form), PAUSE_MS));
}

// Only what was typed in this page: a page that is merely open leaves alone what another has kept.
function keepIfTyped(form) {
  if (!waiting.has(form)) return;
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  lastKept = lastKept.then(() => keep(form));
}

async function keep(form) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(fieldsOf(form)));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await secret, words);
  const draft = [Date.now(), form.elements.form_key.value, textOf(iv), textOf(closed)];
  try {
    localStorage.setItem(places.get(form), JSON.stringify(draft));
  } catch {
    // A browser without room keeps nothing; the form works as before.
  }
}

async function read(place) {
  try {
    const [at, , iv, closed] = JSON.parse(localStorage.getItem(place));
    const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv) }, await secret, bytesOf(closed));
    return { at, fields: JSON.parse(new TextDecoder().decode(words)) };
  } catch {
    return null;
  }
}

function drafts() {
  return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))
    .map((name) => [name, JSON.parse(localStorage.getItem(name))]);
}

function forgetOld() {
  for (const [name, [at]] of drafts()) if (Date.now() - at > KEPT_MS) localStorage.removeItem(name);
}

// The service says in a cookie which forms it has taken.
function forgetTaken() {
  const taken = TAKEN.exec(document.cookie)?.[1].split(".");
  if (!taken) return;
  document.cookie = "taken-form=; max-age=0; path=/; samesite=lax";
  for (const [name, [, key]] of drafts()) if (taken.includes(key)) localStorage.removeItem(name);
}

function offer(form, place, draft) {
  const box = document.createElement("div");
  box.className = "nhsuk-inset-text app-draft";
  const words = document.createElement("p");
  words.textContent = `What you typed here on ${moment(draft.at)} is kept in this browser. It may not have been saved.`;
  const back = button("Put it back", () => {
    putBack(form, draft.fields);
    box.remove();
    announce("What you typed is back in the form. It is not saved yet.");
  });
  const away = button("Throw it away", () => {
    localStorage.removeItem(place);
    box.remove();
    focusFirst(form);
    announce("What you had typed is thrown away.");
  });
  box.append(words, back, away);
  form.prepend(box);
}

function moment(at) {
  const zone = { timeZone: "Europe/London" };
  const day = new Intl.DateTimeFormat("en-GB", { ...zone, day: "numeric", month: "long", year: "numeric" });
  const time = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  return `${day.format(at)} at ${time.format(at)}`;
}

function button(words, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
  made.textContent = words;
  made.addEventListener("click", deed);
  return made;
}

function putBack(form, fields) {
  const left = [...fields];
  const next = (name) => {
    const at = left.findIndex(([known]) => known === name);
    return at < 0 ? undefined : left.splice(at, 1)[0][1];
  };
  for (const field of [...form.elements].filter(isKept)) {
    if (isTicked(field) !== undefined) {
      field.checked = fields.some(([name, value]) => name === field.name && value === field.value);
    } else {
      field.value = next(field.name) ?? field.value;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  focusFirst(form);
}

function focusFirst(form) {
  form.querySelector("textarea")?.focus();
}

function announce(words) {
  document.body.dispatchEvent(new CustomEvent("announce", { detail: { value: words } }));
}
