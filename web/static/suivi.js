"use strict";
/** Follows a work that the server does beside the pages; finished, shows the page anew. */
function follow(box) {
  const said = box.querySelector("[role=status]");
  const bar = box.querySelector("progress");
  const wait = () => setTimeout(ask, 2000);

  async function ask() {
    const answer = await fetch(box.dataset.suivi, { redirect: "error", headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return; // logged out, or no network: the page can be asked again by hand
    const { texte, fait, fini } = await answer.json();
    if (fini) return location.reload();
    if (said.textContent !== texte) said.textContent = texte;
    bar.value = fait;
    wait();
  }
  wait();
}

document.querySelectorAll("[data-suivi]").forEach(follow);
