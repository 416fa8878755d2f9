import { Alert, Button, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { errorText } from '../../api/problem.ts';
import { act } from '../../api/request.ts';
import type { InDoubt, ResolveBody } from '../../contract.ts';
import { queryClient } from '../query-client.ts';

/** What the facility told the officer on the telephone, put on the record. */
export function ResolveDialog({ row, onClose }: { readonly row: InDoubt; readonly onClose: () => void }) {
  const [outcome, setOutcome] = useState<ResolveBody['outcome']>('ACCEPTED');
  const [controlDate, setControlDate] = useState('');
  const [controlNumber, setControlNumber] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body: ResolveBody = {
      outcome,
      reason,
      ...(outcome === 'ACCEPTED' ? { controlDate, controlNumber } : {}),
    };
    try {
      await act('POST', `/in-doubt/${encodeURIComponent(row.reportId)}/resolve`, body);
      await queryClient.invalidateQueries({ queryKey: ['in-doubt'] });
      onClose();
    } catch (failure) {
      setError(errorText(failure));
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Resolve ${row.reportId}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Radio.Group
            label="The facility says"
            value={outcome}
            onChange={(value) => setOutcome(value as ResolveBody['outcome'])}
          >
            <Stack gap={6} mt={6}>
              <Radio value="ACCEPTED" label="It has the report" />
              <Radio value="NOT_RECEIVED" label="It never had the report: it may be sent" />
              <Radio value="REJECTED" label="It refused the report" />
            </Stack>
          </Radio.Group>
          {outcome === 'ACCEPTED' && (
            <>
              <TextInput
                label="Control date (YYYYMMDD)"
                required
                pattern="[0-9]{8}"
                value={controlDate}
                onChange={(event) => setControlDate(event.currentTarget.value)}
              />
              <TextInput
                label="Control number"
                required
                value={controlNumber}
                onChange={(event) => setControlNumber(event.currentTarget.value)}
              />
            </>
          )}
          <Textarea
            label="Who said so, and how"
            required
            minLength={3}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {error !== null && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          <Button type="submit">Put on record</Button>
        </Stack>
      </form>
    </Modal>
  );
}
