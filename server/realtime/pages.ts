// The pages' socket (contract/wire/realtime.ts): lets in who has a session, sends each page what
// its person may see, newest first where the page is slow. Fed by web.ts.
import type { IncomingMessage, Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import type { Person } from "../../contract/wire/account.ts";
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import { protocolVersion } from "../../contract/protocol-version.ts";
import type { PageToServer, Picture, ServerToPage } from "../../contract/wire/realtime.ts";
import { Decoder, Encoder } from "../../contract/wire/socket-parser.ts";
import { mayDo } from "../accounts/permissions.ts";
import { limits } from "../config.ts";
import type { Log } from "../log.ts";
import { boundAsSeen } from "../domain/flight/seen-part.ts";
import { refuseUpgrade, type Refusal } from "./refuse-upgrade.ts";
import { backlogOf, snapshotFrame, writeSnapshot, type Backlog } from "./snapshot-frame.ts";
import { trafficFor, type TrafficChange } from "./traffic-board.ts";
import { seenBy, sees, snapshotFor, viewKey, viewOf, type View } from "./view.ts";

/** What the socket needs. */
export interface PagesPorts {
  readonly log: Log;
  readonly nowMs: () => number;
  /** The person of the session that the request's cookie names; undefined for strangers. */
  readonly personOf: (request: IncomingMessage) => Promise<Person | undefined>;
  /** True where a page of this origin may open the socket. */
  readonly mayOpen: (origin: string | undefined, host: string | undefined) => boolean;
  /** The whole state that a view holds. Asked until nothing changed while it was read. */
  readonly pictureFor: (view: View) => Promise<() => Picture>;
  readonly vehicle: (liveId: number) => VehicleStatus | undefined;
}

type Told = Omit<
  ServerToPage,
  "welcome" | "picture" | "snapshot" | "status" | "traffic" | "health" | "zones"
>;

/** The server's end of all pages. */
export interface Pages {
  /** Sends one packed snapshot to every page, cut down to what it may show. */
  snapshot(bytes: Uint8Array): void;
  status(changed: readonly VehicleStatus[], removedLiveIds: readonly number[]): void;
  /** Everybody sees the aircraft and ships; which drone heard them, who sees that drone. */
  traffic(change: TrafficChange): void;
  /** Tells those who see the organisation's things; null is nobody's organisation. */
  tell<E extends keyof Told>(
    event: E,
    organisationId: string | null,
    ...message: Parameters<Told[E]>
  ): void;
  /** Tells each view its own part, where it has one. */
  tellSeen<E extends "alarm" | "flight">(
    event: E,
    partOf: (view: View) => Parameters<Told[E]>[0] | undefined,
  ): void;
  /** Tells every page. */
  tellAll<E extends "health" | "zones">(event: E, ...message: Parameters<ServerToPage[E]>): void;
  /** Cuts every page; each comes back at once and takes the whole picture anew. */
  restart(): void;
  count(): number;
  close(): Promise<void>;
}

type PageSocket = Socket<PageToServer, ServerToPage>;

interface Audience {
  readonly view: View;
  readonly pages: Set<PageSocket>;
}

/** Whose each vehicle was when pages were last told of it, by live id. */
type Owners = Map<number, string | null>;

/** How soon a page is cut after its session ended. */
const sessionCheckEveryMs = 5_000;
/** How often each page is asked whether it is still there. */
const pingEveryMs = 10_000;
const pagesMax = 2_000;

/** Opens the socket on the HTTP server, at /live. */
export function openPages(http: HttpServer, ports: PagesPorts): Pages {
  const people = new WeakMap<IncomingMessage, Person>();
  const audiences = new Map<string, Audience>();
  const owners: Owners = new Map();
  const server = new Server<PageToServer, ServerToPage>(http, {
    path: "/live",
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.pageMessageBytesMax,
    connectTimeout: limits.pageConnectMsMax,
    pingInterval: pingEveryMs,
    pingTimeout: limits.pagePongMsMax,
    parser: { Encoder, Decoder },
    allowRequest: (request, answer) => {
      void admit(request, people, ports, server.engine.clientsCount)
        .catch((error: unknown): Refusal => {
          ports.log.error("A page was not let in: its session could not be read.", { error });
          return { status: 503, detail: "The session could not be read." };
        })
        .then((refusal) => {
          if (refusal === null) answer(null, true);
          else refuseUpgrade(request.socket, refusal, () => answer(refusal.detail, false));
        });
    },
  });
  // Who was let in (live.watch) hears of each event what their view holds, and can send nothing.
  server.on("connection", (page: PageSocket) => {
    const person = people.get(page.request);
    if (person === undefined) {
      page.conn.close();
      return;
    }
    page.emit("welcome", { protocolVersion, serverTimeMs: ports.nowMs() });
    void join(page, viewOf(person), audiences, ports);
  });
  const sessionCheck = everyMsInTurn(sessionCheckEveryMs, () =>
    cutThoseSignedOut(audiences, people, ports),
  );

  return {
    snapshot: (bytes) => sendSnapshot(audiences, bytes, ports),
    status: (changed, removed) => sendStatus(audiences, owners, changed, removed),
    traffic: (change) => sendTraffic(audiences, change),
    ...tellersOf(server, audiences),
    restart() {
      for (const { pages } of audiences.values()) {
        for (const page of [...pages]) page.conn.close();
      }
    },
    count: () => server.engine.clientsCount,
    async close() {
      clearInterval(sessionCheck);
      await server.close();
    },
  };
}

type PageServer = Server<PageToServer, ServerToPage>;

/** What goes to each view alike, or to each its own part. */
function tellersOf(
  server: PageServer,
  audiences: ReadonlyMap<string, Audience>,
): Pick<Pages, "tell" | "tellSeen" | "tellAll"> {
  return {
    tell(event, organisationId, ...message) {
      for (const view of viewsOpen(audiences)) {
        if (!sees(view, organisationId)) continue;
        server
          .to(viewKey(view))
          .emit(event, ...(message as Parameters<ServerToPage[typeof event]>));
      }
    },
    tellSeen(event, partOf) {
      for (const view of viewsOpen(audiences)) {
        const part = partOf(view);
        if (part === undefined) continue;
        const message = [part] as unknown as Parameters<ServerToPage[typeof event]>;
        server.to(viewKey(view)).emit(event, ...message);
      }
    },
    tellAll(event, ...message) {
      server.emit(event, ...message);
    },
  };
}

/** The views that somebody looks at. */
function viewsOpen(audiences: ReadonlyMap<string, Audience>): View[] {
  return [...audiences.values()].filter(({ pages }) => pages.size > 0).map(({ view }) => view);
}

/** Does `work` each so many ms, but never while it is still at it. */
function everyMsInTurn(everyMs: number, work: () => Promise<void>): NodeJS.Timeout {
  let isWorking = false;
  return setInterval(() => {
    if (isWorking) return;
    isWorking = true;
    void work().finally(() => (isWorking = false));
  }, everyMs);
}

/** Before anything of a stranger is read. Null lets in. */
async function admit(
  request: IncomingMessage,
  people: WeakMap<IncomingMessage, Person>,
  ports: PagesPorts,
  pageCount: number,
): Promise<Refusal | null> {
  const { origin, host } = request.headers;
  if (!ports.mayOpen(origin, host)) {
    return { status: 403, detail: "This origin may not open the live socket." };
  }
  if (pageCount >= pagesMax) return { status: 503, detail: "Too many pages are open." };
  const person = await ports.personOf(request);
  if (person === undefined) return { status: 401, detail: "Sign in first." };
  if (!mayDo(person.role, "live.watch")) {
    return { status: 403, detail: "Your role may not watch the live picture." };
  }
  people.set(request, person);
  return null;
}

/** Sends the picture and, with no step between, lets the page into what changes it. */
async function join(
  page: PageSocket,
  view: View,
  audiences: Map<string, Audience>,
  ports: PagesPorts,
): Promise<void> {
  try {
    const gather = await ports.pictureFor(view);
    if (!page.connected) return;
    page.emit("picture", gather());
  } catch (error) {
    ports.log.error("A page got no picture and is cut, so that it asks again.", { error });
    page.conn.close();
    return;
  }
  const key = viewKey(view);
  void page.join(key);
  const audience = audiences.get(key) ?? { view, pages: new Set() };
  audiences.set(key, audience);
  audience.pages.add(page);
  page.on("disconnect", () => {
    audience.pages.delete(page);
    if (audience.pages.size === 0 && audiences.get(key) === audience) audiences.delete(key);
  });
}

function sendSnapshot(
  audiences: ReadonlyMap<string, Audience>,
  bytes: Uint8Array,
  ports: PagesPorts,
): void {
  for (const { view, pages } of audiences.values()) {
    const seen = snapshotFor(bytes, (liveId) =>
      sees(view, ports.vehicle(liveId)?.organisationId ?? null),
    );
    const frame = snapshotFrame(seen);
    for (const page of pages) {
      const backlog = backlogOf(page.conn);
      if (isStuck(backlog)) {
        ports.log.warn("A page takes too little and is cut; it may come back.", { backlog });
        page.conn.close();
      } else if (isKeepingUp(backlog)) {
        writeSnapshot(page.conn, seen, frame);
      }
    }
  }
}

/** A page that does not keep up is left out until it does: then it gets the newest. */
function isKeepingUp({ bytes, messages }: Backlog): boolean {
  return bytes <= limits.pageBacklogBytesMax && messages <= limits.pageBacklogMessagesMax;
}

function isStuck({ bytes, messages }: Backlog): boolean {
  return bytes > limits.pageBacklogCutBytesMax || messages > limits.pageBacklogCutMessagesMax;
}

function sendStatus(
  audiences: ReadonlyMap<string, Audience>,
  owners: Owners,
  changed: readonly VehicleStatus[],
  removed: readonly number[],
): void {
  const ownerBefore = ({ liveId }: VehicleStatus): string | null => owners.get(liveId) ?? null;
  for (const { view, pages } of audiences.values()) {
    const seen = changed
      .filter((status) => sees(view, status.organisationId))
      .map((status) => boundAsSeen(seenBy(view), status));
    // Whose it is no longer sees it go; to those whose it never was it stays unknown.
    const left = changed
      .filter((status) => !sees(view, status.organisationId) && sees(view, ownerBefore(status)))
      .map(({ liveId }) => liveId);
    const gone = [...removed, ...left];
    if (seen.length === 0 && gone.length === 0) continue;
    for (const page of pages) page.emit("status", { changed: seen, removed: gone });
  }
  for (const { liveId, organisationId } of changed) owners.set(liveId, organisationId);
  for (const liveId of removed) owners.delete(liveId);
}

function sendTraffic(
  audiences: ReadonlyMap<string, Audience>,
  { changed, removed }: TrafficChange,
): void {
  if (changed.length === 0 && removed.length === 0) return;
  for (const { view, pages } of audiences.values()) {
    const seen = changed.map((contact) => trafficFor(view, contact));
    const message = { changed: seen, removed: [...removed] };
    for (const page of pages) {
      // One that takes too little is cut by the snapshots; then it gets the whole picture.
      if (isKeepingUp(backlogOf(page.conn))) page.emit("traffic", message);
    }
  }
}

/**
 * A page whose session ended, or whose person now sees something else, has to sign in again. Only
 * here is a page told that it was the server's will; all other cuts it takes as a lost connection.
 */
async function cutThoseSignedOut(
  audiences: ReadonlyMap<string, Audience>,
  people: WeakMap<IncomingMessage, Person>,
  ports: PagesPorts,
): Promise<void> {
  for (const { view, pages } of [...audiences.values()]) {
    for (const page of [...pages]) {
      try {
        const person = await ports.personOf(page.request);
        const isSame = person !== undefined && person.id === people.get(page.request)?.id;
        if (!isSame || viewKey(viewOf(person)) !== viewKey(view)) page.disconnect(true);
      } catch (error) {
        ports.log.warn("A session could not be read; its page stays until it can.", { error });
      }
    }
  }
}
