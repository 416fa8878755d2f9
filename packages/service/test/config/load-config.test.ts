import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { ConfigError, loadConfig, settings } from '../../src/index.ts';

const declarations = { web: { port: settings.port({ help: 'Port.', fallback: 8080 }) } };

test('without a file the fallbacks hold; with one, its values; a named one must be there and be JSON', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tapeclock-config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  assert.equal(loadConfig(declarations, {}, folder).web.port, 8080);
  writeFileSync(join(folder, 'tapeclock.config.json'), '{ "web": { "port": 1 } }');
  assert.equal(loadConfig(declarations, {}, folder).web.port, 1);
  const fault = (variables: Record<string, string>) => {
    try {
      loadConfig(declarations, variables, folder);
      return 'none';
    } catch (error) {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /the configuration has 1 fault:\n {2}CONFIG_/);
      return error.issues[0]?.code;
    }
  };
  assert.equal(fault({ TAPECLOCK_CONFIG: 'absent.json' }), 'CONFIG_FILE_UNREADABLE');
  writeFileSync(join(folder, 'broken.json'), '{ // no');
  assert.equal(fault({ TAPECLOCK_CONFIG: 'broken.json' }), 'CONFIG_FILE_NOT_JSON');
  writeFileSync(join(folder, 'list.json'), '[]');
  assert.equal(fault({ TAPECLOCK_CONFIG: 'list.json' }), 'CONFIG_FILE_SHAPE');
});
