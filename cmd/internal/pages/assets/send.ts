// <form data-send="ID"> is sent without leaving the page, so that a network that is gone takes no words along: they stay, and the
// element with that id says that they were not sent (data-lost) and, later, that they can be (data-back). Nothing is sent twice by
// itself. A button with an address of its own is none of this, and whatever the server does not simply accept it says itself.
const patience = 20000;

export function send(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-send]");
  const notice = document.getElementById(form?.dataset.send ?? "");
  if (!form || !notice) return;
  let running = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (running) return;
    running = true;
    form.setAttribute("aria-busy", "true");
    void post(form, notice).finally(() => {
      running = false;
      form.removeAttribute("aria-busy");
    });
  });
  window.addEventListener("online", () => {
    if (!notice.hidden) notice.textContent = notice.dataset.back ?? "";
  });
}

async function post(form: HTMLFormElement, notice: HTMLElement): Promise<void> {
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "Frontdesk-Script": "yes" },
      credentials: "same-origin", signal: AbortSignal.timeout(patience) });
    const to = response.headers.get("Location");
    if (response.status === 204 && to) return go(to);
    if (response.status < 502) return form.submit(); // refused: the page says why
  } catch {
    // the network is gone, or nothing came back
  }
  notice.textContent = notice.dataset.lost ?? "";
  notice.hidden = false;
  form.dispatchEvent(new Event("input", { bubbles: true })); // keeps the draft as soon as it can
}

function go(to: string): void {
  const next = new URL(to, location.href);
  if (next.pathname + next.search === location.pathname + location.search) location.replace(next.pathname + next.search);
  else location.assign(next);
}
