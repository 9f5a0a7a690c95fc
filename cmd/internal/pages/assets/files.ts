// <div class="file"> holds a file field and, hidden, words for it in the language of the page; a browser's own button speaks the
// browser's. The field lies over the words, unseen: it is what is clicked, dropped on, focused and named by its label.
export function files(): void {
  for (const place of document.querySelectorAll<HTMLElement>(".file")) {
    const field = place.querySelector<HTMLInputElement>('input[type="file"]');
    const look = place.querySelector<HTMLElement>(".file-look");
    const name = place.querySelector<HTMLElement>(".file-name");
    if (!field || !look || !name) continue;
    const none = name.textContent ?? "";
    const show = () => {
      name.textContent = [...(field.files ?? [])].map((file) => file.name).join(", ") || none;
    };
    look.hidden = false;
    place.classList.add("worded");
    field.setAttribute("aria-describedby", name.id);
    field.addEventListener("change", show);
    for (const [event, over] of [["dragenter", true], ["dragleave", false], ["drop", false]] as const) field.addEventListener(event, () => place.classList.toggle("over", over));
    show();
  }
}
