
// Questions of fields that one has left before the answer: a form is not sent without it.
const awaited = new Set();

/**
 * Suggestions under an input: the combobox of the ARIA authoring practices. `source` is the
 * address asked with ?q=; `show` gives the label and the detail of an item; `choose` takes
 * it. With `auto`, the first suggestion is taken by Tab, so that "tarb", Tab gives Tarbes,
 * even when the answer comes after the Tab.
 */
function combobox(input, source, { show, choose, auto }) {
  const list = make("ul", { class: "options", role: "listbox", id: `${input.id}-options`, "aria-label": "Propositions", hidden: "" });
  const status = make("span", { class: "vh", role: "status" });
  let items = [];
  let active = -1;
  let timer = 0;
  let stale = false; // what is shown answers an older text
  let request = new AbortController();

  input.after(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  function close() {
    stale = false;
    list.hidden = true;
    items = [];
    point(-1);
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  }

  function point(index) {
    active = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = list.children[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function open(found) {
    stale = false;
    items = found;
    list.replaceChildren(...items.map((item, i) => {
      const { label, detail } = show(item);
      return make("li", { role: "option", id: `${list.id}-${i}` }, label, " ", make("span", {}, detail));
    }));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = items.length === 0 ? "Aucune proposition" : items.length === 1 ? "1 proposition" : `${items.length} propositions`;
    point(auto && items.length > 0 ? 0 : -1);
  }

  function take(index) {
    const item = items[index];
    close();
    choose(item);
  }

  async function ask() {
    const text = input.value.trim();
    request.abort();
    if (text.length < 2) return close();
    request = new AbortController();
    try {
      const answer = await fetch(`${source}?q=${encodeURIComponent(text)}`, {
        signal: request.signal, headers: { Accept: "application/json" },
      });
      if (!answer.ok) return close();
      const found = await answer.json();
      if (document.activeElement === input) open(found);
      else if (auto && found.length > 0 && input.value.trim() === text) choose(found[0]);
    } catch {
      close(); // no line, or a newer question: the text typed is enough for the server
    }
  }

  input.addEventListener("input", () => {
    stale = true;
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("blur", () => {
    if (!auto) return close();
    if (!stale) return active >= 0 ? take(active) : close();
    close();
    clearTimeout(timer);
    const answer = ask();
    awaited.add(answer);
    answer.then(() => awaited.delete(answer));
  });
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || list.hidden) return;
    const n = items.length;
    if (event.key === "ArrowDown") point((active + 1) % n);
    else if (event.key === "ArrowUp") point((active + n) % (n + 1) === n ? n - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0) take(index);
  });
}

const patience = 2000; // what the server reads by itself is better than a form that waits

document.addEventListener("submit", (event) => {
  if (document.activeElement?.matches("[data-combo] input")) document.activeElement.blur();
  if (awaited.size === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const answers = Promise.race([Promise.allSettled([...awaited]), new Promise((done) => setTimeout(done, patience))]);
  answers.then(() => {
    awaited.clear();
    event.target.requestSubmit(event.submitter);
  });
}, true);

for (const box of document.querySelectorAll("[data-combo]")) {
  const [input, code] = box.querySelectorAll("input");
  input.addEventListener("input", () => { code.value = ""; });
  combobox(input, box.dataset.combo, {
    auto: true,
    show: ({ nom, cp }) => ({ label: nom, detail: cp }),
    choose: ({ code: insee, nom, cp }) => {
      input.value = `${nom} (${cp})`;
      code.value = insee;
    },
  });
}

for (const input of document.querySelectorAll("[data-suggest]")) {
  combobox(input, input.dataset.suggest, {
    show: ({ nom, detail }) => ({ label: nom, detail }),
    choose: ({ href }) => { if (href.startsWith("/")) location.assign(href); },
  });
}
