// Keyboard: any control with data-key is pressed by that key, j and k walk the rows marked data-row, ? shows the list in
// <dialog id="keys">. Keys typed into a field are the field's.
export function keys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    const inField = target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && inField) return target.blur();
    if (inField) return;
    if (event.key === "j" || event.key === "k") return walk(event, event.key === "j" ? 1 : -1);
    if (event.key === "?") {
      const dialog = document.getElementById("keys") as HTMLDialogElement | null;
      if (dialog && !dialog.open) dialog.showModal();
      return;
    }
    const control = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (!control) return;
    event.preventDefault();
    if (control.matches("input:not([type=checkbox]), textarea, select")) control.focus();
    else control.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = (event.target as HTMLElement).closest("form");
    if (form) form.requestSubmit();
  });
}

function walk(event: KeyboardEvent, step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  if (rows.length === 0) return;
  event.preventDefault();
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute("aria-current"));
  rows[Math.min(rows.length - 1, Math.max(0, at + step))].focus();
}
