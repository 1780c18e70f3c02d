// Starts the NHS.UK components, and keeps focus and announcements right after htmx swaps.
import "./sending.js";
import { createAll, ErrorSummary, FileUpload, Header, PasswordInput, SkipLink } from "./vendor/nhsuk/nhsuk.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
start(document);

function start(scope) {
  for (const component of [ErrorSummary, FileUpload, Header, PasswordInput, SkipLink]) createAll(component, {}, scope);
}

// Only who writes sentences has something to keep until it is sent.
function keepDrafts() {
  if (document.querySelector("main form textarea")) import("./drafts.js");
}

keepDrafts();

const announcer = document.getElementById("announcer");

// A repeated sentence is read again only if the region was empty in between.
document.body.addEventListener("announce", (event) => {
  announcer.textContent = "";
  window.setTimeout(() => { announcer.textContent = event.detail.value; }, 50);
});

// Components inside swapped content need starting, and the part says with data-focus where the focus goes.
document.body.addEventListener("htmx:afterSettle", (event) => {
  const swapped = event.detail.elt;
  start(swapped);
  keepDrafts();
  const inside = swapped.querySelector("[data-focus], .nhsuk-error-summary");
  const wanted = swapped.matches("[data-focus]") ? swapped : inside;
  if (!wanted) return;
  if (!wanted.hasAttribute("tabindex")) wanted.setAttribute("tabindex", "-1");
  wanted.focus();
});

// What was typed or chosen while the scripts were still on their way is acted on as soon as htmx listens.
document.body.addEventListener("htmx:load", catchUp, { once: true });

function catchUp() {
  document.querySelectorAll("input, select, textarea").forEach(catchUpWith);
}

function catchUpWith(field) {
  if (isTyped(field)) field.dispatchEvent(new Event("input", { bubbles: true }));
  else if (isChosenAnew(field)) field.dispatchEvent(new Event("change", { bubbles: true }));
}

function isTyped(field) {
  if (field instanceof HTMLSelectElement || field.type === "hidden") return false;
  return field.value !== field.defaultValue;
}

function isChosenAnew(field) {
  if (!(field instanceof HTMLSelectElement)) return field.checked !== field.defaultChecked;
  const options = [...field.options];
  return field.selectedIndex !== Math.max(0, options.findLastIndex((option) => option.defaultSelected));
}

// A search in place asks its newest question once the answer on its way has come: that is how htmx queues, and unlike
// hx-sync="this:replace" it leaves nothing in the console.

// Who has chosen among what was found, and gets a later answer of the same search, has still chosen.
let chosen = [];

document.body.addEventListener("htmx:beforeSwap", (event) => {
  chosen = [...event.detail.target.querySelectorAll("input[type=radio]:checked")];
});

document.body.addEventListener("htmx:afterSwap", () => {
  for (const { name, value } of chosen) {
    const same = document.querySelector(`input[type=radio][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (same) same.checked = true;
  }
});

// A banner that came with the page is where the story goes on.
document.querySelector("main [data-focus]")?.focus();
