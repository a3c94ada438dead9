// Draws one message of the Bot API as elements of the page. Knows no network; taps and links go to the caller.

import { dayKey, dayOf, lengthWords, sizeWords, timeOf } from "./words.js";

/** Make an element: make("p", { class: "x", onclick }, "words", child). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const PLAIN_TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const FOUND = /(?:https?:\/\/|(?<![\p{L}\d.@/])t\.me\/)[^\s<>«»]+[^\s<>«».,;:!?)]|(?<![\p{L}\d/])\/[a-z][a-z0-9_]{1,31}(?![\p{L}\d/])/giu;

/** The token in a link to the bot or to its page of a card, as a camera would read it; null for other links. */
export function startToken(link, bot) {
  const card = `${bot.pages}/k/`;
  if (bot.pages && link.startsWith(card)) return link.slice(card.length);
  try {
    const url = new URL(link);
    const ours = url.protocol === "https:" && url.hostname === "t.me";
    const same = url.pathname.slice(1).toLowerCase() === bot.username.toLowerCase();
    return ours && same ? (url.searchParams.get("start") ?? "") : null;
  } catch {
    return null;
  }
}

function linkTo(href, shown, desk) {
  const token = startToken(href, desk.bot());
  if (token !== null) return make("button", { type: "button", class: "scan", onclick: () => desk.scan(token) }, shown);
  if (!/^https?:\/\//i.test(href)) return document.createTextNode(shown);
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, shown);
}

/** Plain text with links made alive, and commands of the bot. */
function alive(text, desk, mine = false) {
  const nodes = [];
  let last = 0;
  for (const found of text.matchAll(FOUND)) {
    const words = found[0];
    if (mine && words.startsWith("/")) continue;
    nodes.push(text.slice(last, found.index));
    nodes.push(
      words.startsWith("/")
        ? make("button", { type: "button", class: "command", onclick: () => desk.say(words) }, words)
        : linkTo(/^https?:/i.test(words) ? words : `https://${words}`, words, desk),
    );
    last = found.index + words.length;
  }
  nodes.push(text.slice(last));
  return nodes.filter((node) => node !== "");
}

/** Text and entities (UTF-16 offsets, properly nested) as nodes. */
function formatted(text, entities, desk, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  const inside = entities.filter((one) => one.offset >= from && one.offset + one.length <= to);
  while (inside.length > 0) {
    const entity = inside.shift();
    if (entity.offset < at) continue;
    const end = entity.offset + entity.length;
    nodes.push(...alive(text.slice(at, entity.offset), desk));
    at = end;
    const shown = text.slice(entity.offset, end);
    if (entity.type === "text_link") nodes.push(linkTo(entity.url, shown, desk));
    else if (PLAIN_TAGS[entity.type]) {
      const within = entities.filter((one) => one !== entity && one.offset >= entity.offset);
      nodes.push(make(PLAIN_TAGS[entity.type], {}, ...formatted(text, within, desk, entity.offset, end)));
    } else nodes.push(...alive(shown, desk));
  }
  nodes.push(...alive(text.slice(at, to), desk));
  return nodes;
}

const SVG = "http://www.w3.org/2000/svg";
function drawing(path, view = "0 0 44 44") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", view);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
const SHEET = "M11 4h15l8 8v28H11zM26 4v8h8M17 21h11M17 28h11M17 34h7";
const WAVES = "M5 19v6M11 13v18M17 17v10M23 8v28M29 15v14M35 18v8M40 20v4";

function pictures(message, desk) {
  const best = message.photo?.at(-1);
  if (!best) return [];
  const href = desk.fileAddress(best.file_id, "slika");
  const words = (message.caption ?? "").split("\n")[0];
  const image = make("img", {
    src: href,
    alt: words ? `Slika: ${words}` : "Slika brez opisa",
    width: best.width,
    height: best.height,
    loading: "lazy",
    onload: () => desk.settle(),
  });
  return [make("a", { class: "picture", href, target: "_blank", rel: "noopener" }, image)];
}

function files(message, desk) {
  const found = [];
  const file = message.document;
  if (file) {
    const name = file.file_name ?? "datoteka";
    const opens = /\.(html?|pdf|png|jpe?g|txt|json)$/i.test(name);
    const note = [sizeWords(file.file_size), opens ? "odpre se v novem zavihku" : "shrani"].filter(Boolean).join(" · ");
    found.push(
      make(
        "a",
        {
          class: "file",
          href: desk.fileAddress(file.file_id, name),
          target: opens ? "_blank" : null,
          rel: "noopener",
          download: opens ? null : name,
        },
        drawing(SHEET),
        make("span", {}, make("span", { class: "file-name" }, name), make("span", { class: "file-note" }, note)),
      ),
    );
  }
  const sound = message.voice ?? message.audio;
  if (sound) {
    const note = `${lengthWords(sound.duration ?? 0)} · v predstavitvi brez zvoka`;
    found.push(
      make(
        "p",
        { class: "file" },
        drawing(WAVES),
        make("span", {}, make("span", { class: "file-name" }, "Glasovno sporočilo"), make("span", { class: "file-note" }, note)),
      ),
    );
  }
  return found;
}

function keys(message, desk) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const drawn = rows.map((row) =>
    make(
      "div",
      { class: "keys-row" },
      ...row.map((button) => {
        if (!button.url) {
          const tap = (event) => desk.tap(message.message_id, button, event.currentTarget);
          return make("button", { type: "button", class: "key", onclick: tap }, button.text);
        }
        const token = startToken(button.url, desk.bot());
        if (token === null) {
          return make("a", { class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text);
        }
        return make("button", { type: "button", class: "key", onclick: () => desk.scan(token) }, button.text);
      }),
    ),
  );
  return make("div", { class: "keys", role: "group", "aria-label": "Možnosti" }, ...drawn);
}

/** One message as a list item; `desk` says what a tap, a link and a file address do. */
export function drawMessage(message, desk) {
  const mine = !message.from?.is_bot;
  const whole = message.text ?? message.caption ?? "";
  const text = mine && whole.startsWith("/start ") ? "/start" : whole; // as phones show an opened link
  const entities = message.entities ?? message.caption_entities ?? [];
  const buttons = keys(message, desk);
  const bubble = make(
    "div",
    { class: "bubble", tabindex: "-1" },
    make("span", { class: "unseen" }, mine ? "Vi: " : "Knjižnica: "),
    ...pictures(message, desk),
    ...files(message, desk),
    text ? make("div", { class: "words" }, ...(mine ? alive(text, desk, true) : formatted(text, entities, desk))) : null,
    make("span", { class: "stamp" }, timeOf(message.date)),
  );
  const names = ["message", mine ? "mine" : "theirs", buttons ? "keyed" : ""].filter(Boolean).join(" ");
  return make("div", { class: names, "data-id": message.message_id, "data-day": dayKey(message.date) }, bubble, buttons);
}

/** The heading between two days. */
export const drawDay = (message) =>
  make("div", { class: "day", "data-day": dayKey(message.date) }, make("span", {}, dayOf(message.date)));
