/** Makes buttons of the words that may go into a field: a click puts one at the caret. */
function inserts() {
  for (const list of document.querySelectorAll("[data-inserts]")) {
    const field = document.getElementById(list.dataset.inserts);
    if (!field) continue;
    for (const word of list.querySelectorAll("code")) {
      const button = make("button", { type: "button" }, word.textContent);
      button.addEventListener("click", () => {
        field.setRangeText(word.textContent, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      word.replaceWith(button);
    }
  }
}

inserts();
