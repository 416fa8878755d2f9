import 'uplot/dist/uPlot.min.css';
import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';

export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly color: string;
  readonly fill?: string;
}

const HEIGHT_PX = 180;

/** Lines over time. The chart is kept and fed, not made anew, while only its data change. */
export function SeriesChart(props: {
  readonly atMs: readonly number[];
  readonly lines: readonly Line[];
  /** Words for a value on the axis. */
  readonly say: (value: number) => string;
  readonly label: string;
  /** Logarithmic from 1, for latencies that span three orders. */
  readonly log?: boolean;
}) {
  const { atMs, lines, say, label, log = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const { colorScheme } = useMantineColorScheme();
  const shape = `${lines.map((line) => `${line.label}${line.color}`).join()}|${log}|${colorScheme}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for everything the chart is built from
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const ink = style.getPropertyValue('color');
    const grid = { stroke: 'rgba(128,128,128,0.18)', width: 1 };
    const axis = { stroke: ink, grid, ticks: grid, font: '11px sans-serif' };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT_PX,
        tzDate: (at) => uPlot.tzDate(new Date(at * 1000), 'America/New_York'),
        legend: { live: false },
        cursor: { show: false },
        scales: {
          y: log ? { distr: 3, log: 10 } : { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] },
        },
        axes: [
          axis,
          {
            ...axis,
            size: 56,
            values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : say(tick))),
          },
        ],
        series: [
          {},
          ...lines.map((line) => ({
            label: line.label,
            stroke: line.color,
            width: 1.5,
            points: { show: false },
            ...(line.fill === undefined ? {} : { fill: line.fill }),
          })),
        ],
      },
      dataOf(atMs, lines),
      element,
    );
    chart.current = plot;
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [shape]);
  useEffect(() => {
    chart.current?.setData(dataOf(atMs, lines));
  }, [atMs, lines]);
  return <div ref={box} className="quiet" role="img" aria-label={label} />;
}

function dataOf(atMs: readonly number[], lines: readonly Line[]): uPlot.AlignedData {
  return [atMs.map((ms) => ms / 1000), ...lines.map(({ values }) => [...values])];
}
