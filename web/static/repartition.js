"use strict";
// The board of /repartition. The form works without this script: what is dragged, or placed by a key, is the same form,
// sent without leaving the page. The server answers with the whole board, and counts: nothing is counted here.

/** The board as it stands: it is another one after each move. */
const board = () => document.querySelector("[data-board]");
const boxes = (within = board()) => [...within.querySelectorAll("input[name=id]")];
const columns = () => [...board().querySelectorAll(".col")];
const who = (box) => (box.value ?? "").split(".")[0];
const said = make("p", { class: "vh", role: "status" }); // outlives the boards

let last = null; // pupil of the last click, from whom Shift selects
let moves = Promise.resolve(); // one after the other: each board brings the token of the next
let folded = matchMedia("(max-width: 47.99rem)").matches ? null : new Set(); // classes folded, null for all

/** Makes a board that has just come ready. */
function settle() {
  for (const column of columns()) {
    if (folded === null ? column.dataset.class : folded.has(column.dataset.class)) column.open = false;
    const key = column.querySelector("kbd");
    if (key) key.hidden = false;
  }
  for (const item of board().querySelectorAll(".col li")) item.draggable = true;
  for (const box of boxes()) box.tabIndex = -1;
  roam(boxes().find((box) => box.checkVisibility()));
  count();
}

/** The one pupil at whom Tab stops; arrows go to the others. */
function roam(box) {
  const before = board().querySelector("input[name=id][tabindex='0']");
  if (before) before.tabIndex = -1;
  if (box) box.tabIndex = 0;
}

function count() {
  const n = boxes().filter((box) => box.checked).length;
  const output = board().querySelector("[data-count]");
  output.dataset.none ??= output.textContent;
  output.textContent = n === 0 ? output.dataset.none : n === 1 ? "1 élève choisi" : `${n} élèves choisis`;
}

/** Places the pupils chosen in a column, which may be that of those without a class. */
function place(column) {
  const chosen = boxes().filter((box) => box.checked);
  if (chosen.length === 0) return;
  board().querySelector("select").value = column.dataset.class;
  const next = neighbour(chosen);
  const back = chosen.map((box) => box.closest("li")).map((item) => [item.parentElement, item]);
  for (const [, item] of back) column.querySelector("ul").append(item); // until the answer
  if (next) {
    roam(next);
    next.focus();
  }
  send(board().querySelector(`[value=${column.dataset.class ? "placer" : "retirer"}]`), column, back);
}

/** Sends a form of the page, and shows the page that answers in the place of this one. */
function send(button, column, back = []) {
  const chosen = boxes().filter((box) => box.checked).map(who);
  const target = column?.dataset.class;
  moves = moves.then(() => new Promise((done) => {
    const form = button.isConnected ? button.form : board();
    const data = new FormData(form);
    if (form === board()) {
      data.delete("id");
      for (const box of boxes()) if (chosen.includes(who(box))) data.append("id", box.value);
      if (target) data.set("classe_id", target);
      data.set("geste", button.value);
    }
    // Not fetch: a document that XMLHttpRequest reads needs no HTML written by a script.
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.addEventListener("load", () => show(request));
    request.addEventListener("error", () => {
      for (const [list, item] of back) list.append(item);
      board().querySelector("[data-count]").textContent = "Pas de connexion\u00a0: rien n’est enregistré. Recommencez.";
    });
    request.addEventListener("loadend", done);
    request.send(new URLSearchParams(data));
  }));
}

function show(request) {
  const answer = request.response;
  if (!answer?.querySelector("[data-board]")) return location.assign(request.responseURL); // log-in, or another page
  const top = board().getBoundingClientRect().top;
  folded = new Set(columns().filter((column) => !column.open).map((column) => column.dataset.class));
  const main = document.querySelector("main");
  const active = document.activeElement;
  const within = main.contains(active) && active !== main;
  main.replaceChildren(...answer.querySelector("main").childNodes);
  document.title = answer.title;
  settle();
  scrollBy(0, board().getBoundingClientRect().top - top);
  const alert = main.querySelector("[role=alert]");
  said.textContent = (alert ?? main.querySelector("[data-flash] p"))?.textContent ?? "";
  if (alert) alert.scrollIntoView({ block: "center" });
  if (!within) return;
  // Where one was: at the next pupil, or on the same button.
  const box = active.matches("[name=id]") && boxes().find((other) => who(other) === who(active));
  if (box) roam(box);
  (box || main.querySelector(`[name="${active.name}"][value="${active.value}"]`) || main).focus();
}

/** Who has the focus once those chosen have left: the pupil after them, so that one goes on. None where no pupil has it. */
function neighbour(chosen) {
  const here = document.activeElement;
  if (!here.matches("[data-board] [name=id]")) return null;
  const list = boxes(here.closest("ul"));
  return list.slice(list.indexOf(here)).concat(list).find((box) => !chosen.includes(box)) ?? here;
}

/** Checks all from the last pupil clicked to this one, in the order of the board. */
function extend(box) {
  const all = boxes().filter((other) => other.checkVisibility());
  const from = all.findIndex((other) => who(other) === last);
  const to = all.indexOf(box);
  if (from >= 0) for (const between of all.slice(Math.min(from, to), Math.max(from, to) + 1)) between.checked = true;
}

const arrows = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function walk(box, [across, along]) {
  const open = columns().filter((column) => boxes(column).some((other) => other.checkVisibility()));
  const at = open.findIndex((column) => column.contains(box));
  const rank = boxes(open[at]).indexOf(box);
  const list = boxes(open[Math.min(Math.max(at + across, 0), open.length - 1)]);
  return list[Math.min(Math.max(rank + along, 0), list.length - 1)];
}

function press(event) {
  const box = event.target;
  if (!box.matches?.("[data-board] input[name=id]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]; // the key: on a French keyboard 1 is Shift and &
  if (digit) {
    const column = columns().find((other) => (other.dataset.class ? other.querySelector("kbd")?.textContent : "0") === digit);
    if (!column) return;
    if (!boxes().some((other) => other.checked)) box.checked = true;
    place(column);
  } else if (arrows[event.key]) {
    const to = walk(box, arrows[event.key]);
    if (event.shiftKey) box.checked = to.checked = true;
    roam(to);
    to.focus();
    count();
  } else if (event.key === "Escape") {
    for (const other of boxes()) other.checked = false;
    count();
  } else return;
  event.preventDefault();
}

const over = (event) => event.target.closest?.("[data-board] .col");
let dragged = false;

function listen() {
  document.addEventListener("keydown", press);
  document.addEventListener("change", (event) => event.target.matches("[data-board] [name=id]") && count());
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!box.matches("[data-board] [name=id]")) return;
    if (event.shiftKey) extend(box);
    last = who(box);
    roam(box);
    count();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-board], main .flash form")) return;
    event.preventDefault();
    setSent(event.target, false); // it is this script that waits
    send(event.submitter ?? board().querySelector("[value=placer]"));
  });
  document.addEventListener("dragstart", (event) => {
    const box = event.target.closest?.("[data-board] li")?.querySelector("input");
    if (!box) return;
    if (!box.checked) for (const other of boxes()) other.checked = other === box;
    dragged = true;
    event.dataTransfer.setData("text/plain", box.closest("label").textContent.trim());
    event.dataTransfer.effectAllowed = "move";
    count();
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop", "dragend"]) document.addEventListener(name, drag);
}

function drag(event) {
  const column = over(event);
  for (const other of board()?.querySelectorAll(".over") ?? []) other.classList.remove("over");
  if (event.type === "dragend") dragged = false;
  if (!dragged || !column || event.type === "dragend") return;
  if (event.type !== "dragleave") event.preventDefault();
  if (event.type === "drop") place(column);
  else if (event.type !== "dragleave") column.classList.add("over");
}

if (board()) {
  document.body.append(said);
  settle();
  listen();
}
