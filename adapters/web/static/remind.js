// Asks once whether to call somebody while the page is closed, and lets this browser be called; or says that it cannot.
const box = document.querySelector("[data-remind]");
const able = isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const said = box?.querySelector("[data-said]"), form = box?.querySelector("form");
const written = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const read = (words) => Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const { key, state } = (box ?? document.querySelector("[data-kept]")).dataset;

function show(which) { // of what may be said, this
  box.querySelectorAll("[data-when]").forEach((one) => { one.hidden = one.dataset.when !== which; });
  const apple = /iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone;
  box.querySelector("[data-apple]").hidden = !apple;
}

async function tell(answer, where = {}) {
  const { csrf } = (form ?? document.querySelector(".say")).elements;
  const body = new URLSearchParams({ csrf: csrf.value, answer, ...where }), headers = { Accept: "application/json" };
  return (await fetch("/remind", { method: "POST", body, headers })).json();
}

async function called() { // where this browser is called for us: as before, or from now on
  await navigator.serviceWorker.register("/worker.js");
  const { pushManager } = await navigator.serviceWorker.ready, before = await pushManager.getSubscription();
  const ours = before && written(before.options.applicationServerKey) === key;
  if (before && !ours) await before.unsubscribe();
  const now = ours ? before : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: read(key) });
  const { endpoint, keys } = now.toJSON();
  return { endpoint, ...keys };
}

async function answered(answer) {
  if (answer === "off") localStorage.setItem("uncalled", "1"); // it is not turned on again by itself
  if (answer === "off") navigator.serviceWorker.ready.then(async (there) => (await there.pushManager.getSubscription())?.unsubscribe());
  if (answer !== "yes") return tell(answer);
  show("asked"); // the browser asks for itself now
  const where = await called().catch(() => null);
  if (where) localStorage.removeItem("uncalled");
  return where ? tell("yes", where) : tell("failed");
}

const refused = () => !able || Notification.permission === "denied";

function ask() { // where it is time, and was not asked
  if (!document.querySelector("[data-due]") || (refused() && state === "unable")) return;
  show(refused() ? "cannot" : "can");
  box.hidden = false;
}

if (box) {
  if ("always" in box.dataset) show(refused() ? "cannot" : "here" in box.dataset ? "on" : "can");
  else { ask(); document.addEventListener("drawn", ask); }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    document.removeEventListener("drawn", ask);
    const came = await answered(event.submitter.value).catch(() => ({ said: box.dataset.wrong }));
    show(came.answer === "yes" && "always" in box.dataset ? "on" : "");
    said.textContent = came.said;
    said.focus();
    if (!("always" in box.dataset)) setTimeout(() => { box.hidden = true; }, 20000);
  });
}
const kept = !box && able && Notification.permission === "granted" && !localStorage.getItem("uncalled");
if (state === "yes" && kept) called().then((where) => tell("yes", where)).catch(() => {});
