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

function decodeUtf8(view: DataView, offset: number, length: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, length);
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
