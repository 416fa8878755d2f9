import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { errorText, ProblemError } from '../../api/problem.ts';
import { read } from '../../api/request.ts';
import type { RulebookAnswer } from '../../contract.ts';
import { useStore } from '../../store.ts';
import { overviewStore } from '../live/stores.ts';
import { Certainty } from '../parts/certainty.tsx';
import { Panel } from '../parts/page.tsx';
import { TraceTable } from '../parts/trace-table.tsx';
import { eastern, easternDay, FACILITY } from '../parts/words.ts';

const CLASSES = [
  { value: 'NMS', label: 'NMS stock' },
  { value: 'OTC_EQUITY', label: 'OTC equity' },
  { value: 'RESTRICTED_144A', label: 'Restricted (144A)' },
  { value: 'DPP', label: 'Direct participation program' },
];

interface Asked {
  readonly facility: string;
  readonly symbolClass: string;
  readonly executedAt: string;
}

/** A trade that need not exist: when would it be due, with which marks, under which clause. */
export function AskForm() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const today = useStore(overviewStore)?.serverNow ?? null;
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    setAsked({
      facility: text('facility'),
      symbolClass: text('symbolClass'),
      executedAt: `${text('date')} ${text('time')}`,
    });
  };
  return (
    <Panel title="When would it be due?">
      <form className="filters" onSubmit={ask}>
        <NativeSelect
          name="facility"
          label="Facility"
          data={Object.entries(FACILITY).map(([value, label]) => ({ value, label }))}
        />
        <NativeSelect name="symbolClass" label="Security" data={CLASSES} />
        <TextInput
          name="date"
          type="date"
          label="Executed on"
          required
          key={today === null ? '' : easternDay(today)}
          defaultValue={today === null ? '' : easternDay(today)}
        />
        <TextInput name="time" type="time" step={1} label="at, Eastern" required defaultValue="18:45" />
        <Button type="submit" size="xs">
          Ask
        </Button>
      </form>
      {asked !== null && <Answer asked={asked} />}
    </Panel>
  );
}

function Answer({ asked }: { readonly asked: Asked }) {
  const query = useQuery({
    queryKey: ['rulebook', 'answer', asked],
    queryFn: ({ signal }) => read<RulebookAnswer>('/rulebook/answer', { ...asked }, signal),
    retry: false,
  });
  if (query.isError) return <p role="alert">{refusal(query.error)}</p>;
  if (query.data === undefined) return <p className="quiet">…</p>;
  const { reportable, opensAt, dueAt, asOf, modifiers, clause, certainty, trace } = query.data;
  return (
    <div aria-live="polite">
      <p>
        {reportable && dueAt !== null && opensAt !== null ? (
          <>
            Due by{' '}
            <b className="num">
              {easternDay(dueAt)} {eastern(dueAt, 9)} ET
            </b>
            , taken from{' '}
            <span className="num">
              {easternDay(opensAt)} {eastern(opensAt, 0)}
            </span>
            {asOf ? ', as/of' : ''},{' '}
            {modifiers.length === 0 ? 'without a mark' : `with ${modifiers.join(' and ')}`}, under{' '}
            <b>{clause}</b>. <Certainty of={certainty} />
          </>
        ) : (
          <>
            Not to be reported there, under <b>{clause}</b>. <Certainty of={certainty} />
          </>
        )}
      </p>
      <TraceTable trace={trace} />
    </div>
  );
}

/** The rulebook says which part of the question it cannot answer, and what to do. */
function refusal(error: Error): string {
  const issues = error instanceof ProblemError ? error.issues : [];
  return issues.length === 0
    ? errorText(error)
    : issues.map(({ message, action }) => `${message} ${action}`).join(' ');
}
