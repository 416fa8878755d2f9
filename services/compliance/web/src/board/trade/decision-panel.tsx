import type { DecisionView } from '../../contract.ts';
import { Certainty } from '../parts/certainty.tsx';
import { Panel } from '../parts/page.tsx';
import { TraceTable } from '../parts/trace-table.tsx';
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
      <TraceTable trace={decision.trace} />
    </Panel>
  );
}
