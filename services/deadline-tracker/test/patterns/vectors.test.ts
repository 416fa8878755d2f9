import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND, nsFromRfc3339 } from '@tapeclock/domain';
import type { Observation } from '../../src/patterns/observation.ts';
import { parsePattern } from '../../src/patterns/pattern.ts';
import { PATTERN_FILES } from '../../src/patterns/pattern-files.ts';
import { PatternWatch } from '../../src/patterns/pattern-watch.ts';

const ROOT = new URL('../../../../', import.meta.url);

interface Vector {
  readonly why: string;
  readonly starts?: string;
  readonly given: readonly (
    | { readonly quietSeconds: number }
    | {
        readonly times: number;
        readonly everyMs: number;
        labels: Observation['labels'];
        fields: Observation['fields'];
      }
  )[];
  readonly then: readonly string[];
}

for (const file of PATTERN_FILES) {
  const pattern = parsePattern(file);
  for (const vector of (file as { vectors: readonly Vector[] }).vectors) {
    test(`${pattern.name}: ${vector.why}`, () => {
      const watch = new PatternWatch(pattern);
      const alerts: string[] = [];
      let nowNs = nsFromRfc3339(vector.starts ?? '2026-11-24T10:00:00-05:00') ?? 0n;
      const judge = () => {
        for (const { state, subject } of watch.judge(nowNs)) alerts.push(`${state} ${subject}`);
      };
      for (const given of vector.given) {
        if ('quietSeconds' in given) {
          for (let second = 0; second < given.quietSeconds; second += 10) {
            nowNs += 10n * NS_PER_SECOND;
            judge();
          }
          continue;
        }
        for (let n = 0; n < given.times; n += 1) {
          nowNs += BigInt(given.everyMs) * NS_PER_MS;
          const { labels, fields } = given;
          watch.observe({ fact: pattern.fact, atNs: nowNs, arrivedNs: nowNs, labels, fields });
          judge();
        }
      }
      assert.deepEqual(alerts, vector.then);
    });
  }

  test(`${pattern.name} is listed by its file, has its page, and says with every vector what it shows`, () => {
    const json: unknown = JSON.parse(
      readFileSync(new URL(`services/deadline-tracker/patterns/${pattern.name}.json`, ROOT), 'utf8'),
    );
    assert.deepEqual(file, json);
    const headings = readFileSync(new URL(pattern.runbook, ROOT), 'utf8').matchAll(/^## (.+)$/gm);
    assert.deepEqual(
      [...headings].map(([, heading]) => heading),
      [
        'What is seen',
        'First look',
        'Decision',
        'Steps',
        'It is over when',
        'Write down afterwards',
        'Drill',
      ],
    );
    const { vectors } = file as { vectors: readonly Vector[] };
    assert.ok(vectors.some(({ then }) => then.length > 0) && vectors.some(({ then }) => then.length === 0));
  });
}

test('every file of the folder is in use', () => {
  const files = readdirSync(new URL('services/deadline-tracker/patterns/', ROOT));
  assert.equal(files.filter((name) => name !== 'pattern.schema.json').length, PATTERN_FILES.length);
});
