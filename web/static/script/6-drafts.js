
const draftEvery = 3000; // a draft is sent so long after the first key that it does not hold yet
const draftAgain = 10000; // when the line is cut

/** Sends what is being typed to be kept, so that a crash, a closed tab or a session that ends loses nothing. */
function keepDraft(form) {
  const page = new URL(form.getAttribute("action") ?? "", location.href).pathname;
  const status = make("p", { class: "note kept" });
  let timer = 0;
  let request = new AbortController();
  form.append(status);

  function later() {
    if (!timer) timer = setTimeout(send, draftEvery);
  }

  async function send() {
    clearTimeout(timer);
    timer = 0;
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.draft}?page=${encodeURIComponent(page)}`, {
        method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", signal: request.signal,
        keepalive: true, // the tab may be closed meanwhile
      });
      tell(answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      status.textContent = "Pas de connexion\u00a0: le brouillon sera gardé dès son retour.";
      timer = setTimeout(send, draftAgain);
    }
  }

  function tell(answer) {
    if (answer.ok) {
      const at = new Date().toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
      status.textContent = `Brouillon gardé à ${at}.`;
      document.dispatchEvent(new CustomEvent("session", { detail: answer.headers.get("Session-Left") }));
    } else if (answer.type === "opaqueredirect") {
      const link = make("a", { href: `/connexion?suite=${encodeURIComponent(page)}` }, "reconnectez-vous pour la reprendre");
      status.setAttribute("role", "alert");
      status.replaceChildren("Votre session est fermée. Votre saisie est gardée\u00a0: ", link, ".");
    } else {
      status.textContent = "Le brouillon n’a pas pu être gardé.";
    }
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    request.abort();
  });
  addEventListener("pagehide", () => {
    if (timer) send();
  });
}

document.querySelectorAll("form[data-draft]").forEach(keepDraft);
