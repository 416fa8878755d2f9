import type { Ns } from '@tapeclock/domain';

/** What a pattern may count. */
export const FACTS = ['message', 'execution', 'acceptance', 'rejection', 'stamp'] as const;
export type Fact = (typeof FACTS)[number];

/** What an alert may be raised for, each on its own. */
export const LABELS = ['desk', 'mpid', 'facility', 'code', 'host'] as const;
export type Label = (typeof LABELS)[number];

/** Yes or no, by what happened. */
export const FLAGS = ['late', 'cancel', 'duplicate', 'timeStands'] as const;
/** Whole microseconds: from execution to receipt, negative when it was executed later; the host's offset to its time source, without sign. */
export const MEASURES_US = ['lagUs', 'offsetUs'] as const;
export type Field = (typeof FLAGS)[number] | (typeof MEASURES_US)[number];

/** One thing that happened, as far as patterns are concerned. */
export interface Observation {
  readonly fact: Fact;
  readonly atNs: Ns;
  /** When the log took it. */
  readonly arrivedNs: Ns;
  readonly labels: Readonly<Partial<Record<Label, string>>>;
  readonly fields: Readonly<Partial<Record<Field, boolean | number>>>;
}
