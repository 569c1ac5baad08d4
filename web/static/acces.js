"use strict";
/** Asks the browser for a passkey; what it answers is sent with the form. */
function passkey(box) {
  const { passkey: act, options, field, after } = box.dataset;
  const form = box.closest("form") ?? box.querySelector("form");
  const said = box.querySelector("[role=status]");
  const button = box.querySelector("button");

  const ask = () =>
    act === "create"
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) });

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (after && !form.elements[after].reportValidity()) return;
    button.disabled = true;
    said.textContent = "Suivez ce que demande votre appareil…";
    try {
      const value = JSON.stringify(await ask());
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: field, value }));
      form.submit();
    } catch (error) {
      said.textContent =
        error.name === "InvalidStateError"
          ? "Cet appareil a déjà une clé d’accès pour votre compte."
          : "Aucune clé d’accès n’a répondu. Réessayez, ou servez-vous du code de votre clé.";
      button.disabled = false;
    }
  });
  box.hidden = false;
}

// A browser that lacks these keeps to the code.
if (window.PublicKeyCredential?.parseRequestOptionsFromJSON && PublicKeyCredential.prototype.toJSON) {
  document.querySelectorAll("[data-without-passkey]").forEach((p) => (p.hidden = true));
  document.querySelectorAll("[data-passkey]").forEach(passkey);
}
