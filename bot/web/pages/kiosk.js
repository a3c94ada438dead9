// A device that goes from hand to hand: back to the start when nobody is there, cards read by the camera, full screen.
// How a card takes the place of another one is the matter of web.js. Without either everything works as well.
"use strict";
(() => {
  const WARNING = 10; // s, after the quiet
  const LOOK_EVERY = 200; // ms, for the code of a card
  let usedAt = Date.now();

  const found = (selector) => document.querySelector(selector);

  for (const kind of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(kind, () => {
      usedAt = Date.now();
      warn("");
    }, { capture: true, passive: true });
  }

  function warn(words) {
    const bar = found("#idle");
    if (bar && bar.textContent !== words) bar.textContent = words;
  }

  // Who listens or speaks is there, too.
  const isHeard = () => [...document.querySelectorAll("audio")].some((one) => !one.paused) || found(".finish:not([hidden])");

  function tick() {
    const bar = found("#idle");
    if (!bar) return;
    if (isHeard()) usedAt = Date.now();
    const quiet = (Date.now() - usedAt) / 1000 - Number(bar.dataset.seconds);
    if (quiet >= WARNING) {
      usedAt = Date.now();
      found("#leave").requestSubmit();
      found("#main").hidden = true; // also where there is no network just now
    } else if (quiet >= 0) {
      warn(bar.dataset.words);
    }
  }
  setInterval(tick, 1000);

  // The card in front of the camera says whose it is.
  async function scan() {
    const [place, video] = [found("#scanner"), found("#scanner video")];
    const began = Date.now();
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      while (video.isConnected && Date.now() - began < 60000) {
        const [code] = await detector.detect(video);
        if (code) {
          const field = found("[name=words]");
          field.value = code.rawValue;
          field.form.requestSubmit();
          break;
        }
        await new Promise((go) => setTimeout(go, LOOK_EVERY));
      }
    } catch {
      place.querySelector("[role=status]").textContent = place.dataset.refused;
    }
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.hidden = true;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(".scan") && found("#scanner video").hidden) scan();
    if (event.target.closest("#full")) document.documentElement.requestFullscreen();
  });

  function prepare() {
    const [scanner, full] = [found("#scanner"), found("#full")];
    if (scanner) scanner.hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
    if (full) full.hidden = !document.fullscreenEnabled || Boolean(document.fullscreenElement);
  }
  new MutationObserver(prepare).observe(document.body, { childList: true });
  document.addEventListener("fullscreenchange", prepare);
  prepare();
})();
