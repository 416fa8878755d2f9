import type { Facility } from '../facility.ts';
import { type Certainty, clauseFor, type Entry, weakest } from '../rulebook/entry.ts';
import type { DecisionStep } from './decision.ts';

/** The steps of one decision as they are taken. `weigh` is how sure the answer is so far. */
export class Trace {
  readonly facility: Facility;
  /** What is known of the event, repeated in each step that used it. */
  readonly inputs: string;
  readonly steps: DecisionStep[] = [];
  certainty: Certainty = 'verified';

  constructor(facility: Facility, inputs: string) {
    this.facility = facility;
    this.inputs = inputs;
  }

  /** Notes a step; `certainty` defaults to the entry's own. */
  note(question: string, answer: string, rule: Entry, certainty: Certainty = rule.certainty): void {
    this.steps.push({
      question,
      answer,
      ruleId: rule.id,
      clause: clauseFor(rule, this.facility),
      certainty,
      inputs: this.inputs,
    });
  }

  /** Notes a step on which the answer rests: the whole is only as sure as the weakest of these. */
  rest(question: string, answer: string, rule: Entry, certainty: Certainty = rule.certainty): void {
    this.note(question, answer, rule, certainty);
    this.certainty = weakest(this.certainty, certainty);
  }
}
