import assert from 'node:assert/strict';
import test from 'node:test';
import { isAddressAllowed } from '../../src/engine/address-allowed.ts';

const ALLOWED = ['10.1.0.0/16', '192.0.2.7', '2001:db8::/32'];

for (const [address, expected] of [
  ['10.1.200.3', true],
  ['10.2.0.1', false],
  ['192.0.2.7', true],
  ['192.0.2.8', false],
  ['::ffff:192.0.2.7', true],
  ['::ffff:192.0.2.8', false],
  ['2001:db8::1', true],
  ['2001:db9::1', false],
  ['', false],
] as const) {
  test(`${address || 'no address'} is ${expected ? 'allowed' : 'refused'}`, () => {
    assert.equal(isAddressAllowed(address, ALLOWED), expected);
  });
}

test('an entry that is no address is refused loudly, not passed over', () => {
  assert.throws(() => isAddressAllowed('10.1.1.1', ['example.com']), TypeError);
});
