
/** Shows, as soon as a child is named and dated, who in the register may be the same. */
function watchDoubles(box) {
  const { form } = box.closest("form").elements.namedItem("nom_famille");
  const watched = ["nom_famille", "nom_usage", "prenom", "prenom2", "sexe", "date_naissance"];
  const answers = [["meme", "C’est le même"], ["autre", "C’est un autre enfant"], ["jamais", "C’est un autre enfant, ne plus demander"]];
  let asked = "";

  form.addEventListener("change", async ({ target }) => {
    if (!watched.includes(target.name)) return;
    const data = new FormData(form);
    const question = new URLSearchParams(watched.map((name) => [name, data.get(name) ?? ""]));
    if (["nom_famille", "prenom", "date_naissance"].some((name) => !question.get(name)) || question.toString() === asked) return;
    asked = question.toString();
    question.set("jeton", data.get("jeton"));
    const answer = await fetch(box.dataset.doublons, { method: "POST", body: question, redirect: "error" }).catch(() => null);
    if (answer?.ok) show(await answer.json()); // otherwise the form asks when it is sent
  });

  function show(found) {
    const said = new FormData(form);
    if (found.length === 0) return box.replaceChildren();
    box.replaceChildren(make("fieldset", {}, make("legend", {}, "Est-ce le même enfant\u00a0?"), ...found.map((child) => choice(child, said))));
  }

  function choice({ id, nom, detail }, said) {
    const name = `doublon.${id}`;
    return make("fieldset", { class: "field" }, make("legend", {}, nom), make("p", { class: "hint" }, detail),
      ...answers.map(([value, label]) => {
        const input = make("input", { type: "radio", name, value });
        input.checked = said.get(name) === value;
        return make("label", { class: "choice" }, input, " ", label);
      }));
  }
}

document.querySelectorAll("[data-doublons]").forEach(watchDoubles);
