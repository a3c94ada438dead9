// The clock of the demo and the tools above the phones. Knows no phones: where news came is told to whoever listens.

import { send, toast } from "./server.js";
import { clockWords } from "./words.js";

const NARROW = matchMedia("(max-width: 700px)");
const by = (id) => document.getElementById(id);
const journeys = () => document.querySelectorAll("[data-travel]");
const STOPS = new Set(["next", "survey"]); // journeys that end where something comes
let clock = null;

export function takeClock(told) {
  clock = { ...told, seen: performance.now() };
  by("clock-line").hidden = false;
  by("travel").hidden = !told.travels;
  for (const button of journeys()) button.disabled = told.busy;
  drawClock();
}

function drawClock() {
  if (!clock) return;
  const { now, scale, seen } = clock;
  const words = clockWords(now + (performance.now() - seen) * scale, NARROW.matches);
  if (by("clock").textContent !== words) by("clock").textContent = words;
}

/** On a small screen the tools close once one of them was used, so that the phone is seen again. */
function closeTools() {
  const inside = by("tools").contains(document.activeElement);
  by("fold").setAttribute("aria-expanded", "false");
  if (inside && NARROW.matches) by("fold").focus();
}

async function travel(how, arrived) {
  closeTools();
  for (const button of journeys()) button.disabled = true;
  toast("Ura se premika …");
  const told = await send("/phone/travel", { to: how });
  for (const button of journeys()) button.disabled = false;
  if (!told) return;
  if (told.people.length > 0) arrived(told.people, STOPS.has(how));
  toast(told.words);
}

/** Make the tools work; `arrived` gets whose phones have news, the last one last, and whether the journey ended there. */
export function wind(arrived) {
  by("fold").onclick = (event) => {
    const open = event.currentTarget.getAttribute("aria-expanded") !== "true";
    event.currentTarget.setAttribute("aria-expanded", String(open));
  };
  for (const button of journeys()) button.onclick = () => travel(button.dataset.travel, arrived);
  for (const button of document.querySelectorAll(".aids .tool")) button.addEventListener("click", closeTools);
  setInterval(drawClock, 500);
}
