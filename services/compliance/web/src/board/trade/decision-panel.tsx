import type { DecisionView } from '../../contract.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Panel } from '../parts/page.tsx';
import { eastern, easternDay } from '../parts/words.ts';

/** Why it was due then, there, like that: each question the rulebook was asked, and the clause that answered. */
export function DecisionPanel({ decision }: { readonly decision: DecisionView }) {
  return (
    <Panel title={`Why it was due then · rulebook ${decision.rulebookVersion}`}>
      <p>
        {decision.reportable ? (
          <>
            Due by{' '}
            <b className="num">
              {easternDay(decision.dueAt)} {eastern(decision.dueAt, 9)} ET
            </b>{' '}
            under <b>{decision.clause}</b>
            {decision.asOf ? ', as/of' : ''}. <Certainty of={decision.certainty} />
          </>
        ) : (
          <>
            Not reportable under <b>{decision.clause}</b>. <Certainty of={decision.certainty} />
          </>
        )}
      </p>
      <p className="quiet">
        {decision.facilityReason} {decision.reportingSideReason}
      </p>
      <DataTable
        rows={decision.trace.map((step, index) => ({ ...step, index }))}
        keyOf={({ index, ruleId }) => `${index}${ruleId}`}
        empty="No trace."
        columns={[
          { head: 'Question', wrap: true, cell: ({ question }) => question },
          { head: 'Answer', wrap: true, cell: ({ answer }) => <b>{answer}</b> },
          { head: 'Clause', cell: ({ clause }) => clause },
          { head: 'Certainty', cell: ({ certainty }) => <Certainty of={certainty} /> },
          { head: 'Rule', cell: ({ ruleId }) => <span className="mono quiet">{ruleId}</span> },
          { head: 'From', wrap: true, cell: ({ inputs }) => <span className="quiet">{inputs}</span> },
        ]}
      />
    </Panel>
  );
}

const TONE = { verified: 'calm', derived: 'half', assumed: 'near' } as const;

function Certainty({ of }: { readonly of: keyof typeof TONE }) {
  return <span className={`state ${TONE[of]}`}>{of}</span>;
}
