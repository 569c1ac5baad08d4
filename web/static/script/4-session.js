
const warningTime = 5 * 60;

/** Says that the session is about to close, early enough to keep what is being typed. */
function watchSession() {
  const { sessionLeft, keepAlive } = document.body.dataset;
  let timer = 0;
  let box = null;
  if (sessionLeft) wait(Number(sessionLeft), keepAlive);
  // A draft that was kept has prolonged the session, as any page does.
  document.addEventListener("session", ({ detail }) => prolonged(Number(detail ?? sessionLeft)));

  function wait(left, prolong) {
    clearTimeout(timer);
    timer = setTimeout(warn, Math.max(left - warningTime, 0) * 1000, Math.min(left, warningTime), prolong);
  }

  function prolonged(left) {
    box?.remove();
    wait(left, left > warningTime ? keepAlive : ""); // no more than its absolute life
  }

  function warn(left, prolong) {
    const minutes = Math.max(Math.floor(left / 60), 1);
    const text = make("p", {}, `Votre session se ferme dans ${minutes}\u00a0min. Enregistrez votre saisie${prolong ? ", ou restez connecté" : ""}.`);
    box?.remove();
    box = make("div", { class: "session", role: "alert" }, text);
    if (prolong) {
      const button = make("button", { type: "button", class: "button main" }, "Rester connecté");
      button.addEventListener("click", () => stay(text));
      box.append(button);
    }
    document.body.append(box);
  }

  async function stay(text) {
    const answer = await fetch(keepAlive, { redirect: "error" }).catch(() => null);
    if (!answer?.ok) {
      text.textContent = "La session n’a pas pu être prolongée. Copiez votre saisie avant de vous reconnecter.";
      return;
    }
    prolonged(Number(answer.headers.get("Session-Left") ?? sessionLeft));
  }
}

watchSession();
