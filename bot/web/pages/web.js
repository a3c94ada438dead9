// Puts the next card in the place of this one, without loading the page anew. Without it everything works as well.
"use strict";
(() => {
  const ASK_EVERY = 15000; // ms
  const PAUSES = [1000, 2000, 4000, 8000, 15000]; // ms, before the same is sent again
  const WARN_BEFORE = 60; // s, before a device that is somebody else's forgets everything
  let sending = false;
  let usedAt = Date.now();
  let toldAt = Date.now(); // when the server last heard that it is used

  const card = () => document.getElementById("card");
  const title = () => document.getElementById("title");

  function put(text, focus) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const next = document.adoptNode(page.getElementById("main"));
    const other = next.querySelector("#card");
    if (card() && other && card().classList.contains("kiosk") !== other.classList.contains("kiosk")) {
      location.replace("/"); // another style and script
      return;
    }
    const before = title()?.textContent;
    const pressed = [...document.querySelectorAll("#card .buttons button")].indexOf(document.activeElement);
    const status = document.getElementById("news");
    const news = next.querySelector("#news");
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.getElementById("main").replaceWith(next);
    if (news && status) { // the same live region, so that it is read
      const said = [news.textContent, next.querySelector("#progress")?.textContent, focus ? "" : title()?.textContent];
      news.replaceWith(status);
      status.textContent = "";
      status.textContent = said.filter(Boolean).join(" ");
    }
    if (!focus) return;
    const same = before && title()?.textContent === before && document.querySelectorAll("#card .buttons button")[pressed];
    if (same) { // another option of the same question is next
      same.focus({ preventScroll: true });
      return;
    }
    const heading = next.querySelector("#title, h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  function above(id, words, role) {
    const bar = document.getElementById(id);
    if (words && !bar) {
      const made = document.createElement("p");
      made.id = id;
      made.className = "bar-above";
      made.setAttribute("role", role);
      document.body.prepend(made);
      made.textContent = words;
    } else if (!words && bar) {
      bar.remove();
    }
  }

  const offline = (on) => above("offline", on ? document.body.dataset.offline : "", "status");

  async function send(form, button) {
    const fields = new FormData(form, button);
    await post(form.getAttribute("action"), form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields));
  }

  async function post(action, body) {
    sending = true;
    for (const one of document.querySelectorAll("#main button")) one.setAttribute("aria-disabled", "true");
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await fetch(action, {
          method: "POST", body, headers: { "X-Card": "1" }, credentials: "same-origin",
        });
        const text = await answer.text();
        if (answer.status === 503 && attempt < PAUSES.length) throw new Error("later");
        offline(false);
        put(text, true);
        break;
      } catch {
        offline(true);
        await new Promise((go) => setTimeout(go, PAUSES[Math.min(attempt, PAUSES.length - 1)]));
      }
    }
    sending = false;
    prepare();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/") return;
    event.preventDefault();
    if (!sending) send(form, event.submitter);
  });

  async function ask() {
    if (document.hidden || sending || !card()) return;
    const used = usedAt > toldAt;
    try {
      const answer = await fetch(used ? "/stanje?tukaj" : "/stanje", { credentials: "same-origin" });
      const { revision, newest } = await answer.json();
      if (used) toldAt = Date.now();
      const typed = [...document.querySelectorAll("#main input:not([type=hidden]), #main textarea")].some((one) => one.value);
      const files = document.querySelector("[data-newest]"); // of a desk
      const came = files && newest > Number(files.dataset.newest);
      if (typed || recorder || !(came || String(revision) !== card().dataset.revision) || sending) return;
      const page = await fetch("/", { credentials: "same-origin" });
      if (page.ok && !sending) {
        put(await page.text(), false);
        prepare();
        if (came) document.getElementById("news").textContent = files.dataset.came;
      }
    } catch { /* it is asked again */ }
  }
  setInterval(ask, ASK_EVERY);
  document.addEventListener("visibilitychange", ask);

  // A device that is somebody else's shows nothing after a while without use.
  for (const kind of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(kind, () => {
      usedAt = Date.now();
      above("still-here", "");
    }, { capture: true, passive: true });
  }
  function leave() {
    const after = Number(card()?.dataset.forgets);
    if (!after) return;
    const unused = (Date.now() - usedAt) / 1000;
    if (unused >= after) location.replace(card().dataset.left);
    else if (unused >= after - WARN_BEFORE) above("still-here", document.body.dataset.stillHere, "alert");
  }
  setInterval(leave, 1000);
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // Spoken answers, where the browser records.
  const KINDS = ["audio/ogg;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus"]; // Telegram plays the first two
  let recorder = null;

  function prepare() {
    const form = document.querySelector("form.recorder");
    if (form && window.MediaRecorder && navigator.mediaDevices) form.hidden = false;
  }

  async function record(form) {
    const said = form.querySelector("[role=status]");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = form.dataset.refused;
      return;
    }
    const parts = [];
    recorder = new MediaRecorder(stream, { mimeType: KINDS.find((one) => MediaRecorder.isTypeSupported(one)), audioBitsPerSecond: 32000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      const kind = recorder.mimeType.split(";")[0];
      recorder = null;
      const fields = new FormData(form);
      fields.set("seconds", Math.round((performance.now() - began) / 1000));
      fields.set("file", new Blob(parts, { type: kind }), `glas.${kind.split("/")[1]}`);
      post("/", fields);
    });
    const longest = setTimeout(finish, Number(form.dataset.seconds) * 1000);
    recorder.addEventListener("stop", () => clearTimeout(longest));
    recorder.start();
    const began = performance.now();
    said.textContent = form.dataset.recording;
    form.querySelector(".record").hidden = true;
    form.querySelector(".finish").hidden = false;
    form.querySelector(".finish").focus();
  }

  function finish() {
    if (recorder?.state === "recording") recorder.stop();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(".record")) record(event.target.closest("form"));
    if (event.target.closest(".finish")) finish();
  });
  prepare();
})();
