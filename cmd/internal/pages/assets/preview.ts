// <form data-preview="URL"> shows what the server makes of it in #preview while it is written; its button without a script is hidden.
export function preview(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-preview]")) {
    const place = document.getElementById("preview");
    if (!place) continue;
    for (const button of form.querySelectorAll<HTMLElement>("[data-preview-button]")) button.hidden = true;
    let timer: number | undefined;
    let asked = 0;
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void show(form, place, ++asked, () => asked), 250);
    });
  }
}

// An answer that a newer question has overtaken is dropped; one that does not come leaves what was there.
async function show(form: HTMLFormElement, place: HTMLElement, mine: number, newest: () => number): Promise<void> {
  place.ariaBusy = "true";
  try {
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    const response = await fetch(form.dataset.preview ?? "", { method: "POST", body });
    const text = await response.text();
    if (!response.ok || mine !== newest()) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    place.replaceChildren(...[...fresh.body.childNodes].map((node) => document.importNode(node, true)));
  } catch {
    // The next key tries again.
  } finally {
    if (mine === newest()) place.ariaBusy = "false";
  }
}
