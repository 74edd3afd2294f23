// Keeps the page up to date and sends its forms without leaving it. Without this script all of it works by reload.
const chats = document.querySelector("main[data-live]");
const offline = document.querySelector(".offline");
const all = (what, where = document) => [...where.querySelectorAll(what)];
const inView = (panel) => panel.offsetParent !== null;
const wide = () => matchMedia("(min-width: 48rem)").matches;
const kept = (chat) => `half.${chats.dataset.live}.${chat}`; // words half written, in this window only
const bare = document.title;
let last = chats?.dataset.change, source, leaving, sentAt = 0, drawing, at = location.pathname;

function toast(words, alert = false) {
  const box = document.querySelector(".toast"), place = document.querySelector(".now .log"), card = place?.querySelector(".card, h3");
  const before = card?.getBoundingClientRect().top;
  box.querySelector("[role=status]").textContent = alert ? "" : words;
  box.querySelector("[role=alert]").textContent = alert ? words : "";
  box.classList.toggle("shown", Boolean(words));
  box.classList.toggle("refusal", alert);
  if (card) place.scrollTop += card.getBoundingClientRect().top - before; // what is pressed stays where it is
  clearTimeout(leaving);
  if (words) leaving = setTimeout(gone, Math.max(9000, 400 * words.length)); // long enough to be read twice
}

function gone() { // not while somebody is at it
  if (document.querySelector(".toast:hover, .toast:focus-within")) leaving = setTimeout(gone, 3000); else toast("");
}

function show({ id, chat, mine, html, pin }) {
  const panel = all(".panel").find((one) => one.dataset.chat === chat), lines = panel.querySelector(".lines");
  const old = document.getElementById(`m${id}`), box = document.createElement("template");
  panel.querySelector(".pin").outerHTML = pin;
  refresh();
  if (!old && (!html || id < Number(lines.dataset.from))) return; // earlier than what this page shows
  const held = old?.contains(document.activeElement) && document.activeElement.value;
  box.innerHTML = html; // made by our own server, where everything that people wrote is escaped
  if (old) old.replaceWith(box.content);
  else {
    all(mine ? ".empty, .edit" : ".empty", lines).forEach((gone) => gone.remove());
    lines.append(box.content);
    if (!mine && (document.hidden || !inView(panel))) count(chat, 1);
    if (!mine && !inView(panel) && document.querySelector(`#m${id}.bot`) && Date.now() - sentAt < 9000)
      toast(chats.dataset.told.replace("{words}", document.querySelector(`#m${id} .words`).textContent.split("\n", 2).join("\n"))); // where one looks
  }
  if (held) all(`#m${id} button`).find((button) => button.value === held)?.focus();
}

function count(chat, more) {
  const badge = all("[data-tab]").find((tab) => tab.dataset.tab === chat).querySelector(".badge");
  badge.textContent = more ? Number(badge.textContent) + more : 0;
  badge.ariaLabel = badge.dataset.words.replace("{n}", badge.textContent);
  badge.hidden = !more;
  entitle();
}

function entitle() { // the window's title says how many wait
  const waiting = all(".badge").reduce((sum, one) => sum + (one.hidden ? 0 : Number(one.textContent)), 0);
  document.title = waiting ? `(${waiting}) ${bare}` : bare;
  if (waiting) navigator.setAppBadge?.(waiting).catch(() => {}); else navigator.clearAppBadge?.().catch(() => {});
}

function read() { // what can be seen has been seen
  for (const panel of all(".panel:not(.now)").filter(inView)) {
    navigator.sendBeacon(chats.dataset.read, new URLSearchParams(new FormData(panel.querySelector(".say"))));
    count(panel.dataset.chat, 0);
  }
}

function refresh() { // what is on, drawn anew; several changes at once are one look
  const panel = document.querySelector(".panel.now");
  if (panel && !document.hidden) drawing ??= setTimeout(() => draw(panel).catch(() => {}).finally(() => { drawing = undefined; }), 150 + Math.random() * 350);
}

async function draw(panel) {
  const answer = await fetch(panel.dataset.now), box = document.createElement("template");
  if (!answer.ok) return; // the next change draws it
  box.innerHTML = await answer.text(); // made by our own server
  const old = panel.querySelector("[data-cards]"), place = old.contains(document.activeElement) && document.activeElement.closest(".card")?.id;
  const open = all("details[open]", old).map((one) => one.closest(".card").id);
  old.replaceWith(box.content);
  open.forEach((id) => document.querySelector(`#${id} details`)?.setAttribute("open", ""));
  document.dispatchEvent(new Event("drawn"));
  if (place) (document.querySelector(`#${place} button`) ?? panel.querySelector(".log")).focus({ preventScroll: true });
}

function follow() {
  const on = (kind, work) => source.addEventListener(kind, (event) => work(JSON.parse(event.data), event.lastEventId));
  source = new EventSource(`${chats.dataset.live}?after=${last}`);
  source.onopen = () => { offline.hidden = true; };
  source.onerror = () => { offline.hidden = false; if (source.readyState === 2) setTimeout(follow, 3000); };
  on("talk", (told, id) => { last = id; show(told); });
  on("toast", (said) => toast(said.toast, said.alert));
  on("behind", () => { if (all("textarea").every((box) => !box.value)) location.reload(); }); // more than we are told
  on("clock", (words) => { all("[data-clock]").forEach((place) => { place.textContent = words; }); refresh(); });
}

async function send(form, button = form.querySelector("button")) {
  const all = new FormData(form), body = form.picture?.value ? all : new URLSearchParams([...all].filter(([, it]) => it.trim));
  if (button.name) body.append(button.name, button.value);
  button.ariaBusy = "true";
  sentAt = Date.now();
  try {
    const headers = { Accept: "application/json" };
    const said = await (await fetch(form.getAttribute("action"), { method: "POST", body, headers })).json();
    if (said.toast || !form.matches(".say")) toast(said.toast, said.alert);
    if (form.closest(".now")) refresh();
    if (said.sent && form.matches(".say")) { clear(form, said.once); history.replaceState("", "", location.pathname); }
  } catch { toast(chats.dataset.unsent, true); } // the form keeps its `once`: to send it again does nothing twice
  button.ariaBusy = null;
}

function clear(form, once) {
  for (const [name, now] of Object.entries({ once, text: "", reply: "", edit: "", picture: "" })) form.elements[name].value = now;
  sessionStorage.removeItem(kept(form.elements.chat.value));
  picked(form);
  form.querySelector(".about").hidden = true;
}

function picked(form) { // a picture may come without words
  const some = Boolean(form.picture.value);
  form.elements.text.required = !some;
  form.querySelector(".pick").classList.toggle("some", some);
}

function turn(tab, push = true) { // to another view, on a small screen
  all("[data-tab]").forEach((one) => { one.ariaCurrent = one === tab ? "page" : null; });
  all(".panel").forEach((one) => one.classList.toggle("current", one.dataset.chat === tab.dataset.tab));
  if (push) history.pushState(null, "", tab.href);
  at = location.pathname;
  read();
}

const tabOf = (chat) => all("[data-tab]").find((one) => one.dataset.tab === chat);
const panelOf = (chat) => all(".panel").find((one) => one.dataset.chat === chat);

function lead(link) { // to a message, or a view, that stands on this page
  const found = link.hash && document.getElementById(link.hash.slice(1));
  const to = found ? found.closest(".panel").dataset.chat : !link.hash && link.matches(".pin") ? "now" : "";
  if (!to || !tabOf(to)) return false;
  if (!inView(panelOf(to))) turn(tabOf(to));
  if (found) { found.scrollIntoView({ block: "center" }); location.replace(link.hash); }
  return true;
}

async function earlier(link) { // older messages are put above, and what one reads stays where it is
  const panel = link.closest(".panel"), log = panel.querySelector(".log"), lines = panel.querySelector(".lines");
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  const older = all(".panel", page).find((one) => one.dataset.chat === panel.dataset.chat).querySelector(".lines");
  const place = log.scrollTop; // counted from below
  const fresh = all("article", older).filter((one) => !document.getElementById(one.id));
  link.closest(".more").replaceWith(...all(".more:first-child", older), ...fresh);
  if (fresh.length) lines.dataset.from = Math.min(lines.dataset.from, fresh[0].dataset.id);
  log.scrollTop = place;
}

if (chats) {
  follow();
  if (!document.hidden) read();
  entitle();
  for (const box of all(".say textarea")) {
    const key = kept(box.form.elements.chat.value);
    if (!box.value) box.value = sessionStorage.getItem(key) ?? "";
    box.addEventListener("input", () => sessionStorage.setItem(key, box.value));
  }
  if (document.querySelector(".toast.shown")) leaving = setTimeout(gone, 15000);
  setInterval(refresh, 60000);
  addEventListener("popstate", () => {
    if (location.pathname === at) return; // to another place on this page only
    at = location.pathname;
    const tab = all("[data-tab]").find((one) => one.pathname === location.pathname);
    if (tab) turn(tab, false); else location.reload();
  });
  document.querySelector(".demo details")?.toggleAttribute("open", wide());
  addEventListener("visibilitychange", () => { read(); source.close(); if (!document.hidden) { follow(); refresh(); } });
  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-send]")) return;
    event.preventDefault();
    if (!event.target.querySelector("[aria-busy]")) send(event.target, event.submitter ?? undefined);
  });
  addEventListener("change", (event) => { if (event.target.matches("[type=file]")) picked(event.target.form); });
  addEventListener("keydown", (event) => { if (event.key === "Escape") toast(""); });
  addEventListener("keydown", (event) => { // with real keys Enter sends, but not while composing characters
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".say textarea")) return;
    if (matchMedia("(pointer: fine)").matches) { event.preventDefault(); event.target.form.requestSubmit(); }
  });
  addEventListener("click", (event) => {
    const link = event.target.closest("[data-tab], .close, .pin, .more a, .quote, .card > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const older = link.matches(".more a") && link.search;
    if (link.matches(".close")) toast("");
    else if (link.dataset.tab) turn(link);
    else if (older) earlier(link).catch(() => { location = link.href; });
    else if (link.matches(".more a") || !lead(link)) return;
    event.preventDefault();
  });
}
