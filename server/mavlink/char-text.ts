// Text of a MAVLink char array. Nearly always ASCII; STATUSTEXT may hold UTF-8.

const utf8 = new TextDecoder();

/** The text of `view[offset, offset + length)` up to its first NUL; bad UTF-8 shows as U+FFFD. */
export function charText(view: DataView, offset: number, length: number): string {
  let text = "";
  for (let i = offset; i < offset + length; i++) {
    const byte = view.getUint8(i);
    if (byte === 0) return text;
    if (byte > 0x7f) return decodeUtf8(view, offset, length);
    text += String.fromCharCode(byte);
  }
  return text;
}

/** A copy of the bytes of that text, the first NUL and what follows it left out. */
export function charBytes(view: DataView, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, length);
  const end = bytes.indexOf(0);
  return end < 0 ? bytes.slice() : bytes.slice(0, end);
}

function decodeUtf8(view: DataView, offset: number, length: number): string {
  return utf8.decode(charBytes(view, offset, length));
}
