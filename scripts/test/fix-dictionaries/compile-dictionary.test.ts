import assert from 'node:assert/strict';
import test from 'node:test';
import { compileDictionary } from '../../fix-dictionaries/compile-dictionary.ts';

const SPECIFICATION = `<?xml version='1.0'?>
<fix major='4' type='FIX' minor='4'>
 <header><field name='Account' required='Y' /></header>
 <!-- <field name='Ghost' required='Y' /> -->
 <messages>
  <message name='Example' msgcat='app' msgtype='X'>
   <component name='Legs' required='Y' />
   <group name="NoSides" required='N'>
    <field name='Side' required='Y' />
   </group>
  </message>
 </messages>
 <trailer></trailer>
 <components>
  <component name='Legs'><field name='Side' required='N' /></component>
 </components>
 <fields>
  <field number='552' name='NoSides' type='NUMINGROUP' />
  <field number='54' name='Side' type='CHAR'>
   <value enum='1' description='BUY' />
   <value enum='2' description='SELL' />
  </field>
  <field number='1' name='Account' type='STRING' />
 </fields>
</fix>`;

test('a specification becomes lines: fields by tag, then components, header, trailer and messages', () => {
  const lines = compileDictionary(SPECIFICATION, 'FIX44').split('\n');
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('#')),
    [
      'field 1 Account STRING',
      'field 54 Side CHAR 1|2',
      'field 552 NoSides NUMINGROUP',
      'component Legs 54',
      'header 1*',
      'trailer',
      'message X Example @Legs* 552(54*)',
      '',
    ],
  );
});

test('the notice that the licence asks for goes with it', () => {
  assert.match(
    compileDictionary(SPECIFICATION, 'FIX44'),
    /This product includes software developed by quickfixengine\.org/,
  );
});

test('a member that is not defined is refused', () => {
  assert.throws(() =>
    compileDictionary(SPECIFICATION.replace("name='Account' required", "name='Nobody' required"), 'X'),
  );
});
