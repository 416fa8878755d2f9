import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/request.ts';
import type { CatFilesPage } from '../../contract.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { eastern, easternDay } from '../parts/words.ts';

export function CatPage() {
  const query = useQuery({
    queryKey: ['cat'],
    queryFn: ({ signal }) => read<CatFilesPage>('/cat/files', { limit: '200' }, signal),
  });
  return (
    <Page title="CAT files">
      <div className="panel">
        <Fetched query={query}>
          {(page) => (
            <DataTable
              rows={page.items}
              keyOf={({ fileName }) => fileName}
              empty="No file has been made yet."
              columns={[
                { head: 'State', cell: ({ state }) => <State of={state} /> },
                {
                  head: 'File',
                  wrap: true,
                  cell: ({ fileName }) => <span className="mono">{fileName}</span>,
                },
                { head: 'Trade date', cell: ({ tradeDate }) => tradeDate },
                { head: 'Records', align: 'right', cell: ({ recordCount }) => recordCount },
                { head: 'Submitted (ET)', cell: ({ submittedAt }) => eastern(submittedAt) },
                { head: 'Due', cell: ({ dueAt }) => `${easternDay(dueAt)} ${eastern(dueAt, 0)}` },
                {
                  head: 'Feedback',
                  wrap: true,
                  cell: ({ feedback }) =>
                    feedback.map((answer) => (
                      <div key={answer.feedbackFile} className={answer.rejectedCount > 0 ? 'near' : ''}>
                        {answer.stage.toLowerCase()}: {answer.status}, {answer.acceptedCount} accepted,{' '}
                        {answer.rejectedCount} in error
                      </div>
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
