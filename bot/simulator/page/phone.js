// The phones on the page: takes what the server tells, shows it, and sends what the person says and taps.

import { takeClock, wind } from "./clock.js";
import { drawDay, drawMessage, make, startToken } from "./messages.js";
import { send, sendFile, toast } from "./server.js";
import { GUIDE, unreadWords } from "./words.js";

const CARDS = "Natisnjeno vabilo";
const WIDE = matchMedia("(min-width: 1060px)");
const by = (id) => document.getElementById(id);
const state = { bot: { username: "" }, people: [], cards: [], phones: new Map(), active: null, held: [] };

function openSheet(title, ...content) {
  by("sheet-title").textContent = title;
  by("sheet-body").replaceChildren(...content);
  if (!by("sheet").open) by("sheet").showModal();
}
const closeSheet = () => by("sheet").close();

function choice(title, note, onclick) {
  return make("button", { type: "button", class: "choice", onclick }, make("b", {}, title), note ? make("span", {}, note) : null);
}

/** Who holds the phone that scans the code? */
function scan(token) {
  const take = (person) => async () => {
    closeSheet();
    const told = await send("/phone/scan", { person, token });
    if (told) choose(told.person, true);
  };
  const known = state.people.map((person) => choice(person.name, person.note, take(person.id)));
  const fresh = choice("Nova oseba", "telefon, ki bota še ne pozna", take(null));
  openSheet("Kdo skenira kodo?", make("div", { class: "choices" }, ...known, fresh, state.bot.pages ? inBrowser(`/k/${token}`) : null));
}

/** A page of the bot in a tab of its own. */
function inBrowser(path) {
  const words = [make("b", {}, "V brskalniku"), make("span", {}, "brez Telegrama, v novem zavihku")];
  return make("a", { class: "choice", href: state.bot.pages + path, target: "_blank", rel: "noopener", onclick: closeSheet }, ...words);
}

/** The card opened at once, without a phone. */
function openHere(path) {
  return make("a", { class: "tool", href: state.bot.pages + path, target: "_blank", rel: "noopener", onclick: closeSheet }, "Odpri v brskalniku");
}

/** A page of the bot leads back here with a token: the card is opened on one of the phones. */
function takeLink() {
  const token = new URLSearchParams(location.hash.slice(1)).get("start");
  if (!token || state.people.length === 0) return;
  history.replaceState(null, "", location.pathname);
  scan(token);
}

function showCards() {
  const cards = state.cards.map((card) =>
    make(
      "section",
      { class: "invite" },
      make("h3", {}, card.title),
      make("img", { src: card.picture, alt: "Koda QR s povezavo do bota", width: "240", height: "240" }),
      make("p", {}, card.text),
      make(
        "button",
        { type: "button", class: "tool main", onclick: () => scan(startToken(card.link, state.bot)) },
        "Skeniraj s telefonom",
      ),
      state.bot.pages ? openHere(`/k/${startToken(card.link, state.bot)}`) : null,
    ),
  );
  openSheet(CARDS, ...cards);
}

function showGuide() {
  const steps = GUIDE.map((step) => make("li", {}, step));
  openSheet(
    "Kako začeti",
    make("p", {}, "Pet telefonov in brskalnik, en bot. Vse teče na tem računalniku; ljudje in odgovori so izmišljeni."),
    make("ol", { class: "steps" }, ...steps),
  );
}

/** One phone: its log, its field, and what it still has to show. */
class Phone {
  constructor(person) {
    this.person = person;
    this.commands = [];
    this.messages = new Map();
    this.unread = 0;
    this.follows = true; // what comes next is shown at once
    this.held = null; // the message that stays in view until the person scrolls
    this.target = 0;
    this.root = by("phone-template").content.cloneNode(true).querySelector(".phone");
    this.log = this.root.querySelector(".log");
    this.field = this.root.querySelector("textarea");
    this.desk = {
      bot: () => state.bot,
      say: (text) => this.say(text),
      tap: (message, button, element) => this.tap(message, button, element),
      scan,
      fileAddress: (id, name) => `/phone/file/${encodeURIComponent(id)}/${encodeURIComponent(name)}`,
      settle: () => this.align(),
    };
    this.dress();
  }

  dress() {
    const { person, root } = this;
    root.dataset.role = person.role;
    root.dataset.person = person.id;
    root.setAttribute("aria-label", `Telefon: ${person.name}`);
    root.querySelector(".phone-owner").textContent = person.name;
    root.querySelector(".phone-bot").textContent = person.note;
    this.log.setAttribute("aria-label", `Sporočila: ${person.name}`);
    root.querySelector(".menu").onclick = () => this.showMenu();
    root.querySelector(".newest").onclick = () => this.toNewest();
    root.querySelector(".compose").onsubmit = (event) => {
      event.preventDefault();
      this.sendTyped();
    };
    root.querySelector(".voice").onclick = () => this.speak();
    const picker = root.querySelector(".picker");
    root.querySelector(".attach").onclick = () => picker.click();
    picker.onchange = () => this.hand(picker);
    this.field.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.sendTyped();
    };
    this.log.onscroll = () => {
      if (Math.abs(this.log.scrollTop - this.target) < 3) return;
      this.held = null;
      this.follows = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
      if (this.follows) root.querySelector(".newest").hidden = true;
    };
    new ResizeObserver(() => this.align()).observe(this.log);
    this.showEmpty();
  }

  sendTyped() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.say(text);
  }

  say(text) {
    this.follows = true;
    this.held = null;
    send("/phone/say", { person: this.person.id, text });
  }

  speak() {
    this.follows = true;
    this.held = null;
    send("/phone/speak", { person: this.person.id });
  }

  hand(picker) {
    const [file] = picker.files;
    picker.value = ""; // the same file may be chosen again
    if (!file) return;
    this.follows = true;
    this.held = null;
    sendFile(this.person.id, file);
  }

  async tap(message, button, element) {
    element.setAttribute("aria-busy", "true");
    this.follows = true;
    this.held = String(message);
    const told = await send("/phone/tap", { person: this.person.id, message, data: button.callback_data });
    if (!told) element.removeAttribute("aria-busy");
  }

  showMenu() {
    const items = this.commands.map(({ command, description }) =>
      choice(`/${command}`, description, () => {
        closeSheet();
        this.say(`/${command}`);
        this.field.focus();
      }),
    );
    const none = make("p", {}, "Bot za to osebo še ni pripravil ukazov. Pošljite /start.");
    openSheet("Meni ukazov", items.length ? make("div", { class: "choices" }, ...items) : none);
  }

  showEmpty() {
    if (this.messages.size > 0) return;
    const invites = this.person.role === "participant" && state.cards.length > 0;
    const words = invites
      ? "Na telefonu še ni sporočil. Prvo pride, ko poskenirate vabilo iz knjižnice."
      : "Na telefonu še ni sporočil. Pogovor se začne z gumbom.";
    const start = invites
      ? make("button", { type: "button", class: "tool main", onclick: showCards }, "Odpri vabilo")
      : make("button", { type: "button", class: "tool main", onclick: () => this.say("/start") }, "Začni");
    this.log.replaceChildren(make("div", { class: "empty" }, make("h3", {}, "Pozdravljeni"), make("p", {}, words), start));
  }

  /** Take what changed in this chat; `fresh` means: forget what was there. */
  take(told) {
    if (told.commands) this.commands = told.commands;
    if (told.fresh) {
      this.messages.clear();
      this.log.replaceChildren();
    }
    const before = document.activeElement;
    const held = this.log.contains(before) && before !== this.log ? before.closest(".message")?.dataset.id : null;
    const news = told.messages.map((message) => this.put(message, told.fresh)).filter(Boolean);
    for (const id of told.gone) this.remove(id);
    if (held && !this.log.contains(document.activeElement)) this.focusMessage(held);
    this.showEmpty();
    this.root.querySelector(".typing").hidden = !told.typing;
    this.settle(news, told.fresh);
  }

  put(message, fresh) {
    const id = String(message.message_id);
    const drawn = drawMessage(message, this.desk);
    const old = this.messages.get(id);
    this.log.querySelector(".empty")?.remove();
    this.messages.set(id, drawn);
    if (old) {
      drawn.classList.add("flash");
      setTimeout(() => drawn.classList.remove("flash"), 1100);
      old.replaceWith(drawn);
      return null;
    }
    const last = this.log.lastElementChild;
    if (last?.dataset.day !== drawn.dataset.day) this.log.append(drawDay(message));
    if (!fresh) drawn.classList.add("arrive");
    this.log.append(drawn);
    return drawn;
  }

  remove(id) {
    const drawn = this.messages.get(String(id));
    const heading = drawn?.previousElementSibling;
    const alone = heading?.classList.contains("day") && !drawn.nextElementSibling?.classList.contains("message");
    drawn?.remove();
    if (alone) heading.remove();
    this.messages.delete(String(id));
  }

  focusMessage(id) {
    (this.messages.get(id) ?? [...this.messages.values()].at(-1))?.querySelector(".bubble").focus({ preventScroll: true });
  }

  settle(news, fresh) {
    const arrived = news.length > 0;
    if (this.root.hidden && arrived && !fresh) {
      this.unread += news.filter((drawn) => drawn.classList.contains("theirs")).length;
      drawPeople();
    }
    if (fresh || (arrived && this.follows)) this.toNewest();
    else if (arrived) this.root.querySelector(".newest").hidden = false;
    this.align();
  }

  toNewest() {
    this.held = this.log.lastElementChild?.dataset.id ?? null;
    this.root.querySelector(".newest").hidden = true;
    this.align();
  }

  /** Keep the held message in view: to the end, but a message taller than the screen from its beginning. */
  align() {
    const held = this.messages.get(this.held);
    if (!held) return;
    const bottom = this.log.scrollHeight - this.log.clientHeight;
    const top = held.classList.contains("theirs") ? held.offsetTop - this.log.offsetTop - 8 : bottom;
    this.target = Math.max(0, Math.min(bottom, top));
    this.log.scrollTop = this.target;
    this.follows = bottom - this.target < 80;
  }

  /** The bot answered a tap. */
  answered(told) {
    for (const waiting of this.log.querySelectorAll("[aria-busy]")) waiting.removeAttribute("aria-busy");
    if (!told.text) return;
    if (told.alert) openSheet("Sporočilo bota", make("p", { class: "alert-words" }, told.text));
    else toast(told.text, this.root.querySelector(".toast"));
  }
}

const PLACES = [["participant"], ["librarian"], ["coordinator", "national"]]; // side by side on a desk

/** Which phones lie on the table: one of each place side by side, or the chosen one. */
function visiblePeople() {
  const active = state.people.find((person) => person.id === state.active) ?? state.people[0];
  if (!WIDE.matches) return [active].filter(Boolean);
  const shown = PLACES.map((roles, place) => {
    const here = state.people.filter((person) => roles.includes(person.role));
    const one = here.find((person) => person === active) ?? here.find((person) => person.id === state.held[place]) ?? here[0];
    state.held[place] = one?.id;
    return one;
  });
  return shown.filter(Boolean);
}

function drawPeople() {
  const shown = visiblePeople();
  const focused = document.activeElement?.dataset.choose;
  by("people").replaceChildren(
    ...state.people.map((person) => {
      const phone = state.phones.get(person.id);
      const unread = phone?.unread ?? 0;
      const badge = unread ? make("span", { class: "unread", "aria-label": unreadWords(unread) }, String(unread)) : null;
      return make(
        "button",
        {
          type: "button",
          class: "person",
          "data-role": person.role,
          "data-choose": person.id,
          "aria-current": shown.includes(person) ? "true" : "false",
          onclick: () => choose(person.id, true),
        },
        person.short ?? person.name,
        badge,
      );
    }),
  );
  if (focused) by("people").querySelector(`[data-choose="${focused}"]`)?.focus();
}

function choose(id, focus = false) {
  state.active = id;
  const shown = visiblePeople();
  for (const [person, phone] of state.phones) {
    phone.root.hidden = !shown.some((one) => one.id === person);
    if (!phone.root.hidden) phone.unread = 0;
  }
  drawPeople();
  const phone = state.phones.get(id);
  if (!phone) return;
  phone.toNewest();
  if (focus && matchMedia("(hover: hover)").matches) phone.field.focus({ preventScroll: true });
}

function takePeople(told) {
  Object.assign(state, { bot: told.bot, people: told.people, cards: told.cards });
  by("waiting").hidden = true;
  by("show-cards").hidden = told.cards.length === 0;
  if (by("sheet").open && by("sheet-title").textContent === CARDS) showCards();
  const ids = new Set(told.people.map((person) => person.id));
  for (const [id, phone] of state.phones) {
    if (ids.has(id)) continue;
    phone.root.remove();
    state.phones.delete(id);
  }
  for (const person of told.people) {
    if (!state.phones.has(person.id)) state.phones.set(person.id, new Phone(person));
    by("phones").append(state.phones.get(person.id).root);
    state.phones.get(person.id).showEmpty();
  }
  if (!ids.has(state.active)) state.active = told.people[0]?.id ?? null;
  if (state.active !== null) choose(state.active);
  by("browser").hidden = !state.bot.pages;
  by("browser").href = state.bot.pages;
  takeLink();
}

/** News came while the clock was moved: to the phone that a journey led to, else to one with news, if this one has none. */
function showNews(people, stopped) {
  const newest = people.at(-1);
  if (stopped || !people.includes(state.active)) choose(newest);
}

function listen() {
  const events = new EventSource("/phone/events");
  const on = (name, take) => events.addEventListener(name, (event) => take(JSON.parse(event.data)));
  on("people", takePeople);
  on("chat", (told) => state.phones.get(told.person)?.take(told));
  on("answer", (told) => state.phones.get(told.person)?.answered(told));
  on("clock", takeClock);
}

by("sheet-close").onclick = closeSheet;
by("sheet").onclick = (event) => {
  if (event.target === by("sheet")) closeSheet(); // and no value: a false would stop the links inside
};
by("show-cards").onclick = showCards;
by("show-guide").onclick = showGuide;
wind(showNews);
window.addEventListener("hashchange", takeLink);
WIDE.addEventListener("change", () => choose(state.active));
listen();
