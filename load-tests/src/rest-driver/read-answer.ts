/** How executions are handed in: one by one, as a JSON list, or as an NDJSON file. */
export const FORMS = ['single', 'batch', 'upload'] as const;
export type Form = (typeof FORMS)[number];

/** An answer of the REST ingest, as far as the account needs it. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

export type KnownFate = 'taken' | 'refused';

/** What one answer says of the records of its request, in their order. `unknown`: it does not say. */
export interface Reading {
  readonly fates: readonly (KnownFate | 'unknown')[];
  /** 429 or 503: refused for now, whatever the records are. */
  readonly isTemporary: boolean;
  /** Whole seconds, of 429 and 503; null where the header is missing or no number. */
  readonly retryAfterSeconds: number | null;
  /** `202`, or status and the problem's code: `429 RATE_LIMITED`. */
  readonly label: string;
}

interface Body {
  readonly code?: string;
  readonly results?: readonly { readonly index: number; readonly status: string }[];
  readonly records?: number;
  /** How far an upload had come when it was stopped. */
  readonly taken?: { readonly records: number; readonly refused: number; readonly conflict: number };
}

type Fate = Reading['fates'][number];

/** With one of these the gateway says that it has taken nothing of the request, or of its rest. */
const REFUSALS = new Set([400, 401, 409, 413, 415, 422, 429, 503]);
const TEMPORARY = new Set([429, 503]);
const TAKEN = new Set(['accepted', 'duplicate']);

/** Reads what became of `count` records. Only what the answer says for certain counts as taken or refused. */
export function readAnswer(form: Form, count: number, answer: Answer): Reading {
  const body = bodyOf(answer.body);
  const problem = answer.status >= 400 && body.code !== undefined ? ` ${body.code}` : '';
  return {
    fates: form === 'batch' ? ofBatch(count, answer, body) : ofOthers(form, count, answer, body),
    isTemporary: TEMPORARY.has(answer.status),
    retryAfterSeconds:
      answer.retryAfter !== null && /^\d+$/.test(answer.retryAfter) ? Number(answer.retryAfter) : null,
    label: `${answer.status}${problem}`,
  };
}

/**
 * The fates that an answer settles, or null when it leaves any open. After a try without an answer (`isInDoubt`) being
 * refused for now says nothing: the first try may have been taken.
 */
export function fatesFrom(reading: Reading, isInDoubt: boolean): readonly KnownFate[] | null {
  if (isInDoubt && reading.isTemporary) return null;
  const known = reading.fates.filter((fate) => fate !== 'unknown');
  return known.length === reading.fates.length ? known : null;
}

function ofBatch(count: number, { status }: Answer, { results }: Body): Fate[] {
  if (results === undefined) return all(count, REFUSALS.has(status) ? 'refused' : 'unknown');
  const fates = all(count, 'unknown');
  for (const result of results) fates[result.index] = TAKEN.has(result.status) ? 'taken' : 'refused';
  return fates;
}

function ofOthers(form: Form, count: number, { status }: Answer, body: Body): Fate[] {
  if (status === 202 && (form === 'single' || body.records === count)) {
    const fates = all(count, 'taken');
    for (const result of body.results ?? []) if (!TAKEN.has(result.status)) fates[result.index] = 'refused';
    return fates;
  }
  if (!REFUSALS.has(status)) return all(count, 'unknown');
  const { taken } = body;
  if (taken === undefined) return all(count, 'refused');
  // A file is taken from its start; which records of that part were refused for themselves is not told.
  const before: Fate = taken.refused + taken.conflict === 0 ? 'taken' : 'unknown';
  return Array.from({ length: count }, (_, index) => (index < taken.records ? before : 'refused'));
}

function bodyOf(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}

function all(count: number, fate: Fate): Fate[] {
  return Array.from({ length: count }, () => fate);
}
