// The acceptor as `npm run fix:echo` starts it: in a process of its own.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ECHO_VERSIONS, type EchoVersion } from '@tapeclock/fix/acceptance';
import { systemClock, tcpNetwork } from '@tapeclock/ports';
import { parseDefinition, parsePatterns } from './definition.ts';
import { type DefinitionFolder, definitionFiles, VERSION_OF_FOLDER } from './definition-files.ts';
import { runDefinition } from './run-definition.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PATTERNS = new Map([
  ['9', /\d+/],
  ['10', /\d{3}/],
  ['52', /\d{8}-\d{2}:\d{2}:\d{2}\.\d{3}/],
]);
const LOGON = 'I8=FIXT.1.1|35=A|34=1|49=TW|52=<TIME>|56=ISLD|98=0|108=30|1137=9|';
const ANSWER = 'E8=FIXT.1.1|9=0|35=A|34=1|49=ISLD|52=0|56=TW|98=0|108=30|1137=9|10=0|';

async function start(
  t: TestContext,
  begin: EchoVersion = 'FIX.5.0SP2',
): Promise<{ child: ChildProcess; port: number }> {
  const options = ['--port', '0', '--begin', begin, '--sender', 'ISLD', '--target', 'TW'];
  const child = spawn('npm', ['run', '--silent', 'fix:echo', '--', ...options], { cwd: ROOT });
  t.after(() => child.kill());
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, port: Number(/127\.0\.0\.1:(\d+)$/.exec(line)?.[1]) };
}

const play = (port: number, ...lines: readonly string[]) =>
  runDefinition(
    { network: tcpNetwork, clock: systemClock(), port, patterns: PATTERNS },
    parseDefinition(lines.join('\n')),
  );

const definitions = definitionFiles();

/** Those that agree on 30 s between heartbeats: nothing in them depends on how busy the machine is. */
const isUnhurried = (text: string) => text.includes('108=30');

for (const [folder, version] of Object.entries(VERSION_OF_FOLDER) as [DefinitionFolder, EchoVersion][]) {
  test(`one process answers the ${ECHO_VERSIONS[version]} definitions one after the other, over real sockets`, {
    skip: 'missing' in definitions && definitions.missing,
    timeout: 120_000,
  }, async (t) => {
    if ('missing' in definitions) return;
    const { port } = await start(t, version);
    const patterns = parsePatterns(readFileSync(definitions.patterns, 'latin1'));
    let count = 0;
    for (const file of definitions.files.filter((one) => one.folder === folder)) {
      const text = readFileSync(file.path, 'latin1');
      if (!isUnhurried(text)) continue;
      const target = { network: tcpNetwork, clock: systemClock(), port, patterns };
      await runDefinition(target, parseDefinition(text)).catch((error: unknown) => {
        throw new Error(`${file.folder}/${file.name}`, { cause: error });
      });
      count += 1;
    }
    assert.ok(count > 30, String(count));
  });
}

test('the echo takes a probe, a Logon, and the next one right after a drop', {
  timeout: 60_000,
}, async (t) => {
  const { port } = await start(t);
  await play(port, 'iCONNECT', 'iDISCONNECT');
  for (let times = 0; times < 20; times += 1) await play(port, 'iCONNECT', LOGON, ANSWER, 'iDISCONNECT');
});

test('the echo ends on SIGTERM and leaves its port, a session logged on or not', {
  timeout: 60_000,
}, async (t) => {
  const { child, port } = await start(t);
  await play(port, 'iCONNECT', LOGON, ANSWER, 'iDISCONNECT');
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  await assert.rejects(play(port, 'iCONNECT'), /ECONNREFUSED/);
});

test('an option that says nothing ends it with status 2 and the usage', { timeout: 60_000 }, async () => {
  const child = spawn('npm', ['run', '--silent', 'fix:echo', '--', '--port', '1', '--begin', 'FIX.9'], {
    cwd: ROOT,
  });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  const [status] = await once(child, 'exit');
  assert.equal(status, 2);
  assert.match(said, /--begin must be one of.*\nusage: npm run/);
});
