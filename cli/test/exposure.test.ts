import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ConfigError, loadConfig } from '@tapeclock/service';
import { generate } from 'selfsigned';
import { exposureOf } from '../src/exposure.ts';
import { DECLARATIONS } from '../src/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'tapeclock-exposure-'));
after(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const made = await generate([{ name: 'commonName', value: 'localhost' }]);
const other = await generate([{ name: 'commonName', value: 'localhost' }]);
const certificate = write('certificate.pem', made.cert);
const privateKey = write('private-key.pem', made.private);

const exposure = (variables: Record<string, string>) =>
  exposureOf(loadConfig(DECLARATIONS, variables, folder));

/** Codes and fields of the refusal. */
function faults(variables: Record<string, string>): string[] {
  try {
    exposure(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ code, field }) => `${code} ${field}`);
    throw error;
  }
  return [];
}

const NO_DEMO = { TAPECLOCK_DEMO_ENABLED: 'false' };
const OURS = {
  ...NO_DEMO,
  TAPECLOCK_LISTEN_CERTIFICATE_FILE: certificate,
  TAPECLOCK_LISTEN_PRIVATE_KEY_FILE: privateKey,
};

test('on loopback everything may be plain', () => {
  assert.deepEqual(exposure({}), { listen: null, fix: null, facility: null });
  for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) {
    assert.deepEqual(faults({ TAPECLOCK_LISTEN_HOST: host, TAPECLOCK_FACILITY_HOST: host }), [], host);
  }
});

test('nothing is opened to a network in the clear unless somebody says what encrypts it', () => {
  for (const host of ['0.0.0.0', '::', '10.1.2.3', 'ingest.example', '127.evil.example']) {
    assert.deepEqual(
      faults({ TAPECLOCK_LISTEN_HOST: host }),
      ['CONFIG_PLAINTEXT TAPECLOCK_LISTEN_HOST'],
      host,
    );
    assert.deepEqual(
      faults({ TAPECLOCK_FACILITY_HOST: host }),
      ['CONFIG_PLAINTEXT TAPECLOCK_FACILITY_HOST'],
      host,
    );
  }
  assert.deepEqual(faults({ TAPECLOCK_LISTEN_HOST: '0.0.0.0', TAPECLOCK_LISTEN_PLAINTEXT: 'true' }), []);
  assert.deepEqual(faults({ TAPECLOCK_FACILITY_HOST: '10.1.2.3', TAPECLOCK_FACILITY_PLAINTEXT: 'true' }), []);
  assert.deepEqual(faults({ ...OURS, TAPECLOCK_LISTEN_HOST: '0.0.0.0' }), []);
});

test('with a certificate all our ports speak TLS, and FIX clients may have to show one too', () => {
  const ours = { certificate: made.cert, privateKey: made.private };
  assert.deepEqual(exposure(OURS), { listen: ours, fix: ours, facility: null });
  const clientCa = write('client-ca.pem', other.cert);
  const strict = exposure({ ...OURS, TAPECLOCK_FIX_GATEWAY_CLIENT_CA_FILE: clientCa });
  assert.deepEqual(strict.listen, ours);
  assert.deepEqual(strict.fix, { ...ours, ca: other.cert });
});

test('the line to the facility has trust and a certificate of its own', () => {
  assert.deepEqual(
    exposure({ TAPECLOCK_FACILITY_HOST: 'facility.example', TAPECLOCK_FACILITY_TLS: 'true' }).facility,
    {},
  );
  assert.deepEqual(
    exposure({
      TAPECLOCK_FACILITY_TLS: 'true',
      TAPECLOCK_FACILITY_CA_FILE: write('ca.pem', other.cert),
      TAPECLOCK_FACILITY_CERTIFICATE_FILE: certificate,
      TAPECLOCK_FACILITY_PRIVATE_KEY_FILE: privateKey,
    }).facility,
    { ca: other.cert, certificate: made.cert, privateKey: made.private },
  );
});

test('what cannot work is found at start, all of it at once', () => {
  assert.deepEqual(faults({ ...NO_DEMO, TAPECLOCK_LISTEN_CERTIFICATE_FILE: certificate }), [
    'CONFIG_CERTIFICATE_UNUSABLE TAPECLOCK_LISTEN_CERTIFICATE_FILE',
  ]);
  assert.deepEqual(
    faults({ ...OURS, TAPECLOCK_LISTEN_PRIVATE_KEY_FILE: write('other.pem', other.private) }),
    ['CONFIG_CERTIFICATE_UNUSABLE TAPECLOCK_LISTEN_CERTIFICATE_FILE'],
  );
  assert.deepEqual(faults({ ...OURS, TAPECLOCK_DEMO_ENABLED: 'true' }), [
    'CONFIG_CONTRADICTION TAPECLOCK_DEMO_ENABLED',
  ]);
  assert.deepEqual(
    faults({
      TAPECLOCK_LISTEN_HOST: '0.0.0.0',
      TAPECLOCK_LISTEN_CERTIFICATE_FILE: join(folder, 'missing.pem'),
      TAPECLOCK_FACILITY_HOST: '10.1.2.3',
    }),
    [
      'CONFIG_CERTIFICATE_UNREADABLE TAPECLOCK_LISTEN_CERTIFICATE_FILE',
      'CONFIG_PLAINTEXT TAPECLOCK_LISTEN_HOST',
      'CONFIG_PLAINTEXT TAPECLOCK_FACILITY_HOST',
    ],
  );
});
