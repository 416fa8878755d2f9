import type { EventCodec } from '@tapeclock/schemas';
import type { Part } from '../world/layout.ts';
import type { PreparePart, ServiceSettings } from '../world/parts.ts';
import { acknowledgeBeforeDurable } from './acknowledge-before-durable.ts';
import { loseTimersOnRestart } from './lose-timers-on-restart.ts';
import { resendUnknownOutcome } from './resend-unknown-outcome.ts';
import { SHORT_MEMORY } from './short-memory.ts';
import { skipIntent } from './skip-intent.ts';

/** A bug planted at a seam of the world; the product's code stays as it is. */
export interface Mutation {
  readonly name: string;
  readonly text: string;
  readonly alter?: (part: Part, start: PreparePart, codec: EventCodec) => PreparePart;
  readonly settings?: ServiceSettings;
}

/** Five bugs of the kinds that the design is there to prevent. The simulation must find every one. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'acknowledge-before-durable',
    text: 'the gateway takes a message without waiting for the log',
    alter: (part, start) => (part === 'gateway' ? acknowledgeBeforeDurable(start) : start),
  },
  {
    name: 'resend-unknown-outcome',
    text: 'after a restart the reporter sends what it does not know the outcome of once more, as new',
    alter: (part, start, codec) => (part === 'reporter' ? resendUnknownOutcome(start, codec) : start),
  },
  {
    name: 'skip-intent',
    text: 'bytes leave without an intent on the log',
    alter: (part, start, codec) => (part === 'reporter' ? skipIntent(start, codec) : start),
  },
  {
    name: 'lose-timers-on-restart',
    text: 'the tracker does not rebuild the open obligations',
    alter: (part, start) => (part === 'tracker' ? loseTimersOnRestart(start) : start),
  },
  {
    name: 'short-memory',
    text: 'a consumer forgets what it has seen before its input can no longer come again',
    settings: SHORT_MEMORY,
  },
];
