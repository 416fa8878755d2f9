import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/request.ts';
import { useOfficer } from '../../api/session.ts';
import type { RepairDetail } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { Countdown } from '../parts/countdown.tsx';
import { Fetched, Page, Panel } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { RepairForm } from '../repair/repair-form.tsx';
import { Raw } from '../trade/raw-messages.tsx';

export function RepairPage({ repairId }: { readonly repairId: string }) {
  const query = useQuery({
    queryKey: ['repairs', 'one', repairId],
    queryFn: ({ signal }) => read<RepairDetail>(`/repairs/${encodeURIComponent(repairId)}`, {}, signal),
  });
  return <Fetched query={query}>{(detail) => <Detail detail={detail} />}</Fetched>;
}

function Detail({ detail }: { readonly detail: RepairDetail }) {
  const { repair } = detail;
  const officer = useOfficer();
  return (
    <Page
      title={`Repair ${repair.symbol ?? ''} ${repair.source} ${repair.sourceExecutionId}`}
      end={
        <>
          {repair.dueAtMs !== null && repair.state !== 'CLOSED' && (
            <Countdown dueAtMs={repair.dueAtMs} windowMs={10_000} />
          )}{' '}
          <State of={repair.state} />
        </>
      }
    >
      {repair.state === 'CLOSED' && (
        <div className="banner mild" role="status">
          <b>
            {repair.resolution === 'RESUBMITTED'
              ? 'Resubmitted'
              : repair.resolution === 'DISCARDED'
                ? 'Discarded'
                : 'Superseded'}
          </b>
          {repair.actor === null ? '' : ` by ${repair.actor}`}
          {repair.reason === null ? '' : `: ${repair.reason}`}.{' '}
          {repair.executionId !== null && <Link to={`/trades/${repair.executionId}`}>See the trade</Link>}
        </div>
      )}
      {repair.state === 'PENDING' && (
        <div className="banner mild" role="status">
          <b>Under way.</b> The act is on the record; the pipeline has not settled it yet.
        </div>
      )}
      <div className="grid2">
        <Panel title="What is wrong, and what to do">
          <ol className="trail">
            {repair.issues.map((issue) => (
              <li key={`${issue.code}${issue.field}`}>
                <span className="mono">{issue.field || 'record'}</span>
                <span>
                  <b>{issue.message}</b>
                  {issue.value !== '' && <span className="mono"> “{issue.value}”</span>}
                  <br />
                  <span className="quiet">
                    {issue.action} <span className="mono">{issue.code}</span>
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </Panel>
        <Panel title={`The original, as it came (${detail.original.format})`}>
          <Raw raw={detail.original} />
        </Panel>
      </div>
      <Panel title={officer === null ? 'Fields (your role may look but not act)' : 'Fields'}>
        <RepairForm key={repair.state} detail={detail} mayAct={officer !== null && repair.state === 'OPEN'} />
      </Panel>
    </Page>
  );
}
