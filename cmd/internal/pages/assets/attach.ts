// Pictures for a reply: chosen with <input type=file data-attach="ID">, pasted, or dropped on the page. They go into the field,
// are shown in the list with that id, and are sent with the form; without a script the field does this alone.
const most = 4;
const tooLarge = 5 << 20;
const side = 2000;

export function attach(): void {
  const input = document.querySelector<HTMLInputElement>("input[type=file][data-attach]");
  const list = document.getElementById(input?.dataset.attach ?? "");
  const form = input?.form;
  const area = form?.querySelector("textarea");
  if (!input || !list || !form || !area) return;
  input.classList.add("scripted");
  const needed = () => (area.required = kept.length === 0 && !form.querySelector('input[name="kept"]:checked'));
  let kept: File[] = [];

  const show = () => {
    const all = new DataTransfer();
    for (const file of kept) all.items.add(file);
    input.files = all.files;
    needed();
    list.hidden = kept.length === 0;
    list.replaceChildren(...kept.map((file) => item(file, list.dataset.remove ?? "", () => {
      kept = kept.filter((one) => one !== file);
      show();
      area.focus();
    })));
  };
  const add = async (files: Iterable<File>) => {
    for (const file of files) if (file.type.startsWith("image/") && kept.length < most) kept.push(await fit(file));
    show();
  };
  form.addEventListener("change", needed);
  needed();
  input.addEventListener("change", () => void add([...(input.files ?? [])]));
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (files.length === 0) return;
    event.preventDefault();
    void add(files);
  });
  const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!carries(event)) return;
    event.preventDefault();
    void add(event.dataTransfer?.files ?? []);
  });
}

function item(file: File, remove: string, gone: () => void): HTMLLIElement {
  const li = document.createElement("li");
  const canvas = document.createElement("canvas");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet small";
  button.textContent = remove;
  button.setAttribute("aria-label", `${remove}: ${file.name}`);
  button.addEventListener("click", gone);
  li.append(canvas, button);
  void paint(canvas, file, 240).catch(() => undefined); // what is no picture has none; the server says so
  return li;
}

async function paint(canvas: HTMLCanvasElement, file: Blob, longest: number): Promise<void> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}

// fit makes a picture that is too large for the server smaller; one that cannot be read is left for the server to refuse.
async function fit(file: File): Promise<File> {
  if (file.size <= tooLarge) return file;
  try {
    const canvas = document.createElement("canvas");
    await paint(canvas, file, side);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob ? new File([blob], file.name, { type: blob.type }) : file;
  } catch {
    return file;
  }
}
