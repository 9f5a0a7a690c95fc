// A page with <body data-stream="URL"> refetches itself when the stream says that something changed, and swaps the elements
// marked data-live. The stream is a wake-up only: whatever was missed while it was away comes with the next fetch.
import { alerts } from "./alerts";
import { tick } from "./clocks";
import { morph } from "./morph";

let pending: number | undefined;
let running = false;
let again = false;

export function live(): void {
  const url = document.body.dataset.stream;
  if (!url) return;
  connect(url);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) connect(url);
  });
  document.addEventListener("frontdesk:refresh", () => schedule(0));
  alerts(true);
}

// connect opens the stream. A browser comes back by itself after a lost connection, but not after a refusal, which a restart
// behind a proxy and an ended session look like: then the page asks, and is led to the sign-in where that is needed.
function connect(url: string): void {
  const banner = document.getElementById("offline");
  const source = new EventSource(url);
  const over = new AbortController();
  const reconnect = () => {
    over.abort();
    source.close();
    connect(url);
  };
  // A network that is gone leaves the stream looking alive; one that is back is a reason not to trust the old stream.
  window.addEventListener("offline", () => banner && (banner.hidden = false), { signal: over.signal });
  window.addEventListener("online", reconnect, { signal: over.signal });
  // A page that the browser keeps for the way back must not keep its connection: there are only six to a host.
  window.addEventListener("pagehide", () => {
    over.abort();
    source.close();
  }, { once: true });
  source.addEventListener("open", () => {
    if (banner) banner.hidden = true;
    schedule(0); // what changed before it was open, since the page was made, or while it was away
  });
  source.addEventListener("error", () => {
    if (banner) banner.hidden = false;
    if (source.readyState !== EventSource.CLOSED) return;
    schedule(0);
    window.setTimeout(() => over.signal.aborted || reconnect(), 2000 + Math.random() * 1000);
  });
  source.addEventListener("changed", () => schedule(0)); // the server has gathered what came together
  source.addEventListener("typing", (event) => showTyping(event as MessageEvent));
}

function schedule(wait: number): void {
  if (pending !== undefined) return;
  pending = window.setTimeout(() => {
    pending = undefined;
    void refresh();
  }, wait);
}

async function refresh(): Promise<void> {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (response.redirected && new URL(response.url).pathname !== location.pathname) location.assign(response.url);
    else if (response.ok) swap(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    window.setTimeout(() => schedule(0), 2000);
  } finally {
    running = false;
    if (again) {
      again = false;
      schedule(0);
    }
  }
}

function swap(fresh: Document): void {
  if (reshaped(fresh) && !unsaved()) return location.replace(location.pathname + location.search);
  tick(fresh);
  for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const next = old.id ? fresh.getElementById(old.id) : null;
    if (!next || next.isEqualNode(old)) continue;
    if (old.contains(document.activeElement) && isField(document.activeElement)) continue;
    replace(old, next);
  }
  document.dispatchEvent(new Event("frontdesk:swapped"));
  alerts(false);
}

// What may be done on a page follows from the state of what it shows: where [data-shape] has changed, no swap of parts can make
// it right. Words that are being written stay until they are sent or taken out, and what is being sent leads on by itself.
function reshaped(fresh: Document): boolean {
  const [old, next] = [document, fresh].map((page) => page.querySelector<HTMLElement>("[data-shape]")?.dataset.shape);
  return old !== undefined && next !== undefined && old !== next;
}

function unsaved(): boolean {
  return [...document.querySelectorAll("textarea")].some((area) => area.value.trim() !== "") || isField(document.activeElement) || document.querySelector('form[aria-busy="true"]') !== null;
}

// A reader of the log stays where they read, unless they were at its end.
function replace(old: HTMLElement, next: HTMLElement): void {
  const scroller = old.closest<HTMLElement>("[data-scroll]") ?? old;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  morph(old, next);
  if (scroller.dataset.scroll === "end" && atEnd) scroller.scrollTop = scroller.scrollHeight;
}

function isField(e: Element | null): boolean {
  return (e instanceof HTMLInputElement && e.type !== "checkbox") || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement;
}

let typingTimer: number | undefined;
function showTyping(event: MessageEvent): void {
  const place = document.getElementById("typing");
  if (!place) return;
  const { conversation, name } = JSON.parse(event.data) as { conversation: string; name: string };
  if (place.dataset.conversation !== conversation) return;
  place.textContent = (place.dataset.text ?? "%s").replace("%s", () => name || (place.dataset.shopper ?? ""));
  window.clearTimeout(typingTimer);
  typingTimer = window.setTimeout(() => (place.textContent = ""), 4000);
}
