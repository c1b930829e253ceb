/* Runs in the browser while no page is open: shows what the desk pushes, and opens it when it is clicked. */
type Said = { title: string; tag: string; url: string };
type Client = { url: string; focus(): Promise<unknown>; navigate(url: string): Promise<unknown> };
type Waiting = Event & { waitUntil(done: Promise<unknown>): void };
type Pushed = Waiting & { data: { json(): Said } | null };
type Clicked = Waiting & { notification: { close(): void; data: { url: string } } };
type Worker = {
  addEventListener(name: "push", hear: (event: Pushed) => void): void;
  addEventListener(name: "notificationclick", hear: (event: Clicked) => void): void;
  registration: { showNotification(title: string, options: object): Promise<void> };
  clients: { matchAll(options: object): Promise<Client[]>; openWindow(url: string): Promise<unknown> };
};
const worker = self as unknown as Worker;

worker.addEventListener("push", (event) => {
  const said = event.data?.json();
  if (!said) return;
  // One tag for one notice: what comes twice replaces itself.
  event.waitUntil(worker.registration.showNotification(said.title, { tag: said.tag, data: { url: said.url } }));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

async function open(url: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window" });
  const desk = pages.find((page) => page.url.includes("/desk/"));
  if (desk) await desk.navigate(url).then(() => desk.focus());
  else await worker.clients.openWindow(url);
}

export {}; // a module of its own, with names of its own
