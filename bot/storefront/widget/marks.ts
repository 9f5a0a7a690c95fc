// Small things that stand at a message: who wrote it, when, and that somebody is writing.
import { h } from "./dom";

// ours says whether a message is in the language of our own words, so that they may stand beside its.
export function ours(language: string | undefined, locale: string): boolean {
  return !language || language.split("-")[0] === locale;
}

// nameOf is the name over a row; what has none is like nothing else.
export function nameOf(row?: Element | null): unknown {
  return row?.querySelector(".name")?.textContent ?? row;
}

// named is who wrote; people have a face.
export function named(name: string, person: boolean): HTMLElement {
  return h("div", { class: "name", "data-face": person && face(name) }, name);
}

// face is the first sign of a name.
export function face(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? "";
}

// metaLine is the line under a message: when it was, whether it is sent. A screen reader says of that only what went wrong.
export function metaLine(): HTMLElement {
  return h("div", { class: "meta", "aria-live": "off" });
}

export function dots(): HTMLElement {
  return h("span", { class: "dots", "aria-hidden": "true" }, h("i", {}), h("i", {}), h("i", {}));
}
