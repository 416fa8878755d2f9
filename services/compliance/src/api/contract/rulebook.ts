import { type Static, Type } from 'typebox';
import { FacilityName, Instant, Nullable, OneOf } from './scalars.ts';
import { TraceStep } from './trades.ts';

const Certainty = OneOf(['verified', 'derived', 'assumed'], 'How sure the rulebook is');
const EasternDate = Type.String({ description: 'Eastern date, YYYY-MM-DD' });

/** One statement of the rulebook, as a person reads it. */
export const RulebookEntry = Type.Object({
  id: Type.String(),
  subject: Type.String({ description: 'What it speaks of: deadlines, hours, calendar, …' }),
  sentence: Type.String(),
  note: Nullable(Type.String({ description: 'What is open, what would change our mind, whom to ask' })),
  clauses: Type.Array(Type.Object({ clause: Type.String(), facilities: Type.Array(FacilityName) }), {
    description: 'No facility: the same clause for all that it speaks of',
  }),
  sources: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), where: Type.String() })),
  certainty: Certainty,
  effectiveFrom: EasternDate,
  effectiveTo: Nullable(EasternDate),
  file: Type.String({ description: 'Where it stands below rulebook/' }),
  facts: Type.Array(Type.Object({ name: Type.String(), value: Type.String() }), {
    description: 'What it says beyond its sentence, as text',
  }),
  vectors: Type.Array(Type.String(), { description: 'Ids of the test vectors that it answers' }),
});
export type RulebookEntry = Static<typeof RulebookEntry>;

/** An expected decision that stands beside the rules and is tried by every run of the tests. */
export const RulebookVector = Type.Object({
  id: Type.String(),
  why: Type.String(),
  file: Type.String(),
  given: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  expect: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
});
export type RulebookVector = Static<typeof RulebookVector>;

export const RulebookView = Type.Object({
  version: Type.String(),
  effectiveFrom: EasternDate,
  effectiveTo: EasternDate,
  sentence: Type.String(),
  entries: Type.Array(RulebookEntry),
  vectors: Type.Array(RulebookVector),
});
export type RulebookView = Static<typeof RulebookView>;

const When = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'RFC 3339 instant, or the wall in New York: `2026-03-06 18:45`',
});

/** A question as `tapeclock explain` takes it. */
export const RulebookQuestion = Type.Object(
  {
    facility: FacilityName,
    symbolClass: OneOf(['NMS', 'OTC_EQUITY', 'RESTRICTED_144A', 'DPP']),
    executedAt: When,
    kind: Type.Optional(OneOf(['new', 'cancel', 'correct', 'reversal', 'contra'])),
    eventAt: Type.Optional(When),
    reportedAt: Type.Optional(When),
  },
  { additionalProperties: false },
);
export type RulebookQuestion = Static<typeof RulebookQuestion>;

export const RulebookAnswer = Type.Object({
  reportable: Type.Boolean(),
  opensAt: Nullable(Instant),
  dueAt: Nullable(Instant),
  asOf: Type.Boolean(),
  modifiers: Type.Array(Type.String({ description: '<field>:<letter>' })),
  clause: Type.String(),
  certainty: Certainty,
  action: Type.String(),
  ruleId: Type.String(),
  trace: Type.Array(TraceStep),
  story: Type.String({ description: 'The same for the file, as `tapeclock explain` prints it' }),
});
export type RulebookAnswer = Static<typeof RulebookAnswer>;
