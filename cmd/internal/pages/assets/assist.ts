// Help beside a reply, without leaving the page. <input data-find="URL" data-found="ID"> shows what the URL finds while somebody
// types; <button data-ask="ID"> sends its form to its formaction and takes the element with that id from the page that comes
// back; data-replace-text puts a text in the place of what was written. All are plain submit buttons where there is no script.
export function assist(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-find]")) find(input);
  document.addEventListener("click", (event) => {
    const taken = (event.target as Element).closest<HTMLElement>("details.find [data-insert-text]");
    if (taken) (taken.closest("details") as HTMLDetailsElement).open = false;
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-ask], button[data-replace-text]");
    const area = button?.form?.querySelector("textarea");
    if (!button || !area) return;
    event.preventDefault();
    if (button.dataset.ask) return void ask(button);
    area.focus();
    area.setRangeText(button.dataset.replaceText ?? "", 0, area.value.length, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    document.getElementById(button.dataset.gone ?? "")?.replaceChildren();
  });
}

function find(input: HTMLInputElement): void {
  const place = document.getElementById(input.dataset.found ?? "");
  if (!place) return;
  let timer: number | undefined;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    const answer = await page(`${input.dataset.find}?find=${encodeURIComponent(input.value)}`);
    if (answer && mine === asked) fill(place, answer.body);
  };
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no part of the reply's draft
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    window.clearTimeout(timer);
    void look();
  });
}

async function ask(button: HTMLButtonElement): Promise<void> {
  const place = document.getElementById(button.dataset.ask ?? "");
  const form = button.form;
  if (!place || !form || place.ariaBusy === "true") return;
  const written = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) if (typeof value === "string") written.append(name, value);
  place.ariaBusy = "true";
  say(place, place.dataset.wait ?? "", "small soft");
  const answer = await page(button.formAction, { method: "POST", body: written });
  place.ariaBusy = "false";
  const fresh = answer?.getElementById(place.id);
  if (fresh) fill(place, fresh);
  else say(place, place.dataset.failed ?? "", "notice warn small");
}

async function page(url: string, how?: RequestInit): Promise<Document | null> {
  try {
    const response = await fetch(url, { credentials: "same-origin", ...how });
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch {
    return null;
  }
}

function fill(place: Element, from: Element): void {
  place.replaceChildren(...[...from.childNodes].map((node) => document.importNode(node, true)));
}

function say(place: Element, text: string, name: string): void {
  const p = document.createElement("p");
  p.className = name;
  p.textContent = text;
  place.replaceChildren(p);
}
