// Puts the next card in the place of this one, without loading the page anew. Without it everything works as well.
"use strict";
(() => {
  const ASK_EVERY = 15000; // ms
  const PAUSES = [1000, 2000, 4000, 8000, 15000]; // ms, before the same is sent again
  let sending = false;

  const card = () => document.getElementById("card");

  function put(text, focus) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const next = document.adoptNode(page.getElementById("main"));
    const status = document.getElementById("news");
    const news = next.querySelector("#news");
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.getElementById("main").replaceWith(next);
    if (news && status) { // the same live region, so that it is read
      const said = news.textContent;
      news.replaceWith(status);
      status.textContent = "";
      status.textContent = said;
    }
    if (focus) {
      const title = next.querySelector("#card, h1");
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
  }

  function offline(on) {
    let bar = document.getElementById("offline");
    if (on && !bar) {
      bar = document.createElement("p");
      bar.id = "offline";
      bar.className = "offline";
      bar.setAttribute("role", "status");
      bar.textContent = document.body.dataset.offline;
      document.body.prepend(bar);
    } else if (!on && bar) {
      bar.remove();
    }
  }

  async function send(form, button) {
    const fields = new FormData(form, button);
    const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await fetch(form.getAttribute("action"), {
          method: "POST", body, headers: { "X-Card": "1" }, credentials: "same-origin",
        });
        const text = await answer.text();
        offline(false);
        if (answer.status === 503 && attempt < PAUSES.length) throw new Error("later");
        put(text, true);
        return;
      } catch {
        offline(true);
        await new Promise((go) => setTimeout(go, PAUSES[Math.min(attempt, PAUSES.length - 1)]));
      }
    }
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/") return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    const button = event.submitter;
    for (const one of document.querySelectorAll("#main button")) one.setAttribute("aria-disabled", "true");
    try {
      await send(form, button);
    } finally {
      sending = false;
    }
  });

  async function ask() {
    if (document.hidden || sending || !card()) return;
    const typed = [...document.querySelectorAll("#main input:not([type=hidden]), #main textarea")].some((one) => one.value);
    if (typed) return;
    try {
      const answer = await fetch("/stanje", { credentials: "same-origin" });
      const { revision } = await answer.json();
      if (String(revision) !== card().dataset.revision && !sending) {
        const page = await fetch("/", { credentials: "same-origin" });
        if (page.ok && !sending) put(await page.text(), false);
      }
    } catch { /* it is asked again */ }
  }
  setInterval(ask, ASK_EVERY);
  document.addEventListener("visibilitychange", ask);
})();
