import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/request.ts';
import type { DeadLetter, DeskAction } from '../../contract.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page, Panel } from '../parts/page.tsx';
import { eastern } from '../parts/words.ts';

const REFETCH_MS = 5_000;

/** What people did, and what the services could not read. */
export function RecordPage() {
  const acts = useQuery({
    queryKey: ['desk-actions'],
    queryFn: ({ signal }) =>
      read<{ readonly items: readonly DeskAction[] }>('/desk-actions', { limit: '200' }, signal),
    refetchInterval: REFETCH_MS,
  });
  const letters = useQuery({
    queryKey: ['dead-letters'],
    queryFn: ({ signal }) =>
      read<{ readonly items: readonly DeadLetter[] }>('/dead-letters', { limit: '200' }, signal),
  });
  return (
    <Page title="Acts and dead letters">
      <Panel title="What people did">
        <Fetched query={acts}>
          {({ items }) => (
            <DataTable
              rows={items}
              keyOf={({ actionId }) => actionId}
              empty="Nobody has acted yet."
              columns={[
                { head: 'When (ET)', cell: ({ at }) => eastern(at) },
                { head: 'Who', cell: ({ actor, role }) => `${actor} (${role})` },
                { head: 'What', cell: ({ verb }) => verb },
                { head: 'On', cell: ({ subject }) => <span className="mono">{subject}</span> },
                { head: 'Reason', wrap: true, cell: ({ reason }) => reason },
              ]}
            />
          )}
        </Fetched>
      </Panel>
      <br />
      <Panel title="Dead letters: records that a service could not read or process">
        <Fetched query={letters}>
          {({ items }) => (
            <DataTable
              rows={items}
              keyOf={({ deadLetterId }) => deadLetterId}
              empty="There is none."
              columns={[
                { head: 'When (ET)', cell: ({ at }) => eastern(at) },
                { head: 'Service', cell: ({ service }) => service },
                {
                  head: 'Where',
                  cell: ({ topic, partition, offset }) => (
                    <span className="mono">{`${topic}/${partition}/${offset}`}</span>
                  ),
                },
                { head: 'Code', cell: ({ code }) => code },
                { head: 'Why', wrap: true, cell: ({ text }) => text },
              ]}
            />
          )}
        </Fetched>
      </Panel>
    </Page>
  );
}
