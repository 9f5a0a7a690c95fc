// A small and safe part of markdown, built as elements: paragraphs, lists, bold, code, links to http and https.
import { h } from "./dom";

const marks = /\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>()（）“”"，。；、]+[^\s<>()（）“”"，。；、.,;:!?])/g;
const listed = /^\s*(?:[-*•]\s|(\d{1,3})[.)、](?!\d))\s*(.*)$/; // 1.2 kg is no first item

export function markdown(source: string): DocumentFragment {
  const out = document.createDocumentFragment();
  let list: HTMLElement | undefined;
  let paragraph: HTMLElement | undefined;
  for (const line of source.replace(/\r/g, "").split("\n")) {
    const item = listed.exec(line);
    if (item) {
      const tag = item[1] ? "ol" : "ul";
      if (!list || list.localName !== tag) out.append((list = h(tag, { start: item[1] })));
      list.append(h("li", {}, inline(item[2])));
      paragraph = undefined;
      continue;
    }
    list = undefined;
    if (!line.trim()) {
      paragraph = undefined;
      continue;
    }
    const heading = /^#{1,4}\s+(.*)$/.exec(line);
    if (paragraph && !heading) paragraph.append(h("br", {}), inline(line));
    else out.append((paragraph = h("p", {}, heading ? h("b", {}, inline(heading[1])) : inline(line))));
    if (heading) paragraph = undefined;
  }
  return out;
}

function inline(text: string): DocumentFragment {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const m of text.matchAll(marks)) {
    out.append(text.slice(at, m.index));
    at = m.index! + m[0].length;
    if (m[1]) out.append(h("b", {}, m[1]));
    else if (m[2]) out.append(h("code", {}, m[2]));
    else out.append(link(m[4] ?? m[5], m[3] ?? m[5]) ?? m[0]);
  }
  out.append(text.slice(at));
  return out;
}

function link(address: string, text: string): HTMLElement | undefined {
  try {
    const url = new URL(address);
    if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
    return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
  } catch {
    return undefined;
  }
}
