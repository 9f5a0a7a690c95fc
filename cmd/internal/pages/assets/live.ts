// A page with <body data-stream="URL"> refetches itself when the stream says that something changed, and swaps the elements
// marked data-live. The stream is a wake-up only: whatever was missed while it was away comes with the next fetch.
import { alerts } from "./alerts";

let pending: number | undefined;
let running = false;
let again = false;

export function live(): void {
  const url = document.body.dataset.stream;
  if (!url) return;
  const banner = document.getElementById("offline");
  let lost = false;
  const source = new EventSource(url);
  source.addEventListener("open", () => {
    if (banner) banner.hidden = true;
    if (lost) schedule(0);
    lost = false;
  });
  source.addEventListener("error", () => {
    lost = true;
    if (banner) banner.hidden = false;
  });
  source.addEventListener("changed", () => schedule(40));
  source.addEventListener("typing", (event) => showTyping(event as MessageEvent));
  window.addEventListener("online", () => schedule(0));
  document.addEventListener("frontdesk:refresh", () => schedule(0));
  alerts(true);
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
  for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const next = old.id ? fresh.getElementById(old.id) : null;
    if (!next || next.isEqualNode(old)) continue;
    if (old.contains(document.activeElement) && isField(document.activeElement)) continue;
    replace(old, next);
  }
  document.dispatchEvent(new Event("frontdesk:swapped"));
  alerts(false);
}

// Scroll positions, open details and focus survive: a reader of the log stays where they read, unless they were at its end.
function replace(old: HTMLElement, next: HTMLElement): void {
  const scroller = old.closest<HTMLElement>("[data-scroll]") ?? old;
  const top = scroller.scrollTop;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const focus = old.contains(document.activeElement) ? (document.activeElement as HTMLElement).id : "";
  const open = new Set([...old.querySelectorAll<HTMLDetailsElement>("details[open][id]")].map((d) => d.id));
  const fresh = document.importNode(next, true);
  for (const d of fresh.querySelectorAll<HTMLDetailsElement>("details[id]")) if (open.has(d.id)) d.open = true;
  old.replaceWith(fresh);
  const now = fresh.closest<HTMLElement>("[data-scroll]") ?? fresh;
  now.scrollTop = now.dataset.scroll === "end" && atEnd ? now.scrollHeight : top;
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

function isField(e: Element | null): boolean {
  return e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement;
}

let typingTimer: number | undefined;
function showTyping(event: MessageEvent): void {
  const place = document.getElementById("typing");
  if (!place) return;
  const { conversation, name } = JSON.parse(event.data) as { conversation: string; name: string };
  if (place.dataset.conversation !== conversation) return;
  place.textContent = (place.dataset.text ?? "%s").replace("%s", name || (place.dataset.shopper ?? ""));
  window.clearTimeout(typingTimer);
  typingTimer = window.setTimeout(() => (place.textContent = ""), 4000);
}
