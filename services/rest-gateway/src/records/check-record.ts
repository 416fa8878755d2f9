import type { Issue } from '@tapeclock/domain';
import { Compile } from 'typebox/compile';
import { type RecordBody, RecordSchema } from './record-schema.ts';

const validator = Compile(RecordSchema);

/** The record, or every complaint about its shape. What the values mean is judged by enrichment, not here. */
export function checkRecord(value: unknown): RecordBody | readonly Issue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [issue('', value, 'a record is an object', 'Send one JSON object per execution.')];
  }
  if (!validator.Check(value)) return shapeIssues(value as Record<string, unknown>);
  const body = value as RecordBody;
  const needsRef = body.action === 'CANCEL' || body.action === 'CORRECT';
  if (needsRef && (body.refExecutionId ?? null) === null) {
    return [
      issue('refExecutionId', null, `a ${body.action} must name what it refers to`, 'Add refExecutionId.'),
    ];
  }
  return body;
}

function shapeIssues(value: Record<string, unknown>): Issue[] {
  const issues = new Map<string, Issue>();
  for (const error of validator.Errors(value)) {
    const params = error.params as {
      readonly requiredProperties?: readonly string[];
      readonly additionalProperties?: readonly string[];
    };
    const named = params.requiredProperties ??
      params.additionalProperties ?? [error.instancePath.split('/')[1] ?? ''];
    for (const field of named) {
      if (!issues.has(field)) issues.set(field, issueOf(field, value[field], params));
    }
  }
  return [...issues.values()];
}

function issueOf(
  field: string,
  value: unknown,
  params: { readonly requiredProperties?: unknown; readonly additionalProperties?: unknown },
): Issue {
  if (params.requiredProperties !== undefined)
    return issue(field, undefined, `${field} is missing`, `Add ${field}.`);
  if (params.additionalProperties !== undefined) {
    return issue(field, value, `there is no field called ${field}`, 'Remove it, or mend its name.');
  }
  if (typeof value === 'number') {
    return issue(
      field,
      value,
      `${field} must be text: JSON numbers are floating point`,
      `Send "${value}" in quotes.`,
    );
  }
  if (field === 'executionId' || field === 'refExecutionId') {
    return issue(
      field,
      value,
      `${field} must be 1 to 64 printable characters`,
      'Send the id without spaces or control characters.',
    );
  }
  if (field === 'action')
    return issue(field, value, 'action is NEW, CANCEL or CORRECT', 'Send one of these.');
  return issue(field, value, `${field} must be text of at most 200 characters`, 'Send it as text.');
}

function issue(field: string, value: unknown, message: string, action: string): Issue {
  const shown =
    value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return { code: 'RECORD_SHAPE', field, value: shown.slice(0, 200), message, action };
}
