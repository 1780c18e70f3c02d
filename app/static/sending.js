// Sends a form once, shows on the button pressed that it waits, and says so when there is no connection.

const PATIENCE_MS = 15000;
const PROBE = document.querySelector("link[rel=icon]")?.href;

// Forms that may go now, because the service has just answered.
const cleared = new WeakSet();

// A browser that has just changed its network fails once, so it is asked twice.
async function isThere(tries = 2) {
  try {
    await fetch(PROBE, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return true;
  } catch {
    return navigator.onLine && tries > 1 && isThere(tries - 1);
  }
}

function buttonOf(form, event) {
  return event?.submitter ?? form?.querySelector("button:not([type=button])");
}

function wait(button) {
  button?.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-disabled", "true");
}

function rest(button) {
  button?.removeAttribute("aria-busy");
  button?.removeAttribute("aria-disabled");
}

function say(button) {
  rest(button);
  const note = document.getElementById("not-sent") ?? document.createElement("p");
  note.id = "not-sent";
  note.className = "nhsuk-error-message";
  note.setAttribute("role", "alert");
  note.textContent = "There is no connection, so nothing was sent. What you entered is still here.";
  if (!button) {
    document.getElementById("problem")?.replaceChildren(note);
    return;
  }
  button.before(note);
  button.setAttribute("aria-describedby", note.id);
  button.textContent = "Try again";
}

// A press while the first one waits sends nothing.
document.addEventListener("submit", (event) => {
  if (buttonOf(event.target, event)?.getAttribute("aria-disabled") !== "true") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// A browser that cannot send a form leaves its page, so the service is asked first whether it is there.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post" || cleared.delete(form) || !PROBE) return;
  event.preventDefault();
  const button = buttonOf(form, event);
  wait(button);
  if (!await isThere()) {
    say(button);
    return;
  }
  rest(button);
  cleared.add(form);
  form.requestSubmit(event.submitter);
  wait(button);
});

// Who comes back to a page finds its buttons as they were.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("button[aria-busy]").forEach(rest);
});

function pressed({ elt, requestConfig }) {
  return elt.matches("form") ? buttonOf(elt, requestConfig?.triggeringEvent) : null;
}

document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
  detail.target?.setAttribute("aria-busy", "true");
  wait(pressed(detail));
});
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.target?.removeAttribute("aria-busy");
  rest(pressed(detail));
});
["htmx:sendError", "htmx:timeout"].forEach((name) => {
  document.body.addEventListener(name, ({ detail }) => say(pressed(detail)));
});
