// Starts the NHS.UK components, and keeps focus and announcements right after htmx swaps.
import { initAll } from "./vendor/nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

const announcer = document.getElementById("announcer");

// A repeated sentence is read again only if the region was empty in between.
document.body.addEventListener("announce", (event) => {
  announcer.textContent = "";
  window.setTimeout(() => { announcer.textContent = event.detail.value; }, 50);
});

// Components inside swapped content need starting, and the part says with data-focus where the focus goes.
document.body.addEventListener("htmx:afterSettle", (event) => {
  const swapped = event.detail.elt;
  initAll({ scope: swapped });
  const wanted = swapped.matches("[data-focus]") ? swapped : swapped.querySelector("[data-focus], .nhsuk-error-summary");
  if (!wanted) return;
  if (!wanted.hasAttribute("tabindex")) wanted.setAttribute("tabindex", "-1");
  wanted.focus();
});

document.body.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.body.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

// A banner that came with the page is where the story goes on.
document.querySelector("main [data-focus]")?.focus();
