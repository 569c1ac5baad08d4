"use strict";
// Every page works without this script. It only makes forms and lists faster, and it never
// writes HTML: Trusted Types are required, so nodes are made one by one.

/** Makes an element with properties, attributes and children. */
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function forms() {
  // A link of the summary leads into the field, not just to it.
  for (const link of document.querySelectorAll("[data-errors] a")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.scrollIntoView({ block: "center" });
    });
  }

  // A second click sends nothing. The server would replay its first answer anyway. The
  // button is not disabled for real: its name and value would not be sent.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    setSent(form, true);
    setTimeout(() => setSent(form, false), 8000); // the answer was a file: the page stays
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) setSent(form, false);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=suite]") ?? form.querySelector(".button.main") ?? undefined);
  });

  // A message already there when the page loads is not read aloud; one that changes is.
  const message = document.querySelector("[data-flash] p");
  if (message) setTimeout(() => message.append("\u200b"), 200);
}

function setSent(form, sent) {
  if (sent) form.dataset.sent = "1";
  else delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) {
    if (sent) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

forms();
