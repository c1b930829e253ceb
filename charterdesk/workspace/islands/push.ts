/* Lets the desk notify this browser: asks the person, subscribes with the browser's push service, and tells the desk. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4);
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

async function subscribe(home: HTMLElement): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("denied");
  const worker = await navigator.serviceWorker.register(home.dataset["worker"] ?? "", { updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(home.dataset["keyOfDesk"] ?? "") };
  const subscription = await worker.pushManager.subscribe(options);
  const token = home.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const body = new URLSearchParams({ subscription: JSON.stringify(subscription), csrfmiddlewaretoken: token });
  const answer = await fetch(home.dataset["to"] ?? "", { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  location.reload();
}

export default function push(home: HTMLElement): void {
  const button = home.querySelector<HTMLButtonElement>("[data-subscribe]");
  const said = home.querySelector<HTMLElement>("[data-said]");
  if (!button || !said) return;
  button.hidden = !("serviceWorker" in navigator && "PushManager" in window);
  button.addEventListener("click", () => {
    subscribe(home).catch(() => {
      said.textContent = home.dataset["denied"] ?? "";
      said.hidden = false;
    });
  });
}
