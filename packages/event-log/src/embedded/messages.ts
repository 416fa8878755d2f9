import type { LogPosition, TopicDeclaration } from '../event-log.ts';
import type { GroupEvent, GroupState } from '../group/group-state.ts';
import type { PlainLogError } from './disk-error.ts';

/** What the writing thread is started with. */
export interface WriterData {
  readonly directory: string;
  readonly topics: readonly TopicDeclaration[];
}

/** To the writing thread. `topic` is an index into the declared topics; `id` comes back with the answer. */
export type WriterRequest =
  | { readonly kind: 'append'; readonly id: number; readonly topic: number; readonly packed: ArrayBuffer }
  | { readonly kind: 'apply'; readonly id: number; readonly group: string; readonly event: GroupEvent }
  | {
      readonly kind: 'commit';
      readonly id: number;
      readonly group: string;
      readonly memberId: string;
      readonly session: number;
      readonly positions: readonly LogPosition[];
    }
  | {
      readonly kind: 'committed';
      readonly id: number;
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
    }
  | {
      readonly kind: 'trim';
      readonly id: number;
      readonly topic: number;
      readonly partition: number;
      readonly beforeOffset: bigint;
      /** Trim also what a group has not read yet. */
      readonly force: boolean;
      readonly rowsMax: number;
    }
  | {
      readonly kind: 'limitPages';
      readonly id: number;
      readonly topic: number;
      readonly pagesMax: number | null;
    }
  | { readonly kind: 'close'; readonly id: number };

/** What each request is answered with when it succeeds. */
export interface WriterResults {
  append: { readonly runs: BigInt64Array<ArrayBuffer>; readonly total: bigint };
  apply: { readonly state: GroupState; readonly fenced: boolean };
  commit: null;
  committed: bigint | null;
  trim: number;
  limitPages: null;
  close: null;
}

export type WriterAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly error: PlainLogError }
  | { readonly kind: 'done'; readonly id: number; readonly result: WriterResults[keyof WriterResults] }
  | { readonly kind: 'failed'; readonly id: number; readonly error: PlainLogError };
