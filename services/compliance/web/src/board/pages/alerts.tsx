import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '../../api/problem.ts';
import { act, read } from '../../api/request.ts';
import { useOfficer } from '../../api/session.ts';
import type { AlertsPage as AlertsAnswer } from '../../contract.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern } from '../parts/words.ts';
import { queryClient } from '../query-client.ts';

export function AlertsPage() {
  const officer = useOfficer();
  const [error, setError] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['alerts'],
    queryFn: ({ signal }) => read<AlertsAnswer>('/alerts', { state: 'all', limit: '200' }, signal),
  });
  const acknowledge = async (alertId: string) => {
    try {
      await act('POST', `/alerts/${encodeURIComponent(alertId)}/acknowledge`, {});
      setError(null);
      await queryClient.invalidateQueries({ queryKey: ['alerts'] });
    } catch (failure) {
      setError(errorText(failure));
    }
  };
  return (
    <Page title="Alerts" end={<a href="/api/export/alerts.csv">CSV</a>}>
      {error !== null && (
        <div className="banner" role="alert">
          {error}
        </div>
      )}
      <div className="panel">
        <Fetched query={query}>
          {(page) => (
            <DataTable
              rows={page.items}
              keyOf={({ alertId }) => alertId}
              empty="No alert has been raised."
              columns={[
                { head: 'State', cell: ({ state }) => <State of={state} /> },
                { head: 'Alert', cell: ({ alert }) => <b>{alert}</b> },
                { head: 'What', wrap: true, cell: ({ text, subject }) => `${text} (${subject})` },
                { head: 'What to do', wrap: true, cell: ({ action }) => action },
                { head: 'Raised (ET)', cell: ({ raisedAt }) => eastern(raisedAt) },
                { head: 'Cleared (ET)', cell: ({ clearedAt }) => eastern(clearedAt) },
                {
                  head: 'Seen by',
                  cell: ({ alertId, acknowledgedBy, state }) =>
                    acknowledgedBy ??
                    (officer !== null && state === 'RAISED' ? (
                      <Button size="compact-xs" variant="default" onClick={() => void acknowledge(alertId)}>
                        I am on it
                      </Button>
                    ) : (
                      ''
                    )),
                },
              ]}
            />
          )}
        </Fetched>
      </div>
    </Page>
  );
}
