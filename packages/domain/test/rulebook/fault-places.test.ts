import assert from 'node:assert/strict';
import test from 'node:test';
import { checkRulebook, faultLine, RulebookError, type RulebookFault } from '../../src/index.ts';
import { RULEBOOK_FILES } from './rulebook-files.ts';

/** The faults of the repository's rulebook after a text in one file was replaced, once, by another. */
function faultsAfter(file: string, before: string, after: string): readonly RulebookFault[] {
  const text = RULEBOOK_FILES[file]!;
  assert.equal(text.split(before).length, 2, `"${before}" must stand once in ${file}`);
  return faultsOf({ ...RULEBOOK_FILES, [file]: text.replace(before, after) });
}

function faultsOf(files: Readonly<Record<string, string>>): readonly RulebookFault[] {
  try {
    checkRulebook(files);
  } catch (error) {
    assert.ok(error instanceof RulebookError, String(error));
    return error.faults;
  }
  return assert.fail('nothing was refused');
}

/** Some fault says `message`, and an editor that jumps to its line and column stands before `text`. */
function assertPlace(
  faults: readonly RulebookFault[],
  files: Readonly<Record<string, string>>,
  message: RegExp,
  text: string,
): void {
  const fault = faults.find((one) => message.test(one.message));
  assert.ok(fault !== undefined, `no such fault: ${faults.slice(0, 3).map(faultLine).join('\n')}`);
  const line = (files[fault.file] ?? '').split('\n')[fault.line - 1] ?? '';
  assert.ok(line.slice(fault.column - 1).startsWith(text), `${faultLine(fault)}\nstands at: ${line}`);
  assert.ok(fault.action !== '');
}

const CASES: readonly {
  readonly what: string;
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly message: RegExp;
  readonly at: string;
}[] = [
  {
    what: 'an invalid date',
    file: 'calendar/2026.json',
    before: '"date": "2026-09-07"',
    after: '"date": "2026-09-31"',
    message: /no such date/,
    at: '"2026-09-31"',
  },
  {
    what: 'an unknown facility',
    file: 'contra.json',
    before: '["TRF_NYSE"]',
    after: '["TRF_BOSTON"]',
    message: /unknown name/,
    at: '"TRF_BOSTON"',
  },
  {
    what: 'an unknown facility among what entries share',
    file: 'deadlines/adf.json',
    before: '"facilities": ["ADF"]',
    after: '"facilities": ["AFD"]',
    message: /unknown name/,
    at: '"AFD"',
  },
  {
    what: 'a rule with no source',
    file: 'exemptions.json',
    before: '"sources": ["TRN-2019-07-16"],',
    after: '"sources": [],',
    message: /a list of texts is missing/,
    at: '[]',
  },
  {
    what: 'a rule whose source key is missing: the entry itself',
    file: 'exemptions.json',
    before: '"sources": ["TRN-2019-07-16"],',
    after: '',
    message: /a list of texts is missing/,
    at: '{',
  },
  {
    what: 'a source that is not listed',
    file: 'exemptions.json',
    before: '["TRN-2019-07-16"]',
    after: '["HEARSAY"]',
    message: /unknown source/,
    at: '"HEARSAY"',
  },
  {
    what: 'a gap in a day: where the band after it begins',
    file: 'deadlines/adf.json',
    before: '"from": "09:30"',
    after: '"from": "09:31"',
    message: /gap in the deadlines of ADF, NMS, a BUSINESS day/,
    at: '"09:31"',
  },
  {
    what: 'an overlap in a day: where the second band begins',
    file: 'deadlines/adf.json',
    before: '"from": "09:30"',
    after: '"from": "09:29"',
    message: /overlap in the deadlines .* with ADF-MORNING/,
    at: '"09:29"',
  },
  {
    what: 'a gap between effective dates: where the earlier entry ends',
    file: 'deadlines/nyse-trf.json',
    before: '"effectiveTo": "2026-03-26"',
    after: '"effectiveTo": "2026-03-25"',
    message: /gap in the deadlines of TRF_NYSE, NMS, a BUSINESS day from 2026-03-26/,
    at: '"CLOSE"',
  },
  {
    what: 'a misspelt key',
    file: 'duties.json',
    before: '"sentence"',
    after: '"sentense"',
    message: /unknown key/,
    at: '"A member reports',
  },
  {
    what: 'a key that stands twice',
    file: 'duties.json',
    before: '"certainty": "verified",',
    after: '"certainty": "verified",\n      "certainty": "assumed",',
    message: /stands twice/,
    at: '"certainty": "assumed"',
  },
  {
    what: 'a missing comma',
    file: 'hours.json',
    before: '"opens": "04:00",\n      "closes": "20:00",',
    after: '"opens": "04:00"\n      "closes": "20:00",',
    message: /not JSON/,
    at: '"closes": "20:00"',
  },
  {
    what: 'a holiday in the file of another year',
    file: 'calendar/2027.json',
    before: '"date": "2027-05-31"',
    after: '"date": "2026-05-31"',
    message: /not in force on its own date/,
    at: '"2026-05-31"',
  },
  {
    what: 'verified, though nothing was read',
    file: 'edges.json',
    before: '"certainty": "assumed"',
    after: '"certainty": "verified"',
    message: /cannot be verified/,
    at: '"verified"',
  },
  {
    what: 'a vector that does not hold',
    file: 'vectors/adf.json',
    before:
      '"dueAt": "2026-03-03 10:00:10",\n        "asOf": false,\n        "modifiers": [],\n        "lateModifiers": ["3:Z"],\n        "clause": "6282(a)(1)",\n        "certainty": "verified",\n        "action": "NEW",\n        "ruleId": "ADF-NORMAL",\n        "tradeDate"',
    after: '"dueAt": "2026-03-03 10:00:11", "tradeDate"',
    message: /the vector does not hold: dueAt: expected "2026-03-03T15:00:11/,
    at: '"2026-03-03 10:00:11"',
  },
];

for (const { what, file, before, after, message, at } of CASES) {
  test(`refused at its line and column: ${what}`, () => {
    const faults = faultsAfter(file, before, after);
    const files = { ...RULEBOOK_FILES, [file]: RULEBOOK_FILES[file]!.replace(before, after) };
    assertPlace(faults, files, message, at);
  });
}

test('a file that ends in the middle is refused at its end', () => {
  const whole = RULEBOOK_FILES['duties.json']!;
  const text = whole.slice(0, whole.indexOf('"entries"'));
  const faults = faultsOf({ ...RULEBOOK_FILES, 'duties.json': text });
  const fault = faults.find(({ message }) => /ends too early/.test(message));
  assert.equal(fault?.line, text.split('\n').length);
});

const HOLIDAY = `{
  "about": "Announced on 30 November 2026.",
  "subject": "calendar",
  "entries": [
    {
      "id": "CAL-2026-12-01",
      "facilities": "ALL",
      "kind": "CLOSED",
      "date": "2026-12-01",
      "name": "Day of mourning",
      "clause": "market calendar",
      "sources": ["CAL"],
      "certainty": "verified",
      "effectiveFrom": "2026-12-01",
      "effectiveTo": "2026-12-01",
      "sentence": "Markets and facilities are closed."
    }
  ]
}`;
const ITS_VECTOR = `{
  "about": "Announced on 30 November 2026.",
  "vectors": [
    {
      "id": "MOURNING-01",
      "why": "Executed on the day of mourning: by 8:15 the next business day.",
      "given": { "facility": "ADF", "symbolClass": "NMS", "executedAt": "2026-12-01 11:00:00" },
      "expect": { "dueAt": "2026-12-02 08:15:00", "asOf": true, "ruleId": "ADF-NON-BUSINESS" }
    }
  ]
}`;

test('a holiday announced for tomorrow is one entry and one vector more', () => {
  const { rulebook } = checkRulebook({
    ...RULEBOOK_FILES,
    'calendar/announced.json': HOLIDAY,
    'vectors/announced.json': ITS_VECTOR,
  });
  assert.equal(rulebook.calendar.filter(({ date }) => date === '2026-12-01').length, 1);
});

test('without a vector it is refused: nobody has said what it does', () => {
  const files = { ...RULEBOOK_FILES, 'calendar/announced.json': HOLIDAY };
  const faults = faultsOf(files);
  assert.equal(faults.length, 1);
  assertPlace(faults, files, /no test vector has it/, '{');
  assert.equal(faults[0]?.line, 5);
  assert.match(faultLine(faults[0]!), /^calendar\/announced\.json:5:5 entries\[0\] \(CAL-2026-12-01\): /);
});
