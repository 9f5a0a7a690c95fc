// <form data-quiet> is sent as soon as one of its fields changes, without leaving the page, which then shows what was kept.
export function quiet(): void {
  document.addEventListener("change", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-quiet]");
    if (form) void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  try {
    await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>), redirect: "manual" });
  } catch {
    // The page says that it is offline; what is shown after it is back is what was kept.
  }
  document.dispatchEvent(new Event("frontdesk:refresh"));
}
