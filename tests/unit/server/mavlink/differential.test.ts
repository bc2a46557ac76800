// Our decoder against another implementation, on every frame of the recorded flights
// and every golden frame.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { decodeFields } from "../../../../server/mavlink/decode.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { walkTlog } from "../../../../server/mavlink/tlog.ts";
import { flightPath, flightsAvailable, readFlight } from "../../../support/flights.ts";
import { readWithNodeMavlink, toForeignMessage } from "../../../support/node-mavlink-reader.ts";
import { readPcap } from "../../../support/pcap.ts";

const recordings = [
  "a_normal.tlog",
  "b_fence.tlog",
  "c_three.tlog",
  "d_signed.tlog",
  "e_mavlink1.tlog",
  "f_battery.pcap",
  "g_gps.pcap",
  "i_reboot.pcap",
  "j_twins.pcap",
  "k_gcsloss.pcap",
  "l_linkgap.pcap",
];

/** Messages that node-mavlink skips in the golden frames: its metadata does not have them. */
const unknownToNodeMavlink = [
  "AIRLINK_AUTH",
  "AIRLINK_AUTH_RESPONSE",
  "CUBEPILOT_FIRMWARE_UPDATE_RESP",
  "CUBEPILOT_FIRMWARE_UPDATE_START",
  "CUBEPILOT_RAW_RC",
  "HERELINK_TELEM",
  "HERELINK_VIDEO_STREAM_INFORMATION",
  "LOWEHEISER_GOV_EFI",
  "RELAY_STATUS",
];

/** The datagrams of a recording; those that are no MAVLink are left out. */
function datagramsOf(name: string): Uint8Array[] {
  if (name.endsWith(".pcap")) {
    return readPcap(flightPath(name))
      .map(({ payload }) => payload)
      .filter((payload) => payload[0] === 0xfd || payload[0] === 0xfe);
  }
  const datagrams: Uint8Array[] = [];
  walkTlog(readFlight(name), ({ frame }) => {
    datagrams.push(frame.bytes.slice(frame.start, frame.end));
  });
  return datagrams;
}

/** The messages read by us only, and the fields that the two read differently. */
async function differences(datagrams: readonly Uint8Array[]) {
  const ours: { readonly name: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  for (const datagram of datagrams) {
    scanDatagram(datagram, (frame) => {
      ours.push({ name: frame.definition?.name ?? "", fields: decodeFields(frame) });
    });
  }
  const onlyOurs = new Set<string>();
  const fields = new Set<string>();
  let at = 0;
  await readWithNodeMavlink(datagrams, (packet, message) => {
    const theirs = toForeignMessage(packet, message);
    for (; at < ours.length && ours[at]?.name !== theirs.name; at++) {
      onlyOurs.add(ours[at]?.name ?? "");
    }
    const mine = ours[at++]?.fields ?? {};
    for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs.fields)])) {
      if (!isDeepStrictEqual(mine[field], theirs.fields[field])) {
        fields.add(`${theirs.name}.${field}`);
      }
    }
  });
  for (const { name } of ours.slice(at)) onlyOurs.add(name);
  return { frames: ours.length, onlyOurs: [...onlyOurs].sort(), fields: [...fields] };
}

// Skipped where the recorded flights are absent: they are not in the repository.
test.skipIf(!flightsAvailable).each(recordings)(
  "%s: every field of every frame is the one that node-mavlink reads",
  async (name) => {
    const { frames, onlyOurs, fields } = await differences(datagramsOf(name));
    expect(frames).toBeGreaterThan(5_000);
    expect({ onlyOurs, fields }).toEqual({ onlyOurs: [], fields: [] });
  },
);

test("on the golden frames the two differ in nine messages that only we know", async () => {
  const datagrams = readFileSync("tests/golden/mavlink-frames.jsonl", "utf8")
    .trim()
    .split("\n")
    .map((line) => Buffer.from((JSON.parse(line) as { hex: string }).hex, "hex"));
  expect(await differences(datagrams)).toEqual({
    frames: 1663,
    onlyOurs: unknownToNodeMavlink,
    fields: [],
  });
});
