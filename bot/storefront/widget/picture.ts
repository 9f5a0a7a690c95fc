// What is done to a picture before it is sent.

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
