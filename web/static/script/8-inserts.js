/** Words that go into a field become buttons. */
for (const list of document.querySelectorAll("[data-inserts]")) {
  for (const word of list.querySelectorAll("code")) {
    const button = make("button", { type: "button" }, word.textContent);
    button.addEventListener("click", () => {
      document.getElementById(list.dataset.inserts).focus();
      document.execCommand("insertText", false, word.textContent);
    });
    word.replaceWith(button);
  }
}
