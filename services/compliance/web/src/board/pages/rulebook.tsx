import { NativeSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RulebookView } from '../../contract.ts';
import { Certainty } from '../parts/certainty.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Fetched, Page } from '../parts/page.tsx';
import { AskForm } from '../rulebook/ask-form.tsx';
import { searchable, searchEntries } from '../rulebook/search-entries.ts';
import { useRulebook } from '../rulebook/use-rulebook.ts';

/** The rules as they decide: to ask, to search, to read. */
export function RulebookPage() {
  const query = useRulebook();
  return (
    <Page
      title="Rulebook"
      end={
        query.data !== undefined && (
          <span className="quiet num">
            version {query.data.version} · {query.data.effectiveFrom} to {query.data.effectiveTo}
          </span>
        )
      }
    >
      <AskForm />
      <Fetched query={query}>{(view) => <Entries view={view} />}</Fetched>
    </Page>
  );
}

function Entries({ view }: { readonly view: RulebookView }) {
  const [search, setSearch] = useState('');
  const [certainty, setCertainty] = useState('');
  const all = useMemo(() => searchable(view), [view]);
  const found = useMemo(() => searchEntries(all, search, certainty), [all, search, certainty]);
  return (
    <>
      <div className="filters">
        <TextInput
          id="search"
          label="Search"
          placeholder="friday 18:45, 6282, half day …"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect
          label="Certainty"
          value={certainty}
          onChange={(event) => setCertainty(event.currentTarget.value)}
          data={[{ value: '', label: 'All' }, 'verified', 'derived', 'assumed']}
        />
        <span className="quiet num" aria-live="polite">
          {found.length} of {all.length} entries
        </span>
      </div>
      <div className="panel">
        <DataTable
          rows={found}
          keyOf={({ id }) => id}
          to={({ id }) => `/rulebook/${id}`}
          empty="No entry has all of these words."
          columns={[
            { head: 'Certainty', cell: (entry) => <Certainty of={entry.certainty} /> },
            { head: 'What it says', wrap: true, cell: ({ sentence }) => sentence },
            { head: 'Clause', cell: ({ clauses }) => clauses.map(({ clause }) => clause).join(', ') },
            { head: 'From', cell: ({ effectiveFrom }) => effectiveFrom },
            { head: 'To', cell: ({ effectiveTo }) => effectiveTo ?? '' },
            { head: 'Entry', cell: ({ id }) => <span className="mono quiet">{id}</span> },
          ]}
        />
      </div>
    </>
  );
}
