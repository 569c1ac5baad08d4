
const shortcutKey = "sans-raccourci"; // set when the user does not want "/" (WCAG 2.1.4)

/** "/" goes to the search, except while typing. */
function searchShortcut() {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea") || localStorage.getItem(shortcutKey)) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

function shortcutSwitch() {
  const line = document.querySelector("[data-shortcut]");
  if (!line) return;
  const box = line.querySelector("input");
  line.hidden = false;
  box.checked = !localStorage.getItem(shortcutKey);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(shortcutKey);
    else localStorage.setItem(shortcutKey, "1");
  });
}

/** The menu is open; a narrow screen folds it. */
function foldMenu() {
  const menu = document.querySelector("[data-menu]");
  if (!menu) return;
  const wide = matchMedia("(min-width: 48rem)");
  const follow = () => { menu.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
}

/** « Tout sélectionner », and how many lines are selected. */
function selection(form) {
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-count]");
  const boxes = [...form.querySelectorAll("tbody input[name=id]")];
  const invitation = count.textContent;
  const tell = () => {
    const n = boxes.filter((box) => box.checked).length;
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
    count.textContent = n === 0 ? invitation : n === 1 ? "1 ligne sélectionnée" : `${n} lignes sélectionnées`;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  form.addEventListener("change", (event) => event.target !== all && tell());
  // Shift selects the lines between two clicks.
  let last = null;
  form.addEventListener("click", (event) => {
    const here = boxes.indexOf(event.target);
    if (here < 0) return;
    if (event.shiftKey && last !== null) {
      const between = boxes.slice(Math.min(here, last), Math.max(here, last) + 1);
      for (const box of between) box.checked = event.target.checked;
    }
    last = here;
  });
  addEventListener("pageshow", tell); // the browser restores ticks when one goes back
}

function printButtons() {
  for (const item of document.querySelectorAll("[data-print]")) {
    item.hidden = false;
    item.querySelector("button").addEventListener("click", () => print());
  }
}

searchShortcut();
shortcutSwitch();
foldMenu();
printButtons();
document.querySelectorAll("[data-bulk]").forEach(selection);
