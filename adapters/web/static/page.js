// Keeps the page up to date and sends its forms without leaving it. Without this script all of it works by reload.
const chats = document.querySelector("main[data-live]");
const offline = document.querySelector(".offline");
const all = (what, where = document) => [...where.querySelectorAll(what)];
const inView = (panel) => panel.offsetParent !== null;
let last = chats?.dataset.change, source;

function toast(words, alert = false) {
  const box = document.querySelector(".toast");
  box.querySelector("[role=status]").textContent = alert ? "" : words;
  box.querySelector("[role=alert]").textContent = alert ? words : "";
  box.classList.toggle("shown", Boolean(words));
  box.classList.toggle("refusal", alert);
}

function show({ id, chat, mine, html, pin }) {
  const panel = all(".panel").find((one) => one.dataset.chat === chat), lines = panel.querySelector(".lines");
  const old = document.getElementById(`m${id}`), box = document.createElement("template");
  panel.querySelector(".pin").outerHTML = pin;
  if (!old && (!html || id < Number(lines.dataset.from))) return; // earlier than what this page shows
  const held = old?.contains(document.activeElement) && document.activeElement.value;
  box.innerHTML = html; // made by our own server, where everything that people wrote is escaped
  if (old) old.replaceWith(box.content);
  else {
    all(mine ? ".empty, .edit" : ".empty", lines).forEach((gone) => gone.remove());
    lines.append(box.content);
    if (!mine && (document.hidden || !inView(panel))) count(chat, 1);
  }
  if (held) all(`#m${id} button`).find((button) => button.value === held)?.focus();
}

function count(chat, more) {
  const badge = all("[data-tab]").find((tab) => tab.dataset.tab === chat).querySelector(".badge");
  badge.textContent = more ? Number(badge.textContent) + more : 0;
  badge.ariaLabel = badge.dataset.words.replace("{n}", badge.textContent);
  badge.hidden = !more;
}

function read() { // what can be seen has been seen
  for (const panel of all(".panel").filter(inView)) {
    navigator.sendBeacon(chats.dataset.read, new URLSearchParams(new FormData(panel.querySelector(".say"))));
    count(panel.dataset.chat, 0);
  }
}

function follow() {
  const on = (kind, work) => source.addEventListener(kind, (event) => work(JSON.parse(event.data), event.lastEventId));
  source = new EventSource(`${chats.dataset.live}?after=${last}`);
  source.onopen = () => { offline.hidden = true; };
  source.onerror = () => { offline.hidden = false; if (source.readyState === 2) setTimeout(follow, 3000); };
  on("talk", (told, id) => { last = id; show(told); });
  on("toast", (said) => toast(said.toast, said.alert));
  on("behind", () => { if (all("textarea").every((box) => !box.value)) location.reload(); }); // more than we are told
  on("clock", (words) => all("[data-clock]").forEach((place) => { place.textContent = words; }));
}

async function send(form, button = form.querySelector("button")) {
  const all = new FormData(form), body = form.picture?.value ? all : new URLSearchParams([...all].filter(([, it]) => it.trim));
  if (button.name) body.append(button.name, button.value);
  button.ariaBusy = "true";
  try {
    const headers = { Accept: "application/json" };
    const said = await (await fetch(form.getAttribute("action"), { method: "POST", body, headers })).json();
    toast(said.toast, said.alert);
    if (said.sent && form.matches(".say")) { clear(form, said.once); history.replaceState("", "", location.pathname); }
  } catch { toast(chats.dataset.unsent, true); } // the form keeps its `once`: to send it again does nothing twice
  button.ariaBusy = null;
}

function clear(form, once) {
  for (const [name, now] of Object.entries({ once, text: "", reply: "", edit: "", picture: "" })) form.elements[name].value = now;
  picked(form);
  form.querySelector(".about").hidden = true;
}

function picked(form) { // a picture may come without words
  const some = Boolean(form.picture.value);
  form.elements.text.required = !some;
  form.querySelector(".pick").classList.toggle("some", some);
}

function turn(tab) { // to another chat, on a small screen
  all("[data-tab]").forEach((one) => { one.ariaCurrent = one === tab ? "page" : null; });
  all(".panel").forEach((one) => one.classList.toggle("current", one.dataset.chat === tab.dataset.tab));
  history.replaceState(null, "", tab.href);
  read();
}

if (chats) {
  follow();
  if (!document.hidden) read();
  document.querySelector(".demo details")?.toggleAttribute("open", matchMedia("(min-width: 48rem)").matches);
  addEventListener("visibilitychange", () => { read(); source.close(); if (!document.hidden) follow(); });
  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-send]")) return;
    event.preventDefault();
    if (!event.target.querySelector("[aria-busy]")) send(event.target, event.submitter ?? undefined);
  });
  addEventListener("change", (event) => { if (event.target.matches("[type=file]")) picked(event.target.form); });
  addEventListener("keydown", (event) => { // with real keys Enter sends, but not while composing characters
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".say textarea")) return;
    if (matchMedia("(pointer: fine)").matches) { event.preventDefault(); event.target.form.requestSubmit(); }
  });
  addEventListener("click", (event) => {
    const link = event.target.closest("[data-tab], .close");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    return link.dataset.tab ? turn(link) : toast("");
  });
}
