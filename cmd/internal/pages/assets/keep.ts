// <form data-keep="NAME"> keeps what is written in this browser until it is sent, so that a crash, an ended session or a closed tab
// takes nothing along. A page that has words kept for it offers them in [data-kept], and changes nothing by itself.
const prefix = "frontdesk.keep:";
const days = 14;

interface Kept {
  at: number;
  sent: boolean;
  fields: [string, string][];
}

export function keep(): void {
  tidy();
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) {
    const key = prefix + (form.dataset.keep || location.pathname + location.search);
    offer(form, key);
    let timer: number | undefined;
    const store = (sent: boolean) => {
      window.clearTimeout(timer);
      timer = undefined;
      write(key, { at: Date.now(), sent, fields: fieldsOf(form) });
    };
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => store(false), 400);
    });
    form.addEventListener("submit", () => store(true));
    window.addEventListener("pagehide", () => timer !== undefined && store(false));
  }
  document.addEventListener("submit", (event) => {
    if ((event.target as HTMLFormElement).matches('form[action="/sign-out"]')) for (const key of keys()) localStorage.removeItem(key);
  });
}

// What was sent has arrived once a page of somebody signed in comes back that is no error and that nobody went back to; after
// anything else it may not have. What is old is of no use.
function tidy(): void {
  const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const arrived = way?.type === "navigate" && document.querySelector('form[action="/sign-out"]') !== null && document.querySelector("[data-error]") === null;
  for (const key of keys()) {
    const kept = read(key);
    if (!kept || (kept.sent && arrived) || Date.now() - kept.at > days * 86400_000) localStorage.removeItem(key);
    else if (kept.sent) write(key, { ...kept, sent: false });
  }
}

function offer(form: HTMLFormElement, key: string): void {
  const kept = read(key);
  const place = document.querySelector<HTMLElement>("[data-kept]");
  if (!kept || !place || same(kept.fields, fieldsOf(form))) return;
  const time = place.querySelector("time");
  if (time) time.textContent = moment(new Date(kept.at));
  place.hidden = false;
  place.querySelector("[data-kept-back]")?.addEventListener("click", () => {
    place.hidden = true;
    fill(form, kept.fields);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
  });
  place.querySelector("[data-kept-drop]")?.addEventListener("click", () => {
    place.hidden = true;
    localStorage.removeItem(key);
  });
}

// moment writes a day and a time of it as the server does: in the page's language, on the shop's clock.
function moment(at: Date): string {
  const { lang, dataset } = document.documentElement;
  const [locale, month] = ({ zh: ["zh-CN", "long"], es: ["es", "numeric"] } as const)[lang] ?? (["en-GB", "short"] as const);
  const words = at.toLocaleString(locale, { year: "numeric", month, day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: dataset.zone });
  return words.replace(", ", " ");
}

function fieldsOf(form: HTMLFormElement): [string, string][] {
  const hidden = new Set([...form.querySelectorAll<HTMLInputElement>("input[type=hidden]")].map((field) => field.name));
  return [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && !hidden.has(pair[0]));
}

function same(a: [string, string][], b: [string, string][]): boolean {
  const plain = (list: [string, string][]) => list.map(([name, value]) => `${name}=${value.replace(/\r\n/g, "\n").trim()}`).filter((one) => !one.endsWith("=")).join("\0");
  return plain(a) === plain(b);
}

function fill(form: HTMLFormElement, fields: [string, string][]): void {
  const left = [...fields];
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) || field.type === "hidden" || field.type === "file") continue;
    const box = field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
    const at = left.findIndex(([name, value]) => name === field.name && (!box || value === field.value));
    if (box) field.checked = at >= 0;
    else if (at >= 0) field.value = left[at][1];
    if (at >= 0) left.splice(at, 1);
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function read(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

function write(key: string, kept: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // No room or not allowed: the form itself still has the words.
  }
}
