// A list of what may be written next, over a field: the caret is where it was, the arrow keys choose, Enter or Tab takes, Escape
// leaves. Screen readers follow by aria-activedescendant.
export interface Offer {
  name: string;
  text: string; // beside the name
  take(from: number): void; // from is where the mark that called for the list stands
}

// offers shows a list whenever what stands before the caret matches: its last group is what narrows the list down.
export function offers(area: HTMLTextAreaElement, label: string, called: RegExp, all: () => Offer[]): void {
  const list = document.createElement("ul");
  list.id = `${area.id}-offers`;
  list.className = "macro-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  area.before(list);
  area.parentElement?.classList.add("macro-place");
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  let shown: Offer[] = [];
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
  const take = (i: number) => {
    close();
    shown[i].take(from);
  };
  const offer = () => {
    const typed = called.exec(area.value.slice(0, area.selectionStart))?.at(-1);
    if (typed === undefined) return close();
    from = area.selectionStart - typed.length - 1;
    shown = all().filter((one) => one.name.toLowerCase().includes(typed.toLowerCase()));
    if (shown.length === 0) return close();
    list.replaceChildren(...shown.map((one, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      const text = document.createElement("small");
      text.textContent = one.text;
      item.append(one.name, text);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(i);
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
    if (step !== 0) at = (at + step + shown.length) % shown.length;
    if (step !== 0) mark();
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || (event.key === "Tab" && !event.shiftKey)) take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
