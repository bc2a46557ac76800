// GET /metrics in Prometheus' format, for requests from this machine alone: a scraper runs beside
// the server, or a proxy in front of it adds its own rule.
import { Router } from "express";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type {
  LinkCounters,
  ListenerCounters,
  WireReport,
} from "../../contract/wire/live-status.ts";
import type { PictureHealth } from "../../contract/wire/realtime.ts";
import { allowAnybody } from "./access.ts";
import { notFound } from "./problem.ts";

export interface MetricsPorts {
  readonly wire: () => WireReport;
  readonly picture: () => PictureHealth;
  readonly vehicleCount: () => number;
  readonly pageCount: () => number;
}

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

export function createMetricsRouter(ports: MetricsPorts): Router {
  const registry = createRegistry(ports);
  const router = Router();
  router.get("/metrics", allowAnybody("from this machine only"), async (request, response) => {
    const isLocal = loopback.has(request.socket.remoteAddress ?? "");
    // A request that a proxy passed on comes from somewhere else.
    if (!isLocal || request.get("x-forwarded-for") !== undefined) notFound();
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

function createRegistry(ports: MetricsPorts): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "skyrange_web_" });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge("skyrange_pages", "Open pages.", ports.pageCount);
  gauge("skyrange_vehicles", "Vehicles in the live picture.", ports.vehicleCount);
  gauge("skyrange_ingest_connected", "1 while ingest is connected.", () =>
    ports.picture().ingestConnected ? 1 : 0,
  );
  gauge("skyrange_ingest_age_ms", "Age of the newest message from ingest.", () => {
    return ports.picture().ingestAgeMs;
  });
  gauge("skyrange_plan_version", "Newest plan.", () => ports.picture().planVersion);
  gauge("skyrange_plan_version_in_force", "Plan that ingest judges by.", () => {
    return ports.picture().planVersionInForce;
  });
  addLinkCounters(registry, ports);
  addListenerCounters(registry, ports);
  return registry;
}

/** Ingest counts; here the counts are only passed on. */
function addLinkCounters(registry: Registry, ports: MetricsPorts): void {
  const counter = (
    name: string,
    help: string,
    labelNames: string[],
    read: (link: LinkCounters) => readonly (readonly [labels: Record<string, string>, n: number])[],
  ): void => {
    new Counter({
      name,
      help,
      labelNames: ["listener", "remote", ...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        for (const link of ports.wire().links) {
          const { listener, remote } = link;
          for (const [labels, count] of read(link))
            this.inc({ listener, remote, ...labels }, count);
        }
      },
    });
  };
  counter("skyrange_link_received_total", "Datagrams received.", [], (link) => [
    [{}, link.received],
  ]);
  counter("skyrange_link_decoded_total", "Frames decoded.", [], (link) => [[{}, link.decoded]]);
  const gapsHelp =
    "Frames missing by 8-bit sequence number, by component: after silence modulo 256.";
  counter("skyrange_link_sequence_gaps_total", gapsHelp, ["sysid", "compid"], (link) =>
    link.components.map(({ sysid, compid, sequenceGaps }) => [
      { sysid: `${sysid}`, compid: `${compid}` },
      sequenceGaps,
    ]),
  );
  counter("skyrange_link_reboots_refused_total", "Reboots told too often.", [], (link) => [
    [{}, link.rebootsRefused],
  ]);
  counter("skyrange_link_positions_refused_total", "Positions no drone can have.", [], (link) => [
    [{}, link.positionsRefused],
  ]);
  counter("skyrange_link_dropped_total", "Dropped, by reason.", ["reason"], (link) =>
    Object.entries(link.dropped).map(([reason, count]) => [{ reason }, count]),
  );
}

/** A counter the system does not give is left out, so that none reads as zero. */
function addListenerCounters(registry: Registry, ports: MetricsPorts): void {
  const figure = (
    name: string,
    help: string,
    read: (listener: ListenerCounters) => number | null,
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: ["listener"],
      registers: [registry],
      collect() {
        this.reset();
        for (const listener of ports.wire().listeners) {
          const value = read(listener);
          if (value !== null) this.set({ listener: listener.name }, value);
        }
      },
    });
  };
  figure("skyrange_listener_kernel_drops", "Datagrams the kernel dropped.", (one) => {
    return one.kernelDrops;
  });
  figure("skyrange_listener_receive_buffer_bytes", "Receive buffer given.", (one) => {
    return one.receiveBufferBytes;
  });
  figure("skyrange_listener_connections", "TCP connections open.", (one) => one.connections);
  figure("skyrange_listener_refused", "TCP connections turned away.", (one) => one.refused);
  figure("skyrange_listener_cut_slow", "TCP connections cut as too slow.", (one) => one.cutSlow);
  figure(
    "skyrange_listener_refused_by_share",
    "TCP connections over an address's share.",
    (one) => {
      return one.refusedByShare;
    },
  );
  figure("skyrange_listener_cut_silent", "TCP connections cut as bringing no frame.", (one) => {
    return one.cutSilent;
  });
  figure("skyrange_listener_send_errors", "Frames that could not be sent.", (one) => {
    return one.sendErrors;
  });
}
