import { useStore } from '../../store.ts';
import { overviewStore } from '../live/stores.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern } from '../parts/words.ts';

export function SessionsPage() {
  const overview = useStore(overviewStore);
  return (
    <Page title="Sessions">
      <div className="panel">
        <DataTable
          rows={overview?.sessions ?? []}
          keyOf={({ sessionId }) => sessionId}
          empty="No session has been seen yet."
          columns={[
            { head: 'State', cell: ({ state }) => <State of={state} /> },
            { head: 'Session', cell: ({ sessionId }) => <b>{sessionId}</b> },
            { head: 'With', cell: ({ role }) => (role === 'facility' ? 'a facility' : 'a trading system') },
            { head: 'Process', cell: ({ process }) => process },
            { head: 'Since (ET)', cell: ({ since }) => eastern(since) },
            { head: 'Last word', wrap: true, cell: ({ text }) => <span className="quiet">{text}</span> },
          ]}
        />
      </div>
    </Page>
  );
}
