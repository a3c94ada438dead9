// Slovenian words of the page and how it writes dates, times and sizes. Knows nothing of phones.

const ZONE = "Europe/Ljubljana";
const part = (options) => new Intl.DateTimeFormat("sl-SI", { timeZone: ZONE, ...options });
const TIME = part({ hour: "2-digit", minute: "2-digit", hour12: false });
const DAY = part({ weekday: "long", day: "numeric", month: "numeric", year: "numeric" });
const SHORT_DAY = part({ day: "numeric", month: "numeric", year: "numeric" });
const KEY = part({ year: "numeric", month: "2-digit", day: "2-digit" });

/** »22. 11. 2026« with no-break spaces, so that a date never falls apart. */
export const noBreak = (words) => words.replace(/(\d\.) (?=\d)/g, "$1\u00a0");

export const timeOf = (seconds) => TIME.format(new Date(seconds * 1000));
export const dayOf = (seconds) => noBreak(DAY.format(new Date(seconds * 1000)));
export const dayKey = (seconds) => KEY.format(new Date(seconds * 1000));
export const clockWords = (milliseconds, short) =>
  `${noBreak((short ? SHORT_DAY : DAY).format(new Date(milliseconds)))}, ${TIME.format(new Date(milliseconds))}`;

/** File sizes with a decimal comma: »340 kB«, »1,2 MB«. */
export function sizeWords(bytes) {
  if (!bytes) return "";
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;
}

/** The four Slovenian plural forms. */
export function plural(n, one, two, few, other) {
  const rest = n % 100;
  return `${n} ${rest === 1 ? one : rest === 2 ? two : rest === 3 || rest === 4 ? few : other}`;
}

export const unreadWords = (n) => plural(n, "novo sporočilo", "novi sporočili", "nova sporočila", "novih sporočil");

/** Seconds of a recording: »0:07«. */
export const lengthWords = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

export const GUIDE = [
  "»Vabilo« je natisnjena kartica iz knjižnice. Poskenirajte jo z Marijinim telefonom. Bot se predstavi in prosi za privolitev.",
  "Amira je povezavo že odprla v Kamniku in bere angleško. Odloči naj se sama.",
  "Kartica vodi na stran z dvema gumboma: ista oseba lahko odgovarja v Telegramu ali v brskalniku. Eno vabilo poskenirajte s telefonom, naslednje odprite z »V brskalniku«.",
  "Odgovorite na nekaj vprašanj. Z gumbom »‹\u00a0Nazaj« lahko vsak odgovor popravite.",
  "Premaknite uro: za dan, teden ali mesec, do naslednjega sporočila ali vprašalnika. Pokaže se telefon, na katerega je kaj prišlo. Bot ob pravem času sam pošlje vabila in opomnike.",
  "Koordinatorka bere: napišite /porocilo ali /ucinek na njen telefon. Nacionalna koordinatorka bere o vseh knjižnicah.",
  "Knjižničarka vpisuje in pomaga: napišite /skupine ali /vpis na njen telefon. S sponko pošljete seznam oseb ali drugo datoteko. Z /splet odpre isto mizo v zavihku brskalnika.",
];
