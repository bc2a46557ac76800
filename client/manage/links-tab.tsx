// What comes over every link and what was lost, by cause. For controllers and admins.
import { z } from "zod";
import type { LinkCounters, ListenerCounters } from "../../contract/wire/live-status.ts";
import { wireReportSchema } from "../../contract/wire/live-status.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { linkMessages } from "../app/i18n/link-messages.ts";
import { useResource } from "../app/use-resource.ts";
import { DataTable } from "../design/data-table.tsx";
import { Notice } from "../design/notice.tsx";
import { ResourceBody } from "./resource-body.tsx";

const readEveryMs = 2_000;
/** The answer holds the vehicles, too; they are left out here. */
const wire = z.object(wireReportSchema.shape);

export function LinksTab() {
  const text = useText(linkMessages);
  const report = useResource("/vehicles/live", wire, readEveryMs);
  return (
    <div className="form">
      <ResourceBody resource={report}>
        {({ links, listeners }) => (
          <>
            {listeners.some(({ isBufferCut }) => isBufferCut) && (
              <Notice kind="fact" title={text.bufferCut} />
            )}
            <LinkTable links={links} />
            <p className="soft">{text.gapsHelp}</p>
            <ListenerTable listeners={listeners} />
          </>
        )}
      </ResourceBody>
    </div>
  );
}

function LinkTable({ links }: { readonly links: readonly LinkCounters[] }) {
  const text = useText(linkMessages);
  const format = useFormat();
  const count = (value: number): string => format.number(value, 0);
  return (
    <DataTable
      caption={text.caption}
      columns={[
        { id: "remote", name: text.remote, cell: ({ remote }) => remote },
        { id: "listener", name: text.listener, cell: ({ listener }) => listener },
        { id: "state", name: text.state, cell: ({ state }) => text.stateName[state] },
        { id: "systems", name: text.systems, cell: ({ sysids }) => sysids.join(", ") },
        {
          id: "received",
          name: text.received,
          isFigure: true,
          cell: ({ received }) => count(received),
        },
        {
          id: "decoded",
          name: text.decoded,
          isFigure: true,
          cell: ({ decoded }) => count(decoded),
        },
        {
          id: "dropped",
          name: text.dropped,
          cell: ({ dropped }) => droppedText(dropped, text, count),
        },
        {
          id: "gaps",
          name: text.gaps,
          isFigure: true,
          cell: ({ sequenceGaps }) => count(sequenceGaps),
        },
      ]}
      empty={text.empty}
      keyOf={({ listener, remote }) => `${listener} ${remote}`}
      rows={links}
      testId="link-row"
    />
  );
}

type LinkTexts = (typeof linkMessages)["en"];

/** Every cause that has dropped something, with its count. */
function droppedText(
  dropped: Readonly<Record<string, number>>,
  text: LinkTexts,
  count: (value: number) => string,
): string {
  const reasons = new Map(Object.entries<string>(text.reason));
  const parts = Object.entries(dropped)
    .filter(([, dropCount]) => dropCount > 0)
    .map(([reason, dropCount]) => `${reasons.get(reason) ?? reason} ${count(dropCount)}`);
  return parts.length === 0 ? text.none : parts.join(text.comma);
}

function ListenerTable({ listeners }: { readonly listeners: readonly ListenerCounters[] }) {
  const text = useText(linkMessages);
  const format = useFormat();
  const count = (value: number | null): string =>
    value === null ? text.notKnown : format.number(value, 0);
  return (
    <DataTable
      caption={text.listenersCaption}
      columns={[
        { id: "name", name: text.listener, cell: ({ name }) => name },
        {
          id: "kernel",
          name: text.kernelDrops,
          isFigure: true,
          cell: ({ kernelDrops }) => count(kernelDrops),
        },
        {
          id: "buffer",
          name: text.buffer,
          isFigure: true,
          cell: ({ receiveBufferBytes }) => count(receiveBufferBytes),
        },
        {
          id: "connections",
          name: text.connections,
          isFigure: true,
          cell: ({ kind, connections }) => (kind === "udp" ? "" : count(connections)),
        },
        {
          id: "refused",
          name: text.refused,
          isFigure: true,
          cell: ({ refused, refusedByShare, cutSlow, cutSilent }) =>
            count(refused + refusedByShare + cutSlow + cutSilent),
        },
        {
          id: "sendErrors",
          name: text.sendErrors,
          isFigure: true,
          cell: ({ sendErrors }) => count(sendErrors),
        },
      ]}
      empty={text.listenersEmpty}
      keyOf={({ name }) => name}
      rows={listeners}
      testId="listener-row"
    />
  );
}
