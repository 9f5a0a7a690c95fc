// Brings an element into the state of a fresh one by touching only what differs. Whatever stays keeps its focus, its scroll
// position and its open details, and a screen reader hears only what is new.
export function morph(old: Element, next: Element): void {
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) {
    const kept = name === "open" && old instanceof HTMLDetailsElement;
    if (!kept && !next.hasAttribute(name)) old.removeAttribute(name);
  }
  // A box that is kept as soon as it is ticked shows what is kept; any other belongs to whoever is filling in the form.
  if (old instanceof HTMLInputElement && old.type === "checkbox" && old.closest("form[data-quiet]")) old.checked = next.hasAttribute("checked");
  let at: ChildNode | null = old.firstChild;
  for (const want of next.childNodes) {
    const have = counterpart(at, want);
    if (!have) {
      old.insertBefore(document.importNode(want, true), at);
      continue;
    }
    if (have === at) at = at.nextSibling;
    else old.insertBefore(have, at);
    if (have.isEqualNode(want)) continue;
    if (have instanceof Element) morph(have, want as Element);
    else have.nodeValue = want.nodeValue;
  }
  while (at) {
    const gone: ChildNode = at;
    at = at.nextSibling;
    gone.remove();
  }
}

// counterpart finds the node that want stands for: the sibling with its id or, for nodes without one, the node at this place.
function counterpart(at: ChildNode | null, want: ChildNode): ChildNode | null {
  const id = want instanceof Element ? want.id : "";
  if (id === "") return at && at.nodeType === want.nodeType && at.nodeName === want.nodeName && !(at instanceof Element && at.id) ? at : null;
  for (let node = at; node; node = node.nextSibling) if (node instanceof Element && node.id === id && node.nodeName === want.nodeName) return node;
  return null;
}
