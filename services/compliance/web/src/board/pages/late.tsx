import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/request.ts';
import type { LatePage as LateAnswer } from '../../contract.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern, facilityName, span } from '../parts/words.ts';

const REFETCH_MS = 5_000;
/** By a person: nothing is waited for. */
const SETTLED: readonly string[] = ['SUPERSEDED', 'DISCARDED'];

export function LatePage() {
  const query = useQuery({
    queryKey: ['late'],
    queryFn: ({ signal }) => read<LateAnswer>('/late', { limit: '200' }, signal),
    refetchInterval: REFETCH_MS,
  });
  return (
    <Page title="Late" end={<a href="/api/export/late.csv">CSV</a>}>
      <div className="panel">
        <Fetched query={query}>
          {(page) => (
            <DataTable
              rows={page.items}
              keyOf={({ trade }) => trade.executionId}
              to={({ trade }) => `/trades/${trade.executionId}`}
              empty="No report was late."
              columns={[
                { head: 'Executed (ET)', cell: ({ trade }) => eastern(trade.executedAt) },
                { head: 'Symbol', cell: ({ trade }) => <b>{trade.symbol}</b> },
                { head: 'Facility', cell: ({ trade }) => facilityName(trade.facility) },
                { head: 'State', cell: ({ trade }) => <State of={trade.state} /> },
                {
                  head: 'Late by',
                  align: 'right',
                  cell: ({ trade }) => (
                    <span className="gone">
                      {trade.latenessMs === null
                        ? SETTLED.includes(trade.state)
                          ? '–'
                          : 'still open'
                        : span(trade.latenessMs)}
                    </span>
                  ),
                },
                { head: 'Why', wrap: true, cell: ({ reason }) => reason },
              ]}
            />
          )}
        </Fetched>
      </div>
    </Page>
  );
}
