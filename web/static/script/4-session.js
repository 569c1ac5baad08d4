
const warningTime = 5 * 60 * 1000;

/** Says that the session is about to close, early enough to keep what is being typed. */
function watchSession() {
  const { sessionLeft, keepAlive } = document.body.dataset;
  if (!sessionLeft) return;
  const left = Number(sessionLeft) * 1000;
  const wait = () => setTimeout(warn, Math.max(left - warningTime, 0));

  function warn() {
    const box = make("div", { class: "session", role: "alert" },
      make("p", {}, "Votre session se ferme dans cinq minutes. Enregistrez votre saisie, ou restez connecté."));
    if (keepAlive) {
      const button = make("button", { type: "button", class: "button main" }, "Rester connecté");
      button.addEventListener("click", async () => {
        const answer = await fetch(keepAlive, { redirect: "error" }).catch(() => null);
        if (answer?.ok) {
          box.remove();
          wait();
        } else box.firstChild.textContent = "La session n’a pas pu être prolongée. Copiez votre saisie avant de vous reconnecter.";
      });
      box.append(button);
    }
    document.body.append(box);
  }

  wait();
}

watchSession();
