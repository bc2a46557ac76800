// One chart of a flight against time, with gaps as gaps, limits, alarms and the player's moment.
// uPlot draws it; a click goes to that moment. The table beside it is for those who cannot see it.
import "uplot/dist/uPlot.min.css";
import "./flight-chart.css";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import type { TrackColumns } from "../../contract/wire/flight.ts";
import { useFormat } from "../app/i18n/language-context.ts";
import { useTheme } from "../app/theme-context.ts";
import type { AlarmSpan } from "./flight-limits.ts";
import type { Player } from "./player.ts";
import { chartColumn } from "./track.ts";

interface FlightChartProps {
  readonly title: string;
  readonly track: TrackColumns;
  readonly values: readonly number[];
  /** Horizontal lines, in the unit of the values. */
  readonly limits: readonly number[];
  readonly spans: readonly AlarmSpan[];
  readonly player: Player;
}

const chartHeightPx = 140;

export function FlightChart({ title, track, values, limits, spans, player }: FlightChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const format = useFormat();
  const { theme } = useTheme();
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const { timesS, values: shown } = chartColumn(track, values);
    const colours = coloursOf(element);
    const clock = (timeS: number): string => format.time(timeS * 1000).slice(0, 8);
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: chartHeightPx,
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
        scales: {
          x: { time: false, range: [player.range.startMs / 1000, player.range.endMs / 1000] },
          y: { range: (_chart, low, high) => rangeOf(low, high, limits) },
        },
        axes: [
          { ...axis(colours, (_chart, times) => times.map(clock), 90), size: 30 },
          { ...axis(colours, undefined, 32), size: 48 },
        ],
        series: [
          {},
          { stroke: colours.line, width: 1.5, spanGaps: false, points: { show: false } },
        ],
        hooks: { drawClear: [(drawn) => drawUnder(drawn, { colours, limits, spans, track })] },
      },
      [timesS, shown],
      element,
    );
    const endMoment = followMoment(chart, player);
    const resize = new ResizeObserver(() => {
      chart.setSize({ width: element.clientWidth, height: chartHeightPx });
    });
    resize.observe(element);
    return () => {
      resize.disconnect();
      endMoment();
      chart.destroy();
    };
  }, [track, values, limits, spans, player, format, theme]);
  return (
    <figure className="flight-chart">
      <figcaption>{title}</figcaption>
      <div ref={holder} aria-hidden="true" />
    </figure>
  );
}

interface Colours {
  readonly line: string;
  readonly grid: string;
  readonly text: string;
  readonly limit: string;
  readonly gap: string;
  readonly font: string;
  readonly priority: Readonly<Record<AlarmSpan["priority"], string>>;
}

function coloursOf(element: HTMLElement): Colours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    line: token("--text"),
    grid: token("--line-soft"),
    text: token("--text-soft"),
    limit: token("--limit"),
    gap: token("--pressed"),
    font: `12px ${token("--font")}`,
    priority: {
      emergency: token("--alarm-emergency"),
      high: token("--alarm-high"),
      low: token("--alarm-low"),
    },
  };
}

function axis(
  { text, grid, font }: Colours,
  values: ((chart: uPlot, splits: number[]) => string[]) | undefined,
  space: number,
): uPlot.Axis {
  const lines = { stroke: grid, width: 1 };
  return {
    stroke: text,
    font,
    space,
    grid: lines,
    ticks: { ...lines, size: 4 },
    ...(values === undefined ? {} : { values }),
  };
}

/** From the lowest to the highest of values and limits, with a little air. */
function rangeOf(low: number, high: number, limits: readonly number[]): [number, number] {
  const lowest = Math.min(0, low);
  const highest = Math.max(high, ...limits, lowest + 1);
  return [lowest, highest + (highest - lowest) * 0.08];
}

interface Under {
  readonly colours: Colours;
  readonly limits: readonly number[];
  readonly spans: readonly AlarmSpan[];
  readonly track: TrackColumns;
}

/** Gaps and alarms as bands behind the line, limits as lines of their own colour. */
function drawUnder(chart: uPlot, { colours, limits, spans, track }: Under): void {
  const { ctx: pen, bbox } = chart;
  const x = (timeMs: number): number => chart.valToPos(timeMs / 1000, "x", true);
  pen.save();
  pen.beginPath();
  pen.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  pen.clip();
  for (const { startMs, endMs, priority } of spans) {
    const width = Math.max(2, x(endMs) - x(startMs));
    pen.fillStyle = colours.priority[priority];
    pen.globalAlpha = 0.16;
    pen.fillRect(x(startMs), bbox.top, width, bbox.height);
    pen.globalAlpha = 1;
    pen.fillRect(x(startMs), bbox.top, width, 3 * devicePixelRatio);
  }
  // Above the alarms: where nothing was heard, nothing is known of them either.
  pen.fillStyle = colours.gap;
  for (const { fromMs, toMs } of track.gaps) {
    pen.fillRect(x(fromMs), bbox.top, x(toMs) - x(fromMs), bbox.height);
  }
  pen.strokeStyle = colours.limit;
  pen.lineWidth = 1.5 * devicePixelRatio;
  pen.setLineDash([6, 4]);
  for (const limit of limits) {
    const y = chart.valToPos(limit, "y", true);
    pen.beginPath();
    pen.moveTo(bbox.left, y);
    pen.lineTo(bbox.left + bbox.width, y);
    pen.stroke();
  }
  pen.restore();
}

/** A line at the player's moment, moved without drawing the chart again. */
function followMoment(chart: uPlot, player: Player): () => void {
  const line = document.createElement("div");
  line.className = "flight-chart-moment";
  chart.over.append(line);
  const move = (): void => {
    const left = chart.valToPos(player.getState().timeMs / 1000, "x");
    line.style.transform = `translateX(${left.toString()}px)`;
  };
  const seek = (event: MouseEvent): void => {
    const left = event.clientX - chart.over.getBoundingClientRect().left;
    player.seek(chart.posToVal(left, "x") * 1000);
  };
  move();
  chart.over.addEventListener("click", seek);
  (chart.hooks.setSize ??= []).push(move);
  return player.subscribe(move);
}
