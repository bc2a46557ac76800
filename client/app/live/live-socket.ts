// The page's one connection to the live picture: Socket.IO over WebSocket, same origin, path /live,
// with the session's cookie. Opened by live-provider.tsx; everything it brings goes to the store.
import { io, type Socket } from "socket.io-client";
import * as parser from "../../../contract/wire/socket-parser.ts";
import type { PageToServer, ServerToPage } from "../../../contract/wire/realtime.ts";
import type { LiveStore } from "./live-store.ts";

const reconnection = { firstMs: 250, longestMs: 1_500 };
const trustCheckMs = 250;

export interface LiveSocketOptions {
  readonly store: LiveStore;
  readonly onServerTime: (serverTimeMs: number) => void;
  /** The server ended the connection on purpose: the session is over. */
  readonly onTurnedAway: () => void;
}

/** Connects and keeps connecting. Returns the function that ends it. */
export function openLiveSocket({
  store,
  onServerTime,
  onTurnedAway,
}: LiveSocketOptions): () => void {
  const socket: Socket<ServerToPage, PageToServer> = io({
    path: "/live",
    transports: ["websocket"],
    parser,
    reconnectionDelay: reconnection.firstMs,
    reconnectionDelayMax: reconnection.longestMs,
  });
  socket.on("connect", store.connectionUp);
  socket.on("connect_error", store.connectionDown);
  socket.on("disconnect", (reason) => {
    store.connectionDown();
    if (reason === "io server disconnect") onTurnedAway();
  });
  socket.on("welcome", (message) => {
    onServerTime(message.serverTimeMs);
    store.on.welcome(message);
  });
  socket.on("picture", store.on.picture);
  socket.on("snapshot", store.on.snapshot);
  socket.on("status", store.on.status);
  socket.on("traffic", store.on.traffic);
  socket.on("alarm", store.on.alarm);
  socket.on("booking", store.on.booking);
  socket.on("flight", store.on.flight);
  socket.on("command", store.on.command);
  socket.on("transfer", store.on.transfer);
  socket.on("authority", store.on.authority);
  socket.on("zones", store.on.zones);
  socket.on("health", store.on.health);
  const timer = setInterval(store.tick, trustCheckMs);
  return () => {
    clearInterval(timer);
    socket.disconnect();
  };
}
