import type { FixMessage } from '../codec/index.ts';
import { MsgType, Tag } from '../tags.ts';
import { logoutAndDisconnect, type Turn, transmit } from './turn.ts';

const REQUESTS_MAX = 3;

/** Keeps a message that came too early. Beyond the bound it is dropped: the resend brings it again. */
export function hold(turn: Turn, seq: number, message: FixMessage | null): void {
  const { draft } = turn;
  const byteCount = message?.bytes.length ?? 0;
  if (draft.held.has(seq)) return;
  if (draft.held.size >= draft.config.heldMessagesMax) return;
  if (draft.heldBytes + byteCount > draft.config.heldBytesMax) return;
  draft.held = new Map(draft.held).set(seq, message?.detached() ?? null);
  draft.heldBytes += byteCount;
}

/** Asks once for everything from the first missing message on; a gap already asked for only grows. */
export function askForGap(turn: Turn, seenSeq: number): void {
  const { draft, now } = turn;
  if (draft.gap !== null) {
    if (seenSeq > draft.gap.upTo) draft.gap = { ...draft.gap, upTo: seenSeq };
    return;
  }
  draft.gap = { upTo: seenSeq, progressNs: now.monotonicNs, requestCount: 1 };
  request(turn, seenSeq);
}

/** The peer did not deliver: ask again a few times, then give up on this connection. */
export function gapTimedOut(turn: Turn): void {
  const { draft, now } = turn;
  const { gap } = draft;
  if (gap === null) return;
  if (gap.requestCount >= REQUESTS_MAX) {
    const text = `messages from ${draft.expectedIn} on were not sent again after ${REQUESTS_MAX} requests`;
    logoutAndDisconnect(turn, 'GAP_NOT_FILLED', text);
    return;
  }
  draft.gap = { ...gap, progressNs: now.monotonicNs, requestCount: gap.requestCount + 1 };
  request(turn, gap.upTo);
}

function request(turn: Turn, upTo: number): void {
  const from = turn.draft.expectedIn;
  // EndSeqNo 0 means "and all that follow".
  transmit(turn, {
    msgType: MsgType.ResendRequest,
    fields: [
      [Tag.BeginSeqNo, from],
      [Tag.EndSeqNo, 0],
    ],
  });
  turn.outputs.push({ kind: 'gap', from, upTo });
}

/** Moves on to `next`; what was held below it is superseded, and a gap that ends before it is closed. */
export function advanceTo(turn: Turn, next: number): void {
  const { draft, now } = turn;
  draft.expectedIn = next;
  if (draft.gap !== null) {
    draft.gap = next > draft.gap.upTo ? null : { ...draft.gap, progressNs: now.monotonicNs };
  }
}

/** Takes out the held message that is now due; `undefined` where it has not come. */
export function releaseHeld(turn: Turn): FixMessage | null | undefined {
  const { draft } = turn;
  if (draft.held.size === 0) return undefined;
  const message = draft.held.get(draft.expectedIn);
  const isStale = (seq: number) => seq < draft.expectedIn;
  if (message === undefined && ![...draft.held.keys()].some(isStale)) return undefined;
  const rest = new Map(draft.held);
  for (const seq of draft.held.keys()) {
    if (isStale(seq) || seq === draft.expectedIn) rest.delete(seq);
  }
  draft.held = rest;
  draft.heldBytes = [...rest.values()].reduce((sum, held) => sum + (held?.bytes.length ?? 0), 0);
  return message;
}
