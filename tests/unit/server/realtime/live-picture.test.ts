// The live picture of the web process while ingest is away: everything grows old, nothing is live.
import { expect, test } from "vitest";
import { packSnapshot } from "../../../../contract/wire/live-snapshot.ts";
import { createLivePicture } from "../../../../server/realtime/live-picture.ts";
import { statusWith } from "../../client/app/live/status-samples.ts";

const hello = {
  protocolVersion: 1,
  node: "local",
  pid: 7,
  planVersion: 1,
  lastJournalNumber: 0,
  journalEpoch: "e",
  journalAfter: 0,
  listeners: [],
};
/** Ingest's clock is far from ours: the two are never subtracted. */
const sentAtMs = 9_000_000_000_000;

function heardPicture() {
  const clock = { ms: 1_000 };
  const picture = createLivePicture(() => clock.ms);
  picture.up(hello);
  picture.status(
    [
      statusWith({ liveId: 1, link: "live", lastHeartbeatAtMs: sentAtMs - 500 }),
      statusWith({ liveId: 2, link: "lost", lastHeartbeatAtMs: sentAtMs - 30_000 }),
    ],
    [],
  );
  picture.snapshot(packSnapshot({ sentAtMs, vehicles: [] }));
  const links = () => [...picture.now.vehicles.values()].map(({ link }) => link);
  return { clock, picture, links };
}

test("while ingest is there, only ingest says how a drone is heard", () => {
  const { clock, picture, links } = heardPicture();
  clock.ms += 60_000;
  expect(picture.age()).toEqual([]);
  expect(links()).toEqual(["live", "lost"]);
});

test("no drone is live from the moment that ingest is away; each grows older from there", () => {
  const { clock, picture, links } = heardPicture();
  picture.down();
  expect(picture.age().map(({ liveId }) => liveId)).toEqual([1]);
  expect(links()).toEqual(["stale", "lost"]);
  clock.ms += 3_900;
  expect(picture.age()).toEqual([]);
  clock.ms += 200;
  expect(picture.age().map(({ link }) => link)).toEqual(["lost"]);
  clock.ms += 26_000;
  expect(picture.age().map(({ liveId, link }) => [liveId, link])).toEqual([[2, "gone"]]);
  clock.ms += 30_000;
  picture.age();
  expect(links()).toEqual(["gone", "gone"]);
  expect(picture.now.vehicles.get(1)?.lastHeartbeatAtMs).toBe(sentAtMs - 500);
});

test("the last snapshot stays while ingest is away, and its age goes on", () => {
  const { clock, picture } = heardPicture();
  const { snapshot } = picture.now;
  picture.down();
  clock.ms += 2_500;
  expect(picture.now.snapshot).toBe(snapshot);
  expect(picture.now.snapshotAgeMs()).toBe(2_500);
});

test("another run of ingest begins with an empty picture; the same one takes up what was", () => {
  const { picture, links } = heardPicture();
  picture.down();
  expect(picture.up(hello)).toEqual([]);
  expect(picture.now.snapshot).toBeDefined();
  picture.status([statusWith({ liveId: 1, link: "live" })], []);
  expect(links()).toEqual(["live", "lost"]);
  picture.down();
  expect(picture.up({ ...hello, pid: 8 })).toEqual([1, 2]);
  expect(picture.now.snapshot).toBeUndefined();
  expect(links()).toEqual([]);
});
