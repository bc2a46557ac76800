// Datagrams that the kernel threw away because a socket's buffer was full: the last column of
// Linux' /proc/net/udp and udp6. Other systems do not say. Read by server/ingest/listeners.ts.
import { readFileSync } from "node:fs";
import { isIPv6 } from "node:net";

const tables = { v4: "/proc/net/udp", v6: "/proc/net/udp6" } as const;

/** Undefined where the system does not say, and where no such socket is open. */
export function readKernelDrops(host: string, port: number): number | undefined {
  try {
    return kernelDropsIn(readFileSync(isIPv6(host) ? tables.v6 : tables.v4, "utf8"), host, port);
  } catch {
    return undefined;
  }
}

/**
 * The drops of the sockets bound to this address and port, summed.
 *
 * @param table As Linux writes it: a line of headings, then one socket a line.
 */
export function kernelDropsIn(table: string, host: string, port: number): number | undefined {
  const local = `${hexAddress(host)}:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  let drops: number | undefined;
  for (const line of table.split("\n").slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1] !== local) continue;
    const count = Number(columns.at(-1));
    if (Number.isSafeInteger(count)) drops = (drops ?? 0) + count;
  }
  return drops;
}

/** As Linux writes addresses: 32-bit words in the order of the machine, which is little-endian. */
function hexAddress(host: string): string {
  const bytes = isIPv6(host) ? ipv6Bytes(host) : host.split(".").map(Number);
  const words: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const word = bytes.slice(at, at + 4).reverse();
    words.push(word.map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return words.join("").toUpperCase();
}

function ipv6Bytes(host: string): number[] {
  const [head = "", tail] = host.split("::");
  const groups = (text: string): number[] =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return [...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 0xff]);
}
