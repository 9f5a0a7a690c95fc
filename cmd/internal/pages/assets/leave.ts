// A form that is posted leaves its page, and where nobody answers, the browser's own error page would take the words along. So
// where something was written, or the network is known to be gone, the server is asked first whether it is there; else the form
// stays and says so beside its button. Forms below [data-unsent] never leave the page: send.ts sends those.
const patience = 10000;
const passed = new WeakSet<HTMLFormElement>();
const asking = new WeakSet<HTMLFormElement>();

export function leave(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (passed.delete(form) || event.defaultPrevented || form.method !== "post" || form.dataset.quiet !== undefined || form.closest("[data-unsent]")) return;
    if (navigator.onLine && !written(form)) return;
    event.preventDefault();
    if (asking.has(form)) return;
    asking.add(form);
    const by = event.submitter;
    void there().then((yes) => {
      asking.delete(form);
      if (!yes) return say(form, by);
      passed.add(form);
      form.requestSubmit(by);
    });
  });
  window.addEventListener("online", () => {
    for (const notice of document.querySelectorAll<HTMLElement>("[data-stayed]")) notice.textContent = document.documentElement.dataset.backWords ?? "";
  });
}

// passing tells whether a form was asked everything already and is on its way.
export function passing(form: HTMLFormElement): boolean {
  return passed.has(form);
}

function written(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
    if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
    if (field.type === "file") return (field.files?.length ?? 0) > 0;
    return field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  });
}

// A proxy may keep the address to itself: any answer but that of a server in trouble says that somebody is there.
async function there(): Promise<boolean> {
  try {
    return (await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(patience) })).status < 500;
  } catch {
    return false;
  }
}

function say(form: HTMLFormElement, by: HTMLElement | null): void {
  form.querySelector("[data-stayed]")?.remove();
  const notice = document.createElement("p");
  notice.className = "notice warn";
  notice.dataset.stayed = "";
  notice.setAttribute("role", "alert");
  notice.textContent = document.documentElement.dataset.lostWords ?? "";
  const row = by?.closest<HTMLElement>(".row");
  (row && row !== form && form.contains(row) ? row : (by ?? form.lastElementChild))?.before(notice);
  form.dispatchEvent(new Event("input", { bubbles: true })); // what is kept of it is not sent
}
