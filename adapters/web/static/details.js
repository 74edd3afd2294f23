// Shows what may be read here, once: by the secret of a link, after a press, or by what the app signed that opened it.
const at = new URL(location.href), behind = new URLSearchParams(at.hash.slice(1));
const proof = behind.get("tgWebAppData") ?? "", secret = proof ? "" : at.hash.slice(1);
const [open, words, kept, over, broken, ask] =
  ["#open", "#words", "#private", "#over", "#broken", ".ask"].map((one) => document.querySelector(one));
const KEPT = 10 * 60 * 1000; // a telephone that is put down shows it no longer
const DIALLED = /\+?\d{7,15}/;
history.replaceState(null, "", at.pathname); // neither the secret nor the proof stays in the browser's history

function forget(say) {
  words.replaceChildren();
  for (const one of [open, kept, ask, over, broken]) one.hidden = one !== say;
}

function line(text) {
  const row = document.createElement("p"), number = text.match(DIALLED);
  if (!number) row.textContent = text;
  else {
    const link = document.createElement("a");
    link.href = `tel:${number[0]}`;
    link.textContent = number[0];
    row.append(text.slice(0, number.index), link, text.slice(number.index + number[0].length));
  }
  return row;
}

async function read() {
  open.setAttribute("aria-busy", "true");
  const fields = secret ? { secret } : { proof, app: "telegram", post: at.searchParams.get("post") ?? "" };
  let answer;
  try {
    answer = await fetch(at.pathname, { method: "POST", body: new URLSearchParams(fields), cache: "no-store" });
  } catch {
    open.removeAttribute("aria-busy");
    return forget(broken);
  }
  if (!answer.ok) return forget(answer.status === 404 || answer.status === 429 ? over : broken);
  const { lines, lang } = await answer.json();
  forget(kept);
  words.lang = lang === "zh" ? "zh-CN" : lang;
  words.replaceChildren(...lines.map(line));
  setTimeout(() => forget(over), KEPT);
}

addEventListener("pagehide", () => forget(over)); // nor does going back show it again
if (proof) {
  forget(null);
  read();
} else if (secret) {
  open.hidden = false;
  open.addEventListener("click", read, { once: true });
} else forget(over);
