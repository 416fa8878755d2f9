import { Alert, Button, Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorText } from '../../api/problem.ts';
import { act } from '../../api/request.ts';
import type { ExecutionFieldName, ExecutionFieldsView, RepairDetail } from '../../contract.ts';
import { queryClient } from '../query-client.ts';

const LABELS: Readonly<Record<ExecutionFieldName, string>> = {
  symbol: 'Symbol',
  side: 'Side (B, S, X)',
  quantity: 'Quantity',
  price: 'Price',
  executedAt: 'Executed at (RFC 3339)',
  mpid: 'Reporting firm',
  contraMpid: 'Contra (C: customer)',
  capacity: 'Capacity (A, P, R)',
  contraCapacity: 'Contra capacity',
  shortSale: 'Short sale (N, S, E)',
  facility: 'Facility (empty: by rule)',
  reportType: 'Report type',
  tradeType: 'Trade type',
  referenceAt: 'Reference time',
  settlement: 'Settlement',
  tradeThrough: 'Trade-through reason',
  executingParty: 'Executing party (Y, N)',
  account: 'Account (FDID)',
  accountHolderType: 'Account holder type',
  orderId: 'Order id',
  orderKeyDate: 'Order time',
  contraOrderId: 'Contra order id',
  clearingFirm: 'Clearing firm',
  branchSequence: 'Branch sequence',
  memo: 'Memo',
};
const NAMES = Object.keys(LABELS) as ExecutionFieldName[];
const REASON_LENGTH_MIN = 3;

/** All fields of the execution with each complaint beside its field; what is sent is the whole, and why. */
export function RepairForm({ detail, mayAct }: { readonly detail: RepairDetail; readonly mayAct: boolean }) {
  const [fields, setFields] = useState<ExecutionFieldsView>(detail.fields);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const complaints = new Map(detail.repair.issues.map((issue) => [issue.field, issue.message]));
  const path = `/repairs/${encodeURIComponent(detail.repair.repairId)}`;

  const send = async (verb: 'resubmit' | 'discard') => {
    setBusy(true);
    setError(null);
    try {
      await act('POST', `${path}/${verb}`, verb === 'resubmit' ? { fields, reason } : { reason });
      await queryClient.invalidateQueries({ queryKey: ['repairs'] });
    } catch (failure) {
      setError(errorText(failure));
    } finally {
      setBusy(false);
    }
  };
  const ready = reason.trim().length >= REASON_LENGTH_MIN && !busy;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send('resubmit');
      }}
    >
      <div className="fields">
        {NAMES.map((name) => (
          <TextInput
            key={name}
            name={name}
            label={LABELS[name]}
            value={fields[name] ?? ''}
            readOnly={!mayAct}
            error={complaints.get(name)}
            {...(fields[name] === detail.fields[name]
              ? {}
              : { description: `was: ${detail.fields[name] ?? 'empty'}` })}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setFields((now) => ({ ...now, [name]: text === '' ? null : text }));
            }}
          />
        ))}
      </div>
      {mayAct && (
        <>
          <Textarea
            mt="sm"
            label="Reason"
            description="Kept in the record for ever"
            required
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {error !== null && (
            <Alert mt="sm" color="red" role="alert">
              {error}
            </Alert>
          )}
          <Group mt="sm">
            <Button type="submit" disabled={!ready} loading={busy}>
              Resubmit
            </Button>
            <Button variant="default" disabled={!ready} onClick={() => void send('discard')}>
              Discard
            </Button>
          </Group>
        </>
      )}
    </form>
  );
}
