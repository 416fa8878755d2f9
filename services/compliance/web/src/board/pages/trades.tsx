import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { read } from '../../api/request.ts';
import type { TradesPage as TradesAnswer } from '../../contract.ts';
import { appendPage, applyTrades, type TradeList } from '../../live/apply-trades.ts';
import { filtersFrom, filtersQuery, type TradeFilters } from '../../live/trade-filters.ts';
import { navigate, useQueryParameters } from '../../router/location.ts';
import { withQuery } from '../../router/match-path.ts';
import { onTrades } from '../live/stores.ts';
import { Empty, Fetched, Page } from '../parts/page.tsx';
import { TradeHead, TradeLine } from '../parts/trade-line.tsx';
import { FACILITY, stateWord } from '../parts/words.ts';

const PAGE_ROWS = '200';
const ROW_PX = 30;
const STATES = ['ACCEPTED', 'DECIDED', 'SENT', 'HELD', 'IN_DOUBT', 'REJECTED', 'REPAIR', 'NOT_REPORTABLE'];

export function TradesPage() {
  const filters = filtersFrom(useQueryParameters());
  const query = filtersQuery(filters);
  const fetched = useQuery({
    queryKey: ['trades', JSON.stringify(query)],
    queryFn: ({ signal }) => read<TradesAnswer>('/trades', { ...query, limit: PAGE_ROWS }, signal),
    // Live changes are put on top below; coming back to the page starts from the server's list.
    gcTime: 0,
  });
  const [paused, setPaused] = useState(false);
  return (
    <Page title="Trades" end={<a href={withQuery('/api/export/trades.csv', query)}>CSV</a>}>
      <Filters filters={filters} paused={paused} onPause={setPaused} />
      <Fetched query={fetched}>
        {(page) => (
          <Rows
            key={`${JSON.stringify(query)}${fetched.dataUpdatedAt}`}
            first={page}
            filters={filters}
            paused={paused}
            onStale={() => void fetched.refetch()}
          />
        )}
      </Fetched>
    </Page>
  );
}

function Filters(props: {
  readonly filters: TradeFilters;
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
}) {
  const { filters, paused, onPause } = props;
  const change = (part: Partial<TradeFilters>) =>
    navigate(withQuery('/trades', filtersQuery({ ...filters, ...part })), 'replace');
  return (
    <div className="filters">
      <TextInput
        id="search"
        label="Search"
        placeholder="Symbol, MPID or any id"
        defaultValue={filters.q ?? ''}
        onKeyDown={(event) => {
          if (event.key === 'Enter') change({ q: event.currentTarget.value.trim() || null });
        }}
        onBlur={(event) => change({ q: event.currentTarget.value.trim() || null })}
      />
      <NativeSelect
        label="Facility"
        value={filters.facility ?? ''}
        onChange={(event) => change({ facility: event.currentTarget.value || null })}
        data={[
          { value: '', label: 'All' },
          ...Object.entries(FACILITY).map(([value, label]) => ({ value, label })),
        ]}
      />
      <NativeSelect
        label="State"
        value={filters.state ?? ''}
        onChange={(event) => change({ state: event.currentTarget.value || null })}
        data={[{ value: '', label: 'All' }, ...STATES.map((value) => ({ value, label: stateWord(value) }))]}
      />
      <Switch
        label="Late only"
        checked={filters.late}
        onChange={(event) => change({ late: event.currentTarget.checked })}
      />
      <Button variant="default" size="xs" aria-pressed={paused} onClick={() => onPause(!paused)}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
    </div>
  );
}

function Rows(props: {
  readonly first: TradesAnswer;
  readonly filters: TradeFilters;
  readonly paused: boolean;
  readonly onStale: () => void;
}) {
  const { first, filters, paused, onStale } = props;
  const [list, setList] = useState<TradeList>({
    rows: first.items,
    nextCursor: first.nextCursor,
    capped: false,
  });
  const scroller = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of filters makes a new component
  useEffect(() => {
    if (paused) return;
    return onTrades((changed, truncated) => {
      if (changed.length === 0 && truncated) onStale();
      else setList((now) => applyTrades(now, changed, filters));
    });
  }, [paused]);
  const rows = useVirtualizer({
    count: list.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const more = async () => {
    if (list.nextCursor === null) return;
    const page = await read<TradesAnswer>('/trades', {
      ...filtersQuery(filters),
      limit: PAGE_ROWS,
      cursor: list.nextCursor,
    });
    setList((now) => appendPage(now, page));
  };
  if (list.rows.length === 0) return <Empty>No trade fits.</Empty>;
  return (
    <div className="panel">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
      <section className="virtual" ref={scroller} tabIndex={0} aria-label="Trades, newest first">
        <TradeHead />
        <div className="vrows" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const row = list.rows[index];
            return row === undefined ? null : <TradeLine key={row.executionId} row={row} top={start} />;
          })}
        </div>
      </section>
      <p className="quiet num">
        {list.rows.length.toLocaleString('en-US')} shown{list.capped ? ', older ones let go' : ''}{' '}
        {list.nextCursor !== null && (
          <Button size="compact-xs" variant="default" onClick={() => void more()}>
            Load older
          </Button>
        )}
      </p>
    </div>
  );
}
