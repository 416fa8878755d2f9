import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '../../api/request.ts';
import type { Overview, Series } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { useStore } from '../../store.ts';
import { overviewStore } from '../live/stores.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Empty, Page, Panel } from '../parts/page.tsx';
import { type Line, SeriesChart } from '../parts/series-chart.tsx';
import { State } from '../parts/state.tsx';
import { eastern, easternDay, facilityName, span, toneOfShare } from '../parts/words.ts';

const SERIES_EVERY_MS = 1_000;

export function OverviewPage() {
  const overview = useStore(overviewStore);
  if (overview === null) return <Empty>Waiting for the first figures …</Empty>;
  return (
    <Page
      title="Overview"
      end={
        <span className="quiet num">
          {easternDay(overview.serverNow)} {eastern(overview.serverNow, 0)} ET · data as of{' '}
          {eastern(overview.readModel.dataAsOf)}
        </span>
      }
    >
      <Tiles overview={overview} />
      <div className="grid2">
        <Charts windowMs={overview.windowMs} />
      </div>
      <div className="grid2">
        <Used overview={overview} />
        <OpenByAge overview={overview} />
        <Facilities overview={overview} />
      </div>
    </Page>
  );
}

function Tiles({ overview }: { readonly overview: Overview }) {
  const { counts, inWindowRatio } = overview;
  const tiles: readonly (readonly [label: string, value: string, to: string, tone?: string])[] = [
    ['Received', counts.received.toLocaleString('en-US'), '/trades'],
    ['Accepted', counts.accepted.toLocaleString('en-US'), '/trades?state=ACCEPTED'],
    [
      'In the window',
      inWindowRatio === null ? '–' : `${(inWindowRatio * 100).toFixed(2)} %`,
      '/late',
      inWindowRatio !== null && inWindowRatio < 0.99 ? 'half' : 'calm',
    ],
    ['Open', String(counts.open), '/open'],
    ['Late', String(counts.late), '/late', counts.late > 0 ? 'half' : ''],
    ['Repair', String(counts.repairsOpen), '/repairs', counts.repairsOpen > 0 ? 'near' : ''],
    ['In doubt', String(counts.inDoubt), '/in-doubt', counts.inDoubt > 0 ? 'gone' : ''],
    ['Rejected', String(counts.rejected), '/trades?state=REJECTED'],
  ];
  return (
    <div className="tiles">
      {tiles.map(([label, value, to, tone = '']) => (
        <Link key={label} to={to} className="tile">
          <b className={tone}>{value}</b>
          <span className="quiet">{label}</span>
        </Link>
      ))}
    </div>
  );
}

function Charts({ windowMs }: { readonly windowMs: number }) {
  const series = useQuery({
    queryKey: ['series'],
    queryFn: ({ signal }) => read<Series>('/series', { resolution: 'second', points: '180' }, signal),
    refetchInterval: SERIES_EVERY_MS,
  });
  const points = series.data?.points;
  const drawn = useMemo(() => {
    const known = points ?? [];
    const latency: readonly Line[] = [
      { label: 'p99', values: known.map(({ p99Ms }) => p99Ms), color: '#b4460b' },
      { label: 'p50', values: known.map(({ p50Ms }) => p50Ms), color: '#4d76b8' },
      { label: 'window', values: known.map(() => windowMs), color: '#b3182d' },
    ];
    const flow: readonly Line[] = [
      { label: 'received', values: known.map(({ received }) => received), color: '#8a93a0' },
      {
        label: 'accepted',
        values: known.map(({ accepted }) => accepted),
        color: '#2b7a4b',
        fill: 'rgba(43,122,75,0.12)',
      },
    ];
    return { atMs: known.map(({ atMs }) => atMs), latency, flow };
  }, [points, windowMs]);
  return (
    <>
      <Panel title="Execution to acceptance, against the 10 s window">
        <SeriesChart
          label="Latency by second, p50 and p99, with the window"
          atMs={drawn.atMs}
          lines={drawn.latency}
          say={(ms) => span(ms)}
          log
        />
      </Panel>
      <Panel title="Executions a second">
        <SeriesChart
          label="Executions received and accepted by second"
          atMs={drawn.atMs}
          lines={drawn.flow}
          say={String}
        />
      </Panel>
    </>
  );
}

function Used({ overview }: { readonly overview: Overview }) {
  const rows = [{ stage: 'whole', ...overview.used }, ...overview.stages];
  const cell = (ms: number | null) => (ms === null ? '–' : span(ms));
  return (
    <Panel title={`Execution to acceptance, last ${span(overview.overMs)}`}>
      <DataTable
        rows={rows}
        keyOf={({ stage }) => stage}
        empty="Nothing accepted yet."
        columns={[
          {
            head: 'Stage',
            cell: ({ stage }) => (stage === 'whole' ? <b>in all</b> : stage),
          },
          { head: 'p50', align: 'right', cell: ({ p50Ms }) => cell(p50Ms) },
          { head: 'p99', align: 'right', cell: ({ p99Ms }) => cell(p99Ms) },
          { head: 'max', align: 'right', cell: ({ maxMs }) => cell(maxMs) },
        ]}
      />
    </Panel>
  );
}

function OpenByAge({ overview }: { readonly overview: Overview }) {
  const most = Math.max(1, ...overview.openByAge.map(({ count }) => count));
  return (
    <Panel title="Open obligations by age">
      {overview.openByAge.map(({ fromMs, toMs, count }) => (
        <div key={fromMs} className={toneOfShare(fromMs / overview.windowMs)}>
          <div className="num" style={{ display: 'flex', justifyContent: 'space-between' }}>
            <span>{toMs === null ? `over ${span(fromMs)}` : `${span(fromMs)} to ${span(toMs)}`}</span>
            <b>{count}</b>
          </div>
          <div className="meter">
            <i style={{ transform: `scaleX(${count / most})` }} />
          </div>
        </div>
      ))}
    </Panel>
  );
}

function Facilities({ overview }: { readonly overview: Overview }) {
  const upOf = (name: string) =>
    overview.sessions.find(
      ({ role, sessionId }) => role === 'facility' && sessionId.endsWith(`/${SUFFIX[name] ?? name}`),
    );
  return (
    <Panel title="Facilities">
      <DataTable
        rows={overview.facilities}
        keyOf={({ facility }) => facility}
        empty="Nothing reported yet."
        columns={[
          { head: 'Facility', cell: ({ facility }) => facilityName(facility) },
          { head: 'Session', cell: ({ facility }) => <State of={upOf(facility)?.state ?? 'DISCONNECTED'} /> },
          { head: 'Open', align: 'right', cell: ({ open }) => open },
          { head: 'Accepted', align: 'right', cell: ({ accepted }) => accepted },
          { head: 'Late', align: 'right', cell: ({ late }) => late },
          { head: 'In doubt', align: 'right', cell: ({ inDoubt }) => inDoubt },
        ]}
      />
    </Panel>
  );
}
/** Last part of a facility session's id. */
const SUFFIX: Readonly<Record<string, string>> = {
  ADF: 'ADF',
  TRF_CARTERET: 'NC',
  TRF_CHICAGO: 'NH',
  TRF_NYSE: 'NY',
  ORF: 'OR',
};
