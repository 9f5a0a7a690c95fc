// Building elements without markup: text is only ever text.
type Attributes = Record<string, string | boolean | ((e: any) => void) | undefined>;
export type Child = Node | string | false | undefined;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value) element.setAttribute(name, value);
  }
  element.append(...(children.filter(Boolean) as (Node | string)[]));
  return element;
}

// button is one that only does what click does.
export function button(kind: string, click: (e: Event) => void, ...children: Child[]): HTMLButtonElement {
  return h("button", { type: "button", class: kind, click }, ...children);
}

// iconButton is one that shows a picture and is named in words.
export function iconButton(kind: string, label: string, path: string, click?: (e: Event) => void): HTMLButtonElement {
  return h("button", { type: click && "button", class: kind, "aria-label": label, title: label, click }, icon(path));
}

// icon draws one path of a 24 × 24 picture in the colour of the text around it.
export function icon(path: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const icons = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 20V5M5 12l7-7 7 7",
  clip: "M4 6h16v12H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5v.01",
  back: "M14 6l-6 6 6 6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6",
  star: "M12 3l2.8 5.9 6.2.8-4.5 4.4 1.1 6.3L12 17.4l-5.6 3 1.1-6.3L3 9.7l6.2-.8z",
  up: "M7 11v9H4v-9zM7 11l4-7c2 0 3 1 2 6h6l-2 10H7",
  page: "M6 3h9l4 4v14H6zM9 12h6M9 16h6",
};
