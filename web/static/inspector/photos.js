// A photo as it leaves the camera becomes a small JPEG without EXIF: what is drawn is pixels, not the place, the
// hour and the phone that a camera writes into its file.

import { _ } from "./words.js";

const LONGEST = 1600; // pixels: a date on a label stays readable, a visit of 60 photos stays under 30 MB
const QUALITY = 0.82;

export class Unreadable extends Error {}

// {sha256, type, bytes} of a picture file. Throws Unreadable for what this phone cannot show.
export async function shrink(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Unreadable(_("Không đọc được ảnh “{name}”. Hãy chụp lại hoặc chọn ảnh JPEG, PNG.", { name: file.name }));
  }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // behind a transparent PNG
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return asPhoto(canvas, "image/jpeg", QUALITY);
}

export async function asPhoto(canvas, type, quality) {
  const blob = await new Promise((done) => canvas.toBlob(done, type, quality));
  if (!blob) throw new Unreadable(_("Máy không tạo được ảnh. Hãy thử lại."));
  const bytes = await blob.arrayBuffer(); // not the Blob: Safari has lost Blobs kept in IndexedDB
  return { sha256: await sha256(bytes), type, bytes };
}

export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A small picture of kept bytes. Drawn, so that the page needs no blob: address and the policy no hole.
export async function thumbnail(photo, label, size = 88) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  const picture = await createImageBitmap(new Blob([photo.bytes], { type: photo.type }));
  const side = Math.min(picture.width, picture.height);
  const from = [(picture.width - side) / 2, (picture.height - side) / 2, side, side];
  canvas.getContext("2d").drawImage(picture, ...from, 0, 0, size, size);
  picture.close();
  return canvas;
}
