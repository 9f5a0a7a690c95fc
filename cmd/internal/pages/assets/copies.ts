// <button data-copy="…" data-done="Copied"> puts its text on the clipboard, and data-copy-path="/…" the whole address of a path;
// what was done is seen on the button, and heard.
export function copies(): void {
  const show = () => {
    for (const button of document.querySelectorAll<HTMLElement>("[data-copy], [data-copy-path]")) button.hidden = !navigator.clipboard;
  };
  show();
  document.addEventListener("frontdesk:swapped", show);
  const heard = document.createElement("p");
  heard.className = "visually-hidden";
  heard.setAttribute("role", "status");
  document.body.append(heard);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy], [data-copy-path]");
    if (!button || button.dataset.before) return;
    const { copy, copyPath, done = "✓" } = button.dataset;
    const label = button.textContent ?? "";
    button.dataset.before = label;
    void navigator.clipboard.writeText(copyPath === undefined ? (copy ?? "") : new URL(copyPath, location.href).href).then(() => {
      button.textContent = heard.textContent = done;
    }).finally(() => window.setTimeout(() => {
      button.textContent = label;
      heard.textContent = "";
      delete button.dataset.before;
    }, 1500));
  });
}
