import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../../api/request.ts';
import { useOfficer } from '../../api/session.ts';
import type { InDoubt, InDoubtPage as InDoubtAnswer } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { ResolveDialog } from '../in-doubt/resolve-dialog.tsx';
import { Countdown } from '../parts/countdown.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern, facilityName } from '../parts/words.ts';

export function InDoubtPage() {
  const officer = useOfficer();
  const [chosen, setChosen] = useState<InDoubt | null>(null);
  const query = useQuery({
    queryKey: ['in-doubt'],
    queryFn: ({ signal }) => read<InDoubtAnswer>('/in-doubt', { limit: '200' }, signal),
  });
  return (
    <Page title="In doubt and held" end={<a href="/api/export/in-doubt.csv">CSV</a>}>
      <p className="quiet">
        A report in doubt has left us and its outcome is not known. It is cleared up by resend, then by query;
        only what says “Person” waits for you. Nothing in doubt is ever sent again blindly.
      </p>
      <div className="panel">
        <Fetched query={query}>
          {(page) => (
            <DataTable
              rows={page.items}
              keyOf={({ reportId }) => reportId}
              empty="Nothing is in doubt and nothing is held."
              columns={[
                {
                  head: 'Time left',
                  cell: ({ dueAtMs }) => <Countdown dueAtMs={dueAtMs} windowMs={10_000} />,
                },
                { head: 'State', cell: ({ kind }) => <State of={kind} /> },
                {
                  head: 'Next step',
                  cell: ({ nextStep }) =>
                    nextStep === 'PERSON' ? <b className="gone">Person</b> : (nextStep?.toLowerCase() ?? ''),
                },
                { head: 'Cause', wrap: true, cell: ({ cause }) => cause },
                {
                  head: 'Report',
                  cell: ({ reportId, executionId }) => <Link to={`/trades/${executionId}`}>{reportId}</Link>,
                },
                { head: 'Symbol', cell: ({ symbol }) => symbol },
                { head: 'Facility', cell: ({ facility }) => facilityName(facility) },
                { head: 'Since (ET)', cell: ({ since }) => eastern(since) },
                {
                  head: '',
                  cell: (row) =>
                    officer !== null && row.kind === 'IN_DOUBT' ? (
                      <Button
                        size="compact-xs"
                        variant="default"
                        disabled={row.resolving !== null}
                        onClick={() => setChosen(row)}
                      >
                        {row.resolving === null ? 'Resolve' : 'Under way'}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )}
        </Fetched>
      </div>
      {chosen !== null && <ResolveDialog row={chosen} onClose={() => setChosen(null)} />}
    </Page>
  );
}
