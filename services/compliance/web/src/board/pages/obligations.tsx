import { useStore } from '../../store.ts';
import { obligationsStore } from '../live/stores.ts';
import { Countdown } from '../parts/countdown.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern, facilityName, sideName } from '../parts/words.ts';

export function ObligationsPage() {
  const page = useStore(obligationsStore);
  if (page === null) return <Empty>Waiting for the open obligations …</Empty>;
  return (
    <Page
      title="Open obligations"
      end={
        <span className="quiet num">
          {page.total} open, nearest deadline first · <a href="/api/export/obligations.csv">CSV</a>
        </span>
      }
    >
      <div className="panel">
        <DataTable
          rows={page.items}
          keyOf={({ executionId }) => executionId}
          to={({ executionId }) => `/trades/${executionId}`}
          empty="Nothing is open: every report that is due has been accepted."
          columns={[
            {
              head: 'Time left',
              cell: ({ dueAtMs, windowMs }) => <Countdown dueAtMs={dueAtMs} windowMs={windowMs} />,
            },
            { head: 'Due (ET)', cell: ({ dueAt }) => eastern(dueAt) },
            { head: 'Held by', cell: ({ stage, holder }) => <span title={holder ?? ''}>{stage}</span> },
            { head: 'State', cell: ({ state }) => <State of={state} /> },
            { head: 'Symbol', cell: ({ symbol }) => symbol },
            { head: 'Side', cell: ({ side }) => sideName(side) },
            { head: 'Quantity', align: 'right', cell: ({ quantity }) => quantity },
            { head: 'Price', align: 'right', cell: ({ price }) => price },
            { head: 'Facility', cell: ({ facility }) => facilityName(facility) },
            {
              head: 'Why',
              wrap: true,
              cell: ({ cause, holder }) => <span className="quiet">{cause ?? holder}</span>,
            },
          ]}
        />
      </div>
    </Page>
  );
}
