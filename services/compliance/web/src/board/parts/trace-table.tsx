import type { RulebookAnswer } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { Certainty } from './certainty.tsx';
import { DataTable } from './data-table.tsx';

/** Each question the rulebook was asked, and the entry that answered. */
export function TraceTable({ trace }: { readonly trace: RulebookAnswer['trace'] }) {
  return (
    <DataTable
      rows={trace.map((step, index) => ({ ...step, index }))}
      keyOf={({ index, ruleId }) => `${index}${ruleId}`}
      empty="No trace."
      columns={[
        { head: 'Question', wrap: true, cell: ({ question }) => question },
        { head: 'Answer', wrap: true, cell: ({ answer }) => <b>{answer}</b> },
        { head: 'Clause', cell: ({ clause }) => clause },
        { head: 'Certainty', cell: ({ certainty }) => <Certainty of={certainty} /> },
        { head: 'Rule', cell: ({ ruleId }) => <RuleLink id={ruleId} /> },
        { head: 'From', wrap: true, cell: ({ inputs }) => <span className="quiet">{inputs}</span> },
      ]}
    />
  );
}

/** Entries of the rulebook are written in capitals; what else answers (routing, reference data) has no page of its own. */
function RuleLink({ id }: { readonly id: string }) {
  return /^[A-Z0-9-]+$/.test(id) ? (
    <Link className="mono" to={`/rulebook/${id}`}>
      {id}
    </Link>
  ) : (
    <span className="mono quiet">{id}</span>
  );
}
