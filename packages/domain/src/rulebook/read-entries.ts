/** One reader per subject of the rulebook: from a checked JSON object to its entry. */
import { FACILITIES, type Facility, SYMBOL_CLASSES } from '../facility.ts';
import { NS_PER_MINUTE, NS_PER_SECOND } from '../ns.ts';
import { CERTAINTIES, type Entry } from './entry.ts';
import type { FieldReader } from './field-reader.ts';
import {
  CHANGES,
  DAY_KINDS,
  type Due,
  type ModifierField,
  REJECT_RETRIES,
  REPORT_ACTIONS,
  type Rulebook,
  SESSIONS,
  type WallMark,
} from './rulebook.ts';

/** The lists of a rulebook by subject; each file names the one it adds to. */
export type Subjects = Omit<Rulebook, 'version' | 'effectiveFrom' | 'effectiveTo' | 'sentence' | 'sources'>;
export type Subject = keyof Subjects;
type EntryOf<Name extends Subject> = Subjects[Name][number];

export const ENTRY_READERS: { readonly [Name in Subject]: (from: FieldReader) => EntryOf<Name> } = {
  calendar: (from) => ({
    ...common(from),
    facilities: facilities(from),
    kind: from.oneOf('kind', DAY_KINDS),
    date: from.dateOrNull('date'),
    weekdays: from.has('weekdays') ? weekdays(from) : [],
    name: from.text('name'),
  }),
  tradeDays: (from) => ({
    ...common(from),
    facilities: facilities(from),
    beginsNsOfDay: from.wallTime('begins'),
  }),
  facilities: (from) => ({
    ...common(from),
    facility: from.oneOf('facility', FACILITIES),
    name: from.text('name'),
    takes: from.namesOf('takes', SYMBOL_CLASSES),
  }),
  hours: (from) => ({
    ...common(from),
    facilities: facilities(from),
    days: from.namesOf('days', DAY_KINDS),
    opensNsOfDay: from.wallTime('opens'),
    closesNsOfDay: from.wallTime('closes'),
    closingCertainty: from.oneOf(
      from.has('closingCertainty') ? 'closingCertainty' : 'certainty',
      CERTAINTIES,
    ),
  }),
  sessions: (from) => ({
    ...common(from),
    facilities: facilities(from),
    days: from.namesOf('days', DAY_KINDS),
    fromNsOfDay: from.wallTime('from'),
    toNsOfDay: from.wallTime('to'),
    session: from.oneOf('session', SESSIONS),
  }),
  deadlines: (from) => ({
    ...common(from),
    facilities: facilities(from),
    symbolClasses: from.namesOf('symbolClasses', SYMBOL_CLASSES),
    days: from.namesOf('days', DAY_KINDS),
    from: wallMark(from, 'from'),
    to: wallMark(from, 'to'),
    due: due(from),
  }),
  edges: (from) => ({
    ...common(from),
    facilities: facilities(from),
    at: wallMark(from, 'at'),
    belongsTo: from.oneOf('belongsTo', ['EARLIER', 'LATER']),
  }),
  closings: (from) => ({
    ...common(from),
    facilities: facilities(from),
    choice: from.oneOf('choice', ['BY_CLOSE', 'FULL_WINDOW']),
  }),
  undoDeadlines: (from) => ({
    ...common(from),
    facilities: facilities(from),
    request: from.oneOf('request', ['UNDO', 'CORRECT']),
    executed: from.namesOf('executed', SESSIONS),
    eventDay: from.oneOf('eventDay', ['SAME', 'LATER']),
    event: from.namesOf('event', SESSIONS),
    due: due(from),
  }),
  undoActions: (from) => ({
    ...common(from),
    facilities: facilities(from),
    request: from.oneOf('request', ['UNDO', 'CORRECT']),
    reportDay: from.oneOf('reportDay', ['SAME', 'EARLIER']),
    changes: from.oneOf('changes', ['ANY', 'CORRECTABLE', 'NOT_CORRECTABLE']),
    dayOf: from.oneOf('dayOf', ['REPORT', 'TRADE']),
    action: from.oneOf('action', REPORT_ACTIONS),
  }),
  correctables: (from) => ({
    ...common(from),
    facilities: facilities(from),
    change: from.oneOf('change', CHANGES),
    correctable: from.flag('correctable'),
  }),
  contras: (from) => ({
    ...common(from),
    facilities: facilities(from),
    executed: from.namesOf('executed', SESSIONS),
    due: due(from),
  }),
  exemptions: (from) => ({
    ...common(from),
    facilities: facilities(from),
    question: from.text('question'),
    when: conditions(from.object('when')),
  }),
  duties: (from) => ({ ...common(from), facilities: facilities(from) }),
  hoursMarks: (from) => ({
    ...common(from),
    facilities: facilities(from),
    session: from.oneOf('session', SESSIONS),
    late: from.flag('late'),
    code: from.textOrNull('code'),
  }),
  modifiers: (from) => ({
    ...common(from),
    field: modifierField(from),
    code: from.text('code'),
    meaning: from.text('meaning'),
    tradeTypes: from.has('tradeTypes') ? from.texts('tradeTypes') : [],
    needsReferenceTime: from.has('needsReferenceTime') && from.flag('needsReferenceTime'),
  }),
  reportTypes: (from) => ({
    ...common(from),
    facilities: facilities(from),
    reportType: from.oneOf('reportType', ['TAPE', 'NON_TAPE', 'CLEARING_ONLY']),
    fields: from.namesOf('fields', ['1', '2', '3', '4']).map((field) => Number(field) as ModifierField),
  }),
  wires: (from) => ({
    ...common(from),
    facilities: facilities(from),
    field: modifierField(from),
    code: from.text('code'),
    wire: from.textOrNull('wire'),
  }),
  rejectCodes: (from) => ({
    ...common(from),
    facilities: facilities(from),
    codes: from.texts('codes'),
    cause: from.text('cause'),
    retry: from.oneOf('retry', REJECT_RETRIES),
    action: from.text('action'),
  }),
};

function common(from: FieldReader): Entry {
  return {
    id: from.text('id'),
    clause: clause(from),
    sources: from.texts('sources'),
    certainty: from.oneOf('certainty', CERTAINTIES),
    effectiveFrom: from.date('effectiveFrom'),
    effectiveTo: from.dateOrNull('effectiveTo'),
    sentence: from.text('sentence'),
    note: from.textOrNull('note'),
    file: from.file,
  };
}

function clause(from: FieldReader): Entry['clause'] {
  if (typeof from.raw('clause') === 'string') return from.text('clause');
  const byFacility = from.object('clause');
  const clauses: Partial<Record<Facility, string>> = {};
  for (const facility of FACILITIES) {
    if (byFacility.has(facility)) clauses[facility] = byFacility.text(facility);
  }
  byFacility.refuseUnknownKeys();
  return clauses;
}

function facilities(from: FieldReader): readonly Facility[] {
  return from.namesOf('facilities', FACILITIES);
}

function weekdays(from: FieldReader): readonly number[] {
  return from.namesOf('weekdays', ['1', '2', '3', '4', '5', '6', '7']).map(Number);
}

function wallMark(from: FieldReader, key: string): WallMark {
  const value = from.raw(key);
  return value === 'OPEN' || value === 'CLOSE' ? value : from.wallTime(key);
}

function modifierField(from: FieldReader): ModifierField {
  return from.wholeNumber('field', 1, 4) as ModifierField;
}

/** `{"after":"EVENT","seconds":10}`, `{"after":"OPENING","minutes":15,"day":…}`, `{"at":"20:00","day":…}`, `{"byClose":true}`. */
function due(parent: FieldReader): Due {
  const from = parent.object('due');
  const result = readDue(from);
  from.refuseUnknownKeys();
  return result;
}

function readDue(from: FieldReader): Due {
  if (from.has('byClose')) {
    if (!from.flag('byClose'))
      from.fault('byClose', false, 'no deadline', 'Write true, or another deadline.');
    return { byClose: true };
  }
  if (from.has('at')) return { at: from.wallTime('at'), day: day(from) };
  const after = from.oneOf('after', ['EVENT', 'OPENING']);
  const seconds = from.has('seconds') ? from.wholeNumber('seconds', 1, 86_400) : 0;
  const minutes = from.has('minutes') ? from.wholeNumber('minutes', 1, 1_440) : 0;
  if ((seconds === 0) === (minutes === 0)) {
    from.fault('', undefined, 'the window has no length', 'Give either "seconds" or "minutes".');
  }
  const ns = BigInt(seconds) * NS_PER_SECOND + BigInt(minutes) * NS_PER_MINUTE;
  return after === 'EVENT' ? { after, ns } : { after, ns, day: day(from) };
}

function day(from: FieldReader): 'SAME' | 'NEXT_BUSINESS' {
  return from.oneOf('day', ['SAME', 'NEXT_BUSINESS']);
}

/** What an exemption may ask: the keys of a question and the values each can have. */
const CONDITION_VALUES = {
  kind: ['new', 'cancel', 'correct', 'reversal', 'contra'],
  venue: ['OTC', 'EXCHANGE'],
  role: ['EXECUTING_PARTY', 'NON_EXECUTING_PARTY'],
  reportType: ['TAPE', 'NON_TAPE', 'CLEARING_ONLY'],
} as const;

function conditions(from: FieldReader): Readonly<Record<string, readonly (string | boolean)[]>> {
  const when: Record<string, readonly (string | boolean)[]> = {};
  for (const [key, values] of Object.entries(CONDITION_VALUES)) {
    if (from.has(key)) when[key] = from.namesOf(key, values as readonly string[]);
  }
  if (from.has('ownershipChange')) when.ownershipChange = [from.flag('ownershipChange')];
  if (Object.keys(when).length === 0) {
    from.fault(
      '',
      undefined,
      'no condition',
      'Name at least one condition, or this would exempt everything.',
    );
  }
  from.refuseUnknownKeys();
  return when;
}
