import { offers, type Offer } from "./offers";

// Writing a reply with fewer keys. <textarea data-macros="ID"> offers, after "/" at the beginning of a word, what the button
// with data-offer="name" would insert and the options of the <select> with that id, whose texts are in data-body;
// <textarea data-people="Ann|Bo"> offers these after "@". A button with data-insert="#ID" inserts the chosen option, one with
// data-insert-text its text, without leaving the page; both are plain submit buttons where there is no script.
export function compose(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-insert], [data-insert-text], [data-open]");
    if (!button) return;
    if (button.dataset.open) return void (document.getElementById(button.dataset.open) as HTMLDialogElement | null)?.showModal();
    const area = document.querySelector<HTMLTextAreaElement>("textarea[data-macros]");
    const select = button.dataset.insert ? document.querySelector<HTMLSelectElement>(button.dataset.insert) : null;
    const text = button.dataset.insertText ?? select?.selectedOptions[0]?.dataset.body;
    if (!area) return;
    event.preventDefault();
    if (text) append(area, text);
    if (button.dataset.once) document.getElementById(button.dataset.once)?.remove();
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-open]")) button.hidden = false;
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-macros]")) macros(area);
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-people]")) people(area);
  document.addEventListener("toggle", (event) => {
    const details = event.target as HTMLElement;
    if (details instanceof HTMLDetailsElement && details.open && details.matches(".act")) details.querySelector<HTMLElement>("textarea, select, input:enabled:not([type=hidden])")?.focus();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    for (const open of document.querySelectorAll<HTMLDetailsElement>("details.act[open]")) {
      open.open = false;
      open.querySelector("summary")?.focus();
    }
  });
}

function append(area: HTMLTextAreaElement, text: string): void {
  const before = area.value.trimEnd();
  replace(area, before.length, area.value.length, before ? `\n\n${text}` : text);
}

function replace(area: HTMLTextAreaElement, from: number, to: number, text: string): void {
  area.focus();
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function macros(area: HTMLTextAreaElement): void {
  const select = document.getElementById(area.dataset.macros ?? "");
  const proposed = () => [...document.querySelectorAll<HTMLElement>("[data-offer]")].map((button): Offer => ({
    name: button.dataset.offer ?? "", text: button.dataset.insertText ?? "",
    take(from) {
      area.setRangeText("", from, area.selectionStart, "end");
      button.click();
    },
  }));
  const kept = select instanceof HTMLSelectElement ? [...select.options].filter((option) => option.dataset.body) : [];
  const written = kept.map((option): Offer => ({ name: option.text, text: option.dataset.body ?? "", take: (from) => replace(area, from, area.selectionStart, option.dataset.body ?? "") }));
  offers(area, area.dataset.macrosLabel ?? "", /(?:^|\s)\/(\S*)$/, () => [...proposed(), ...written]);
  if (written.length === 0) none(area);
}

function people(area: HTMLTextAreaElement): void {
  const names = (area.dataset.people ?? "").split("|").filter((name) => name !== "");
  offers(area, area.dataset.peopleLabel ?? "", /(?:^|[^\w.＠@])[@＠]([^\s@＠]*)$/u,
    () => names.map((name): Offer => ({ name, text: "", take: (from) => replace(area, from, area.selectionStart, `@${name} `) })));
}

// Where there is nothing to offer, "/" says so, and where macros come from.
function none(area: HTMLTextAreaElement): void {
  const hint = document.createElement("p"); // its own: the state of the draft stands in the other
  hint.id = `${area.id}-no-macros`;
  hint.className = "small soft";
  hint.setAttribute("role", "status");
  area.after(hint);
  area.addEventListener("input", () => {
    hint.textContent = !document.querySelector("[data-offer]") && /(^|\s)\/$/.test(area.value.slice(0, area.selectionStart)) ? (area.dataset.macrosNone ?? "") : "";
  });
}
