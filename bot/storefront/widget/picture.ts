// What is done to a picture before it is sent, and how one is shown.
import { Over } from "./card";
import { button, h } from "./dom";

// shrunk brings a large photograph down to what the shop keeps, so that it travels quickly; the server does so, too.
export async function shrunk(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, 2000 / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size < 1_000_000) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const kind = file.type === "image/png" && file.size < 4_000_000 ? "image/png" : "image/jpeg";
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind, 0.86));
  if (!blob || blob.size > 5 << 20) throw new Error(); // too large
  return blob;
}

// picture paints on a canvas: a host page's policy for images does not reach it, and the token stays in a header. A press shows it large.
export function picture(source: Promise<Blob>, name: string, over: Over, painted: () => void): HTMLElement {
  const sheet = () => h("canvas", { class: "picture", role: "img", "aria-label": name, width: "240", height: "180" });
  const canvas = sheet();
  const seen = source.then(createImageBitmap);
  const paint = async (on: HTMLCanvasElement) => {
    const bitmap = await seen;
    on.width = bitmap.width;
    on.height = bitmap.height;
    on.getContext("2d")!.drawImage(bitmap, 0, 0);
    painted();
  };
  const small = button("", () => over((body) => {
    const large = sheet();
    body.append(large);
    return paint(large);
  }), canvas);
  paint(canvas).catch(() => small.replaceWith(h("div", { class: "bubble" }, name)));
  return small;
}
