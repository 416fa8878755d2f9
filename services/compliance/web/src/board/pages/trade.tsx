import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { read } from '../../api/request.ts';
import type { TradeDetail } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { Countdown } from '../parts/countdown.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page, Panel } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern, facilityName, sideName, span } from '../parts/words.ts';
import { DecisionPanel } from '../trade/decision-panel.tsx';
import { RawMessages } from '../trade/raw-messages.tsx';
import { StageBar } from '../trade/stage-bar.tsx';

export function TradePage({ executionId }: { readonly executionId: string }) {
  const query = useQuery({
    queryKey: ['trade', executionId],
    queryFn: ({ signal }) => read<TradeDetail>(`/trades/${encodeURIComponent(executionId)}`, {}, signal),
  });
  return <Fetched query={query}>{(detail) => <Detail detail={detail} />}</Fetched>;
}

function Detail({ detail }: { readonly detail: TradeDetail }) {
  const { trade, decision } = detail;
  return (
    <Page
      title={`${trade.symbol ?? 'Unknown symbol'} ${sideName(trade.side)} ${trade.quantity ?? ''} @ ${trade.price ?? ''}`}
      end={<State of={trade.state} />}
    >
      <Successor detail={detail} />
      {trade.reason !== null && <p className="near">{trade.reason}</p>}
      {detail.repairIds.map((id) => (
        <p key={id}>
          <Link to={`/repairs/${id}`}>Repair item {id}</Link>
        </p>
      ))}
      <div className="grid2">
        <Facts detail={detail} />
        <Panel title="Where the time went">
          <StageBar detail={detail} />
        </Panel>
      </div>
      {decision !== null && <DecisionPanel decision={decision} />}
      <div className="grid2" style={{ marginTop: '0.75rem' }}>
        <Panel title="What happened">
          <ol className="trail">
            {detail.lifecycle.map((event) => (
              <li key={event.eventId}>
                <span className="num quiet">{eastern(event.at, 6)}</span>
                <span>
                  <b>{event.type}</b> {event.summary}
                  {event.actor !== null && <span className="quiet"> by {event.actor}</span>}
                </span>
              </li>
            ))}
          </ol>
        </Panel>
        <Panel title="Messages as they were">
          <RawMessages messages={detail.rawMessages} />
        </Panel>
      </div>
      <Reports detail={detail} />
    </Page>
  );
}

/** A desk resubmission took this one's place: what counts is there. */
function Successor({ detail }: { readonly detail: TradeDetail }) {
  const { trade, lineage } = detail;
  const next = lineage.findLast(
    (row) => row.sourceExecutionId === trade.sourceExecutionId && row.revision > trade.revision,
  );
  if (next === undefined) return null;
  return (
    <div className="banner mild" role="status">
      <b>Repaired.</b> <Link to={`/trades/${next.executionId}`}>Revision {next.revision}</Link> took the place
      of this one: <State of={next.state} />
    </div>
  );
}

function Facts({ detail }: { readonly detail: TradeDetail }) {
  const { trade } = detail;
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['Executed', `${eastern(trade.executedAt, 9) || 'not told'} ET`],
    ['Due', trade.dueAt === null ? 'could not be told' : `${eastern(trade.dueAt, 9)} ET`],
    ['Accepted', acceptedFact(trade)],
    [
      'Used',
      trade.usedMs === null
        ? '–'
        : `${span(trade.usedMs)}${trade.late === true ? `, ${span(trade.latenessMs ?? 0)} late` : ''}`,
    ],
    ['Facility', facilityName(trade.facility)],
    ['Firm, contra', `${trade.mpid ?? '–'}, ${trade.contraMpid ?? '–'}`],
    [
      'Modifiers',
      trade.modifiers.length === 0
        ? 'none'
        : trade.modifiers.map(({ field, code }) => `${field}:${code}`).join(' '),
    ],
    ['Report id', trade.reportId ?? '–'],
    ['Control number', trade.controlNumber ?? '–'],
    ['Source', `${trade.source} ${trade.sourceExecutionId} (${trade.channel ?? ''})`],
    [
      'CAT',
      detail.cat.length === 0
        ? 'not filed yet'
        : detail.cat.map(({ fileName, status }) => `${status}: ${fileName}`).join('; '),
    ],
  ];
  return (
    <Panel title="The trade">
      <dl className="kv">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function acceptedFact(trade: TradeDetail['trade']): ReactNode {
  if (trade.acceptedAt !== null) return `${eastern(trade.acceptedAt, 9)} ET`;
  const settled = ['NOT_REPORTABLE', 'DISCARDED', 'SUPERSEDED'].includes(trade.state);
  return settled || trade.dueAtMs === null ? '–' : <Countdown dueAtMs={trade.dueAtMs} windowMs={null} />;
}

function Reports({ detail }: { readonly detail: TradeDetail }) {
  return (
    <div className="grid2">
      <Panel title="Reports">
        <DataTable
          rows={detail.reports}
          keyOf={({ reportId }) => reportId}
          empty="Nothing has been sent."
          columns={[
            { head: 'Report', cell: ({ reportId }) => <span className="mono">{reportId}</span> },
            { head: 'Action', cell: ({ action }) => action },
            { head: 'State', cell: ({ state }) => <State of={state} /> },
            {
              head: 'Control',
              cell: ({ controlDate, controlNumber }) =>
                controlNumber === null ? '' : `${controlDate} ${controlNumber}`,
            },
            {
              head: 'Answer',
              wrap: true,
              cell: ({ code, text, resolvedBy }) =>
                [code, text, resolvedBy].filter((part) => part !== null).join(' '),
            },
          ]}
        />
      </Panel>
      <Panel title="Chain: new, corrections, cancels">
        <DataTable
          rows={detail.lineage}
          keyOf={({ executionId }) => executionId}
          to={({ executionId }) => `/trades/${executionId}`}
          empty=""
          columns={[
            {
              head: 'Action',
              cell: ({ action, revision }) => `${action}${revision > 0 ? ` (revision ${revision})` : ''}`,
            },
            {
              head: 'Source id',
              cell: ({ sourceExecutionId }) => <span className="mono">{sourceExecutionId}</span>,
            },
            { head: 'State', cell: ({ state }) => <State of={state} /> },
            { head: 'Received', cell: ({ receivedAt }) => eastern(receivedAt) },
          ]}
        />
      </Panel>
    </div>
  );
}
