/**
 * What comes over `GET /api/live` (server-sent events). Event names are the keys of `LIVE_EVENTS`; `data` is JSON.
 * `id` is the sequence number; a gap cannot happen inside one connection without a `resync`.
 */
import { type Static, Type } from 'typebox';
import { Obligation } from './obligations.ts';
import { Overview } from './overview.ts';
import { Count, EpochMs, OneOf } from './scalars.ts';
import { TradeRow } from './trades.ts';

const Ids = Type.Array(Type.String());

/** First on every connection: fetch the lists after it, then apply what follows. */
export const LiveHello = Type.Object({
  serverNowMs: EpochMs,
  heartbeatMs: Type.Integer({
    description: 'Something comes at least this often; silence for three times means: reconnect',
  }),
  overview: Overview,
});
export type LiveHello = Static<typeof LiveHello>;

/** At most ten a second, and none while nothing changes. */
export const LiveChange = Type.Object({
  seq: Count,
  serverNowMs: EpochMs,
  overview: Overview,
  /** Apply as a set keyed by execution id: put `changed`, drop `removed`. `truncated`: there was more, fetch the list. */
  obligations: Type.Object({ changed: Type.Array(Obligation), removed: Ids, truncated: Type.Boolean() }),
  /** Newest states of trades that changed, at most 100; the rest of a burst is left out (`truncated`). */
  trades: Type.Object({ changed: Type.Array(TradeRow), truncated: Type.Boolean() }),
  /** Ids of what changed; fetch what is on the screen. `*` alone means: too many to name. */
  repairs: Ids,
  inDoubt: Ids,
  alerts: Ids,
  catFiles: Ids,
  deadLetters: Ids,
});
export type LiveChange = Static<typeof LiveChange>;

/** Sent when nothing else was for `heartbeatMs`; keeps the countdown's clock and the lag honest. */
export const LiveHeartbeat = Type.Object({ serverNowMs: EpochMs, overview: Overview });
export type LiveHeartbeat = Static<typeof LiveHeartbeat>;

/** Messages for this client were dropped (it read too slowly) or the read model was rebuilt: fetch everything anew. */
export const LiveResync = Type.Object({ serverNowMs: EpochMs, reason: OneOf(['SLOW_CLIENT', 'REBUILT']) });
export type LiveResync = Static<typeof LiveResync>;

/** Last on a connection whose sign-in has ended; do not reconnect, sign in. */
export const LiveSignedOut = Type.Object({ serverNowMs: EpochMs });
export type LiveSignedOut = Static<typeof LiveSignedOut>;

export const LIVE_EVENTS = {
  hello: LiveHello,
  change: LiveChange,
  heartbeat: LiveHeartbeat,
  resync: LiveResync,
  signedOut: LiveSignedOut,
} as const;
export type LiveEventName = keyof typeof LIVE_EVENTS;
