import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/request.ts';
import type { RepairsPage as RepairsAnswer } from '../../contract.ts';
import { navigate, useQueryParameters } from '../../router/location.ts';
import { withQuery } from '../../router/match-path.ts';
import { Countdown } from '../parts/countdown.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern } from '../parts/words.ts';

export function RepairsPage() {
  const state = useQueryParameters().get('state') ?? 'open';
  const query = useQuery({
    queryKey: ['repairs', state],
    queryFn: ({ signal }) => read<RepairsAnswer>('/repairs', { state, limit: '200' }, signal),
  });
  return (
    <Page
      title="Repair queue"
      end={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Which items"
            value={state}
            onChange={(value) =>
              navigate(withQuery('/repairs', { state: value === 'open' ? null : value }), 'replace')
            }
            data={[
              { value: 'open', label: 'Open' },
              { value: 'closed', label: 'Closed' },
              { value: 'all', label: 'All' },
            ]}
          />{' '}
          <a href={withQuery('/api/export/repairs.csv', { state })}>CSV</a>
        </>
      }
    >
      <div className="panel">
        <Fetched query={query}>
          {(page) => (
            <DataTable
              rows={page.items}
              keyOf={({ repairId }) => repairId}
              to={({ repairId }) => `/repairs/${repairId}`}
              empty={state === 'open' ? 'Nothing waits for a person.' : 'There is none.'}
              columns={[
                {
                  head: 'Time left',
                  cell: ({ dueAtMs, state: of }) =>
                    dueAtMs === null || of === 'CLOSED' ? (
                      '–'
                    ) : (
                      <Countdown dueAtMs={dueAtMs} windowMs={10_000} />
                    ),
                },
                { head: 'State', cell: ({ state: of }) => <State of={of} /> },
                {
                  head: 'What is wrong',
                  wrap: true,
                  cell: ({ issues }) => issues.map(({ message }) => message).join(' '),
                },
                { head: 'Symbol', cell: ({ symbol }) => symbol },
                { head: 'MPID', cell: ({ mpid }) => mpid },
                { head: 'Source', cell: ({ source, sourceExecutionId }) => `${source} ${sourceExecutionId}` },
                { head: 'Stage', cell: ({ stage }) => stage },
                { head: 'Opened (ET)', cell: ({ openedAt }) => eastern(openedAt) },
              ]}
            />
          )}
        </Fetched>
      </div>
    </Page>
  );
}
