import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { printConfig, readConfig, renderConfigReference, settings } from '../../src/index.ts';

const declarations = {
  restGateway: {
    port: settings.port({ help: 'Where it listens.', fallback: 8090 }),
    idleTimeout: settings.durationMs({ help: 'Patience.', fallback: 5n * NS_PER_SECOND }),
    keys: settings.list({ help: 'Names.', fallback: [] }),
  },
  facility: {
    password: settings.secret({ help: 'Logon.' }),
    mode: settings.oneOf(['send', 'hold'], { help: 'What to do.', fallback: 'send' }),
    share: settings.share({ help: 'How many.', fallback: 0.5 }),
  },
};
const sources = (
  variables: Record<string, string> = {},
  file: unknown = null,
  readSecret: (path: string) => string = (path) => {
    throw new Error(`ENOENT ${path}`);
  },
) => ({ variables, file, fileName: 'tapeclock.config.json', readSecret });

test('a variable wins over the file, the file over the fallback', () => {
  const result = readConfig(
    declarations,
    sources(
      { TAPECLOCK_REST_GATEWAY_PORT: '1234', TAPECLOCK_FACILITY_PASSWORD: 'x' },
      { restGateway: { port: 99, idleTimeout: 250, keys: ['a', 'b'] } },
    ),
  );
  assert.ok('config' in result);
  assert.deepEqual(result.config.restGateway, { port: 1234, idleTimeout: 250_000_000n, keys: ['a', 'b'] });
  assert.equal(result.config.facility.mode, 'send');
  assert.equal(result.config.facility.share, 0.5);
});

test('every fault is listed at once, with name, value and what to do', () => {
  const result = readConfig(
    declarations,
    sources(
      { TAPECLOCK_REST_GATEWAY_PORT: '70000', TAPECLOCK_FACILITY_MODE: 'drop', TAPECLOCK_TYPO: '1' },
      { restGateway: { prot: 1 }, nowhere: {} },
    ),
  );
  assert.ok('issues' in result);
  assert.deepEqual(
    result.issues.map(({ code, field, value }) => [code, field, value]),
    [
      ['CONFIG_INVALID', 'TAPECLOCK_REST_GATEWAY_PORT', '70000'],
      ['CONFIG_UNKNOWN', 'tapeclock.config.json: restGateway.prot', ''],
      ['CONFIG_MISSING', 'TAPECLOCK_FACILITY_PASSWORD', ''],
      ['CONFIG_INVALID', 'TAPECLOCK_FACILITY_MODE', 'drop'],
      ['CONFIG_UNKNOWN', 'tapeclock.config.json: nowhere', ''],
      ['CONFIG_UNKNOWN', 'TAPECLOCK_TYPO', ''],
    ],
  );
  for (const { action } of result.issues) assert.notEqual(action, '');
});

test('numbers are whole, durations are milliseconds, shares lie between 0 and 1', () => {
  for (const [name, value] of [
    ['TAPECLOCK_REST_GATEWAY_PORT', '1e3'],
    ['TAPECLOCK_REST_GATEWAY_PORT', '-1'],
    ['TAPECLOCK_REST_GATEWAY_PORT', ''],
    ['TAPECLOCK_REST_GATEWAY_IDLE_TIMEOUT', '5s'],
    ['TAPECLOCK_FACILITY_SHARE', '1.01'],
    ['TAPECLOCK_FACILITY_SHARE', 'NaN'],
  ] as const) {
    const result = readConfig(declarations, sources({ TAPECLOCK_FACILITY_PASSWORD: 'x', [name]: value }));
    assert.ok('issues' in result, `${name}=${value} was taken`);
    assert.equal(result.issues[0]?.field, name);
  }
});

test('a secret comes from its variable or a file, never from the config file itself, and shows nowhere', () => {
  const fromFile = readConfig(
    declarations,
    sources({ TAPECLOCK_FACILITY_PASSWORD_FILE: '/run/pw' }, null, (path) => `hunter2 of ${path}\n`),
  );
  assert.ok('config' in fromFile);
  const { password } = fromFile.config.facility;
  assert.equal(password.reveal(), 'hunter2 of /run/pw');
  const everywhere = `${password} ${JSON.stringify(password)} ${inspect(password)} ${printConfig(declarations, fromFile.config)}`;
  assert.doesNotMatch(everywhere, /hunter2/);

  const named = readConfig(
    declarations,
    sources({}, { facility: { password: { file: 'pw' } } }, () => 'y'),
  );
  assert.ok('config' in named);
  const plain = readConfig(declarations, sources({}, { facility: { password: 'hunter2' } }));
  assert.ok('issues' in plain);
  assert.equal(plain.issues[0]?.code, 'CONFIG_SECRET_IN_FILE');
  assert.doesNotMatch(JSON.stringify(plain.issues), /hunter2/);
  const unreadable = readConfig(declarations, sources({ TAPECLOCK_FACILITY_PASSWORD_FILE: '/gone' }));
  assert.ok('issues' in unreadable);
  assert.equal(unreadable.issues[0]?.code, 'CONFIG_SECRET_UNREADABLE');
});

test('the reference names every setting with its variable, its kind and its default', () => {
  const reference = renderConfigReference(declarations);
  assert.match(
    reference,
    /\| `port` \| `TAPECLOCK_REST_GATEWAY_PORT` \| port 0 … 65535 \| `8090` \| Where it listens\. \|/,
  );
  assert.match(reference, /\| `idleTimeout` .* `5000` /);
  assert.match(reference, /\| `password` .* none, must be set /);
});
