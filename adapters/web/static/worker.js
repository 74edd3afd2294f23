// Runs when this browser is called while the page is closed: shows that the little stool has something to say, and leads
// there. What it has to say is not known here.
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("push", (event) => {
  const { title, body, lang } = event.data.json();
  const icon = "/static/stool-192.png";
  event.waitUntil(self.registration.showNotification(title, { body, lang, icon, badge: icon, tag: "said", renotify: true }));
});

async function lead() {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = open.find((one) => new URL(one.url).origin === location.origin);
  if (!page) return clients.openWindow("/said");
  const there = await page.navigate("/said").catch(() => null); // one that is not ours to lead is left where it is
  return there ? there.focus() : clients.openWindow("/said");
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead());
});
