// Forms below [data-unsent] that are posted are sent without leaving the page, so that a network that is gone takes no words
// along: they stay, and a notice says that they were not sent (data-unsent) and, later, that they can be (data-unsent-back). A
// form may name a notice of its own by data-send="ID", with data-lost and data-back. Nothing is sent twice by itself, and whatever
// the server does not simply accept it says itself. data-then="ID" is what has the focus on the page that comes next.
const patience = 20000;
const next = "frontdesk.then";
const sending = new WeakSet<HTMLFormElement>();
const plainly = new WeakSet<HTMLFormElement>();

export function send(): void {
  focusNext();
  const words = document.querySelector<HTMLElement>("[data-unsent]");
  if (!words) return;
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const by = event.submitter as HTMLButtonElement | null;
    if (event.defaultPrevented || form.method !== "post" || !words.contains(form) || form.dataset.quiet !== undefined || plainly.has(form)) return;
    if (form.dataset.send && by?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (sending.has(form)) return;
    sending.add(form);
    form.setAttribute("aria-busy", "true");
    void post(form, by, words).finally(() => {
      sending.delete(form);
      form.removeAttribute("aria-busy");
    });
  });
  window.addEventListener("online", () => {
    for (const notice of document.querySelectorAll<HTMLElement>("[data-back]:not([hidden])")) notice.textContent = notice.dataset.back ?? "";
  });
}

async function post(form: HTMLFormElement, by: HTMLButtonElement | null, words: HTMLElement): Promise<void> {
  try {
    const url = by?.hasAttribute("formaction") ? by.formAction : form.action;
    const data = new FormData(form);
    if (by?.name) data.append(by.name, by.value);
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data as unknown as Record<string, string>);
    const response = await fetch(url, { method: "POST", body, headers: { "Frontdesk-Script": "yes" },
      credentials: "same-origin", signal: AbortSignal.timeout(patience) });
    const to = response.headers.get("Location");
    if (response.status === 204 && to) return go(to, form.dataset.then);
    if (response.status < 502) { // refused: the page says why
      plainly.add(form);
      return form.requestSubmit(by);
    }
  } catch {
    // the network is gone, or nothing came back
  }
  const notice = noticeOf(form, words);
  notice.textContent = notice.dataset.lost ?? "";
  notice.hidden = false;
  form.dispatchEvent(new Event("input", { bubbles: true })); // keeps the draft as soon as it can
}

function noticeOf(form: HTMLFormElement, words: HTMLElement): HTMLElement {
  const own = form.dataset.send ? document.getElementById(form.dataset.send) : form.querySelector<HTMLElement>(":scope > [data-lost]");
  if (own) return own;
  const notice = document.createElement("p");
  notice.className = "notice warn small";
  notice.setAttribute("role", "alert");
  [notice.dataset.lost, notice.dataset.back] = [words.dataset.unsent, words.dataset.unsentBack];
  form.prepend(notice);
  return notice;
}

function go(to: string, then: string | undefined): void {
  if (then) sessionStorage.setItem(next, then);
  const url = new URL(to, location.href);
  if (url.pathname + url.search === location.pathname + location.search) location.replace(url.pathname + url.search);
  else location.assign(url);
}

// A finger on a screen asks for no keyboard before it touches the field.
function focusNext(): void {
  const id = sessionStorage.getItem(next);
  sessionStorage.removeItem(next);
  if (id && !window.matchMedia("(pointer: coarse)").matches) document.getElementById(id)?.focus();
}
