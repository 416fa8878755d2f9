import assert from 'node:assert/strict';
import test from 'node:test';
import { DictionaryError, parseDictionary, standardDictionaries } from '../../src/index.ts';

const BASE = `# a comment
field 1 Account STRING
field 2 Side CHAR B|S
field 3 NoLegs NUMINGROUP
field 4 LegSymbol STRING
component Legs 3(4* 2)
header 1*
trailer 2
message X Example 1 @Legs*
`;

test('components are dissolved into the messages that hold them', () => {
  const section = parseDictionary(BASE).message('X');
  assert.deepEqual([...(section?.members.keys() ?? [])], [1, 3]);
  const group = section?.members.get(3);
  assert.equal(group?.delimiter, 4);
  assert.deepEqual(group?.members.required, [4]);
});

test('a required field is required in a required component only', () => {
  const text = BASE.replace('3(4* 2)', '3*(4* 2)');
  assert.deepEqual(parseDictionary(text).message('X')?.required, [3]);
  assert.deepEqual(parseDictionary(text.replace('@Legs*', '@Legs')).message('X')?.required, []);
});

test('a line without + replaces what was there', () => {
  const dictionary = parseDictionary(BASE, 'message X Example 2*\nheader 2');
  assert.deepEqual(dictionary.message('X')?.required, [2]);
  assert.deepEqual([...dictionary.header.members.keys()], [2]);
});

for (const [name, line] of [
  ['an unknown keyword', 'fields 1 Account STRING'],
  ['a field without type', 'field 1 Account'],
  ['a tag that is none', 'field 01 Account STRING'],
  ['a group that is not closed', 'message Y Why 3(4'],
  ['a group that was not opened', 'message Y Why 3 4)'],
  ['a member that is not defined', 'message Y Why 99'],
  ['a component that is not defined', 'message Y Why @Nothing'],
] as const) {
  test(`${name} is refused with the line named`, () => {
    assert.throws(() => parseDictionary(BASE, line), DictionaryError);
  });
}

test('every message of the published dictionaries can be worked out, and its groups have a first field', () => {
  let groups = 0;
  for (const begin of ['FIX.4.2', 'FIX.4.4', 'FIXT.1.1'] as const) {
    const { transport, application } = standardDictionaries(begin);
    for (const dictionary of [transport, application]) {
      for (const msgType of dictionary.msgTypes) {
        for (const group of dictionary.message(msgType)?.members.values() ?? []) {
          if (group === null) continue;
          groups += 1;
          assert.ok(group.delimiter > 0);
        }
      }
    }
  }
  assert.ok(groups > 500, String(groups));
});
