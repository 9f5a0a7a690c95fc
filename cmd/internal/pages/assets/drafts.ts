// <form data-draft="URL"> saves its text on the server while it is written, so a crashed browser loses nothing.
export function drafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    let timer: number | undefined;
    let sent = false;
    form.addEventListener("input", () => {
      sent = false;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void save(form), 400);
    });
    form.addEventListener("submit", () => {
      sent = true;
      window.clearTimeout(timer);
    });
    window.addEventListener("pagehide", () => {
      if (timer !== undefined && !sent) void save(form);
    });
    window.addEventListener("online", () => { // what was written just before the network went
      if (timer !== undefined && !sent && form.isConnected) void save(form);
    });
  }
}

async function save(form: HTMLFormElement): Promise<void> {
  const state = form.querySelector<HTMLElement>("[data-draft-state]");
  try {
    const written = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") written.append(name, value);
    const response = await fetch(form.dataset.draft ?? "", { method: "POST", body: written, keepalive: true });
    const some = [...form.querySelectorAll("textarea")].some((area) => area.value.trim() !== "");
    if (state) state.textContent = !response.ok ? (state.dataset.failed ?? "") : some ? (state.dataset.saved ?? "") : "";
  } catch {
    if (state) state.textContent = state.dataset.failed ?? "";
  }
}
