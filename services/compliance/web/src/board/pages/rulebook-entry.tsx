import type { RulebookEntry, RulebookVector, RulebookView } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { Certainty } from '../parts/certainty.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Empty, Fetched, Page, Panel } from '../parts/page.tsx';
import { facilityName } from '../parts/words.ts';
import { useRulebook } from '../rulebook/use-rulebook.ts';

/** One entry: what it says, what that rests on, and the cases that hold it to it. */
export function RulebookEntryPage({ id }: { readonly id: string }) {
  const query = useRulebook();
  return (
    <Page title={id} end={<Link to="/rulebook">Rulebook</Link>}>
      <Fetched query={query}>
        {(view) => {
          const entry = view.entries.find((one) => one.id === id);
          return entry === undefined ? (
            <Empty>The rulebook in force has no entry {id}.</Empty>
          ) : (
            <Entry entry={entry} view={view} />
          );
        }}
      </Fetched>
    </Page>
  );
}

function Entry({ entry, view }: { readonly entry: RulebookEntry; readonly view: RulebookView }) {
  const tried = view.vectors.filter(({ id }) => entry.vectors.includes(id));
  return (
    <>
      <section className="panel">
        <p>
          <b>{entry.sentence}</b> <Certainty of={entry.certainty} />
        </p>
        {entry.note !== null && <p className="quiet">{entry.note}</p>}
        <dl className="kv">
          {entry.clauses.map(({ clause, facilities }) => (
            <Fact key={clause} name={facilities.map(facilityName).join(', ') || 'Clause'} value={clause} />
          ))}
          <Fact
            name="In force"
            value={`${entry.effectiveFrom} to ${entry.effectiveTo ?? 'further notice'}`}
          />
          {entry.facts.map(({ name, value }) => (
            <Fact key={name} name={name} value={value} />
          ))}
          {entry.sources.map(({ id, title, where }) => (
            <Fact key={id} name="Source" value={where === '' ? title : `${title}: ${where}`} />
          ))}
          <Fact name="File" value={`rulebook/${entry.file}`} />
        </dl>
      </section>
      <Panel title={`Cases that try it: ${tried.length}`}>
        <DataTable
          rows={tried}
          keyOf={({ id }) => id}
          empty="No decision rests on it alone; the checks of the rulebook's files hold it."
          columns={[
            { head: 'Case', cell: ({ id }) => <span className="mono quiet">{id}</span> },
            { head: 'Why', wrap: true, cell: ({ why }) => why },
            { head: 'Given', wrap: true, cell: ({ given }) => <Pairs of={given} /> },
            { head: 'Expected', wrap: true, cell: ({ expect }) => <Pairs of={expect} /> },
          ]}
        />
      </Panel>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div style={{ display: 'contents' }}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Pairs({ of }: { readonly of: RulebookVector['given'] }) {
  return <span className="mono quiet">{of.map(({ name, value }) => `${name} ${value}`).join(', ')}</span>;
}
