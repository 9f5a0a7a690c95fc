// Writing a reply with fewer keys. <textarea data-macros="ID"> offers, after "/" at the beginning of a word, the options of the
// <select> with that id, whose texts are in data-body. A button with data-insert="#ID" inserts the chosen option, one with
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
  copies();
  for (const button of document.querySelectorAll<HTMLElement>("[data-open]")) button.hidden = false;
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-macros]")) macros(area);
  document.addEventListener("toggle", (event) => {
    const details = event.target as HTMLElement;
    if (details instanceof HTMLDetailsElement && details.open && details.matches(".act")) details.querySelector<HTMLElement>("textarea, select, input:not([type=hidden])")?.focus();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
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
  if (!(select instanceof HTMLSelectElement)) return none(area);
  const all = [...select.options].filter((option) => option.dataset.body);
  const list = document.createElement("ul");
  list.id = `${area.id}-macros`;
  list.className = "macro-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", select.getAttribute("aria-label") ?? "");
  area.before(list);
  area.parentElement?.classList.add("macro-place");
  area.setAttribute("aria-controls", list.id);
  let shown: HTMLOptionElement[] = [];
  let at = 0;
  let from = 0;

  const close = () => {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    const item = list.children[at];
    area.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const choose = (i: number) => {
    close();
    replace(area, from, area.selectionStart, shown[i].dataset.body ?? "");
  };
  const offer = () => {
    const typed = /(^|\s)\/(\S*)$/.exec(area.value.slice(0, area.selectionStart));
    if (!typed) return close();
    from = area.selectionStart - typed[2].length - 1;
    const wanted = typed[2].toLowerCase();
    shown = all.filter((option) => option.text.toLowerCase().includes(wanted));
    if (shown.length === 0) return close();
    list.replaceChildren(...shown.map((option, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      const text = document.createElement("small");
      text.textContent = option.dataset.body ?? "";
      item.append(option.text, text);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(i);
      });
      return item;
    }));
    at = 0;
    list.hidden = false;
    mark();
  };
  area.addEventListener("input", offer);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      at = (at + step + shown.length) % shown.length;
      mark();
    } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}

// <button data-copy="…" data-done="✓"> puts its text on the clipboard.
function copies(): void {
  const show = () => {
    for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) button.hidden = !navigator.clipboard;
  };
  show();
  document.addEventListener("frontdesk:swapped", show);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    const label = button.textContent;
    void navigator.clipboard.writeText(button.dataset.copy ?? "").then(() => {
      button.textContent = button.dataset.done ?? label;
      window.setTimeout(() => (button.textContent = label), 1500);
    });
  });
}

// Where there are no macros, "/" says so, and where they come from.
function none(area: HTMLTextAreaElement): void {
  const hint = document.createElement("p"); // its own: the state of the draft stands in the other
  hint.id = `${area.id}-no-macros`;
  hint.className = "small soft";
  hint.setAttribute("role", "status");
  area.after(hint);
  area.addEventListener("input", () => {
    hint.textContent = /(^|\s)\/$/.test(area.value.slice(0, area.selectionStart)) ? (area.dataset.macrosNone ?? "") : "";
  });
}
