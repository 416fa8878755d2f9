import assert from 'node:assert/strict';
import test from 'node:test';
import { entriesOf, parseRulebook, RulebookError, type RulebookFault } from '../../src/index.ts';
import { RULEBOOK, RULEBOOK_FILES } from './rulebook-files.ts';

interface Draft {
  common: Record<string, unknown>;
  entries: Record<string, unknown>[];
}

/** The faults of the repository's rulebook after one file was changed. */
function faultsAfter(file: string, change: (draft: Draft) => void): readonly RulebookFault[] {
  const draft = JSON.parse(RULEBOOK_FILES[file]!) as Draft;
  change(draft);
  return faultsOf({ ...RULEBOOK_FILES, [file]: JSON.stringify(draft) });
}

function faultsOf(files: Readonly<Record<string, string>>): readonly RulebookFault[] {
  try {
    parseRulebook(files);
  } catch (error) {
    assert.ok(error instanceof RulebookError, String(error));
    assert.equal(error.code, 'RULEBOOK_INVALID');
    for (const fault of error.faults) {
      assert.ok(fault.file !== '' && fault.message !== '' && fault.action !== '', JSON.stringify(fault));
    }
    return error.faults;
  }
  return [];
}

/** `where` is tried on the path with the entry's id behind it: `entries[2].from ADF-NORMAL`. */
function assertFault(faults: readonly RulebookFault[], file: string, where: RegExp, message: RegExp): void {
  assert.ok(
    faults.some(
      (fault) =>
        fault.file === file &&
        where.test(`${fault.path} ${fault.entryId}`.trim()) &&
        message.test(fault.message),
    ),
    `no such fault in ${JSON.stringify(faults.slice(0, 5), null, 1)}`,
  );
}

test('the rulebook of the repository is complete', () => {
  assert.deepEqual(faultsOf(RULEBOOK_FILES), []);
  assert.ok(entriesOf(RULEBOOK).length > 200);
});

test('an assumed entry names the open question or a note, a verified one never rests on it', () => {
  for (const entry of entriesOf(RULEBOOK)) {
    if (entry.certainty === 'verified' && !entry.file.startsWith('hours')) {
      assert.ok(!entry.sources.includes('OPEN'), entry.id);
    }
    if (entry.certainty === 'assumed') assert.ok(entry.sources.includes('OPEN'), entry.id);
  }
});

test('an unknown facility is refused', () => {
  const faults = faultsAfter('hours.json', (draft) => {
    draft.entries[0]!.facilities = ['ADF', 'TRF_BOSTON'];
  });
  assertFault(faults, 'hours.json', /^entries\[0\]\.facilities\[1\] HOURS-ADF$/, /unknown name/);
});

test('an invalid date is refused with its place', () => {
  const faults = faultsAfter('calendar/2026.json', (draft) => {
    draft.entries[2]!.date = '2026-02-30';
  });
  assertFault(faults, 'calendar/2026.json', /^entries\[2\]\.date CAL-2026-02-16$/, /no such date/);
});

test('a missing source is refused, and so is one that is not listed', () => {
  assertFault(
    faultsAfter('deadlines/adf.json', (draft) => delete draft.entries[0]!.sources),
    'deadlines/adf.json',
    /^entries\[0\]\.sources ADF-PRE-OPEN$/,
    /missing/,
  );
  assertFault(
    faultsAfter('deadlines/adf.json', (draft) => {
      draft.entries[0]!.sources = ['HEARSAY'];
    }),
    'deadlines/adf.json',
    /sources\[0\] ADF-PRE-OPEN$/,
    /unknown source/,
  );
});

test('a gap in a day is refused', () => {
  const faults = faultsAfter('deadlines/adf.json', (draft) => draft.entries.splice(1, 1));
  assertFault(
    faults,
    'deadlines/adf.json',
    /\.from ADF-NORMAL$/,
    /gap in the deadlines of ADF, NMS, a BUSINESS day/,
  );
  assert.ok(faults.some((fault) => fault.value === '08:00:00–09:30:00'));
});

test('an overlap in a day is refused', () => {
  const faults = faultsAfter('deadlines/adf.json', (draft) => {
    draft.entries[1]!.to = '09:31';
  });
  assertFault(faults, 'deadlines/adf.json', /\.from ADF-NORMAL$/, /overlap .* with ADF-MORNING/);
});

test('a gap between effective dates is refused', () => {
  const faults = faultsAfter('hours.json', (draft) => {
    draft.entries.find((entry) => entry.id === 'HOURS-TRF')!.effectiveFrom = '2026-04-01';
  });
  assertFault(
    faults,
    'hours.json',
    /effectiveTo HOURS-TRF-BEFORE-2026-03-30$/,
    /gap: no facility hours .* TRF_NYSE on 2026-03-30/,
  );
});

test('two hours in force at once are refused', () => {
  const faults = faultsAfter('hours.json', (draft) => {
    draft.entries.find((entry) => entry.id === 'HOURS-TRF')!.effectiveFrom = '2026-03-28';
  });
  assertFault(faults, 'hours.json', /effectiveFrom HOURS-TRF$/, /overlap: facility hours/);
});

test('a date with two calendar entries is refused', () => {
  const faults = faultsAfter('calendar/2027.json', (draft) => {
    draft.entries.push({ ...draft.entries[0], id: 'CAL-TWICE', kind: 'HALF' });
  });
  assertFault(faults, 'calendar/2027.json', /CAL-TWICE$/, /overlap: calendar/);
});

test('a modifier without a wire code at some facility is refused', () => {
  const faults = faultsAfter('modifiers/wire-nyse-trf.json', (draft) => draft.entries.pop());
  assertFault(faults, 'modifiers/wire-adf-orf.json', /^entries$/, /gap: no wire code of 4:1 for TRF_NYSE/);
});

test('an id used twice, a misspelt key, dates the wrong way round and no JSON are refused together', () => {
  const draft = JSON.parse(RULEBOOK_FILES['contra.json']!) as Draft;
  draft.entries[1]!.id = 'CONTRA-ADF';
  draft.entries[2]!.sentance = 'x';
  draft.entries[3]!.effectiveTo = '2024-01-01';
  const faults = faultsOf({
    ...RULEBOOK_FILES,
    'contra.json': JSON.stringify(draft),
    'undo/actions.json': '{ "subject": ',
  });
  assertFault(faults, 'contra.json', /^entries\[1\]\.id CONTRA-ADF$/, /id is used in contra\.json too/);
  assertFault(faults, 'contra.json', /^entries\[2\]\.sentance/, /unknown key/);
  assertFault(faults, 'contra.json', /effectiveTo CONTRA-ORF$/, /ends before it begins/);
  assertFault(faults, 'undo/actions.json', /^$/, /not JSON/);
});

test('a deadline that is none and a mark that is no modifier are refused', () => {
  assertFault(
    faultsAfter('undo/deadlines.json', (draft) => {
      draft.entries[1]!.due = { byClose: false };
    }),
    'undo/deadlines.json',
    /^entries\[1\]\.due\.byClose/,
    /no deadline/,
  );
  assertFault(
    faultsAfter('modifiers/hours-marks.json', (draft) => {
      draft.entries[1]!.code = 'X';
    }),
    'modifiers/modifiers.json',
    /^entries$/,
    /gap: no modifier 3:X/,
  );
});

test('a deadline without a length and an exemption without a condition are refused', () => {
  assertFault(
    faultsAfter('deadlines/orf.json', (draft) => {
      draft.entries[2]!.due = { after: 'EVENT' };
    }),
    'deadlines/orf.json',
    /^entries\[2\]\.due /,
    /no length/,
  );
  assertFault(
    faultsAfter('exemptions.json', (draft) => {
      draft.entries[0]!.when = {};
    }),
    'exemptions.json',
    /^entries\[0\]\.when /,
    /no condition/,
  );
});

test('missing manifest and sources are named', () => {
  const { 'rulebook.json': _manifest, 'sources.json': _sources, ...rest } = RULEBOOK_FILES;
  const faults = faultsOf(rest);
  assertFault(faults, 'rulebook.json', /^$/, /the file is missing/);
  assertFault(faults, 'sources.json', /^$/, /the file is missing/);
});
