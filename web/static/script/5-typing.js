
/** The first wrong field of a form refused, or else what the summary says of the whole. */
function focusFirstError() {
  const summary = document.querySelector("[data-errors]");
  if (!summary) return;
  const wrong = summary.parentElement.querySelector("[aria-invalid]");
  const field = wrong?.matches("fieldset") ? wrong.querySelector("input:checked") ?? wrong.querySelector("input") : wrong;
  for (let fold = field?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  (field ?? summary).focus();
  field?.scrollIntoView({ block: "center" });
}

/** Whether Tab stops at an element; of a group of radios it stops at the one checked, or at the first. */
function tabStop(e) {
  if (e.type === "hidden" || e.tabIndex < 0 || e.disabled || !e.checkVisibility()) return false;
  if (e.type !== "radio") return true;
  const group = [...e.form.querySelectorAll("input[type=radio]")].filter((other) => other.name === e.name);
  return (group.find((other) => other.checked) ?? group[0]) === e;
}

/** The field after this one, as Tab finds it. */
function nextField(field) {
  const stops = [...field.form.querySelectorAll("input, select, textarea, button, summary")]
    .filter((e) => e === field || tabStop(e) && !(e.type === "radio" && e.name === field.name));
  return stops[stops.indexOf(field) + 1];
}

// In a form that is kept as a draft Enter goes on, as it does in the spreadsheets that people type in all day; its
// buttons are pressed by Enter as everywhere.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!field.form?.dataset.draft || !field.matches("input, select")) return;
  event.preventDefault();
  const next = nextField(field);
  next?.focus();
  if (next?.matches("input:not([type=checkbox], [type=radio])")) next.select();
});

/** 120418 becomes 12/04/2018; what is no date is left for the server to refuse. */
function writtenDate(text) {
  const parts = /^(\d\d)(\d\d)(\d\d|\d{4})$/.exec(text) ?? /^(\d{1,2})[/. -](\d{1,2})[/. -](\d\d|\d{4})$/.exec(text);
  if (!parts) return text;
  const [day, month] = [Number(parts[1]), Number(parts[2])];
  // The latest year not more than two years ahead, as the server counts; the clock of an old computer may be wrong.
  const now = Number(document.body.dataset.year ?? new Date().getFullYear());
  let year = Number(parts[3]);
  if (parts[3].length === 2) year += now - now % 100;
  if (parts[3].length === 2 && year > now + 2) year -= 100;
  const date = new Date(year, month - 1, day);
  if (date.getMonth() !== month - 1 || date.getDate() !== day) return text;
  return `${String(day).padStart(2, "0")}/${String(month).padStart(2, "0")}/${year}`;
}

/** 0562000001 becomes 05 62 00 00 01. */
function writtenPhone(text) {
  const digits = text.replace(/[\s./-]|\(0\)/g, "").replace(/^(\+|00)33/, "0");
  return /^0\d{9}$/.test(digits) ? digits.replace(/(\d\d)(?=\d)/g, "$1 ") : text;
}

const written = { date: writtenDate, tel: writtenPhone };

document.addEventListener("change", ({ target }) => {
  const write = written[target.dataset.format];
  if (write) target.value = write(target.value.trim());
});

/** The button that exchanges two fields: a first name was typed for a name. */
function swapButton(line) {
  const fields = line.dataset.swap.split(" ").map((id) => document.getElementById(id));
  if (fields.includes(null)) return;
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => {
    const [one, other] = fields;
    [one.value, other.value] = [other.value, one.value];
    for (const field of fields) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** What is asked only when a box is not ticked: hidden by the stylesheet, it must not be sent either. */
function unless(part) {
  const box = part.querySelector("input[type=checkbox]");
  const follow = () => { part.querySelector("fieldset").disabled = box.checked; };
  box.addEventListener("change", follow);
  addEventListener("pageshow", follow); // the browser restores ticks when one goes back
  follow();
}

document.querySelectorAll(".unless").forEach(unless);
focusFirstError();
document.querySelectorAll("[data-swap]").forEach(swapButton);
