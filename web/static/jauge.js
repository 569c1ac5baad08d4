"use strict";
/** Says how strong the password being typed is, as the server will judge it but for its list of known passwords. */
function gauge(box) {
  const field = box.closest("form").elements[box.dataset.jauge];
  const [meter, said] = [box.querySelector("meter"), box.querySelector("p")];
  const fold = (s) => s.normalize("NFD").toLowerCase().replace(/[\p{Mn}\s\p{P}]/gu, "");
  const words = box.dataset.mots.split(" ").filter((w) => w.length > 2).sort((a, b) => b.length - a.length);
  let timer = 0;

  /** What remains without words, years, runs and repetitions. */
  function rest(password) {
    let s = fold(password);
    const again = s.match(/^(.+?)\1+$/);
    if (again) s = again[1];
    for (const w of words) s = s.replaceAll(w, "\0");
    const kept = [...s.replace(/(19|20)\d\d/g, "\0")].filter((c, i, all) => {
      const step = (j) => Math.abs(all[j].codePointAt() - all[j - 1].codePointAt()) < 2;
      return i < 2 || !step(i) || !step(i - 1);
    });
    return kept.filter((c) => c !== "\0").length;
  }

  function judge() {
    const length = [...field.value.normalize("NFC")].length;
    if (length === 0) return [0, ""];
    if (length < 15) return [1, `Trop court\u00a0: encore ${15 - length} caractère${length < 14 ? "s" : ""}.`];
    if (length > 256) return [1, "Trop long\u00a0: au plus 256 caractères."];
    if (rest(field.value) < 8) return [1, "Facile à deviner\u00a0: ajoutez des mots sans rapport avec vous."];
    return length < 20 ? [2, "Convient. Quelques mots de plus le rendraient plus fort."] : [3, "Fort."];
  }

  field.addEventListener("input", () => {
    const [value, text] = judge();
    meter.value = value;
    clearTimeout(timer); // read aloud once one pauses
    timer = setTimeout(() => (said.textContent = text), 400);
  });
  box.hidden = false;
}

document.querySelectorAll("[data-jauge]").forEach(gauge);
