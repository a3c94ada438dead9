// What the page asks of the server, and the short words in which it says what came of it.

/** Send a request to the server; what it refuses comes as a sentence in a toast. */
export async function send(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (!answer.ok) toast(told.problem ?? "To zdaj ni uspelo. Poskusite znova.");
    return answer.ok ? told : null;
  } catch {
    toast("Predstavitev se ne odziva. Ali še teče v ukaznem oknu?");
    return null;
  }
}

/** A short word in `place` (a phone's own, or the page's); the newest replaces the one before. */
export function toast(words, place = document.getElementById("notice")) {
  clearTimeout(place.fading);
  place.classList.remove("shown");
  place.textContent = words;
  void place.offsetWidth; // lets the same word appear anew
  place.classList.add("shown");
  place.fading = setTimeout(() => (place.textContent = ""), 1800 + 60 * words.length);
}

const MOST = 20 * 1024 * 1024; // bytes that a bot can get from Telegram

/** Send a file of this machine from somebody's phone. */
export async function sendFile(person, file) {
  if (file.size === 0) return toast("Datoteka je prazna.");
  if (file.size > MOST) return toast("Datoteka je prevelika: največ 20 MB.");
  const address = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
  if (address === null) return toast("Datoteke ni mogoče prebrati.");
  const data = address.slice(address.indexOf(",") + 1);
  return send("/phone/file", { person, name: file.name, mime: file.type || "application/octet-stream", data });
}
