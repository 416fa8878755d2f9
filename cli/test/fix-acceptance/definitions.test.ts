// The acceptance definitions that QuickFIX engines are held to, all of them, on virtual time and a network that cuts bytes
// where it likes: what waits for heartbeats does so in no time, and a busy machine changes nothing.
// echo-process.test.ts plays most of them over real sockets.
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { startEcho } from '@tapeclock/fix/acceptance';
import { seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import { parseDefinition, parsePatterns } from './definition.ts';
import { definitionFiles, VERSION_OF_FOLDER } from './definition-files.ts';
import { runDefinition } from './run-definition.ts';

const COUNT = 177;
const STEP_NS = 50_000_000n;

const found = definitionFiles();

test('all acceptance definitions are there', { skip: 'missing' in found && found.missing }, (t) => {
  if ('missing' in found) return;
  t.assert.equal(found.files.length, COUNT);
});

describe('acceptance definition', () => {
  if ('missing' in found) return;
  const patterns = parsePatterns(readFileSync(found.patterns, 'latin1'));
  for (const { folder, name, path } of found.files) {
    test(`${folder}/${name}`, { timeout: 60_000 }, async () => {
      const clock = virtualClock();
      const net = virtualNetwork({ clock, random: seededRandom(7) });
      const acceptor = await startEcho({
        network: net.host('ISLD'),
        clock,
        port: 0,
        version: VERSION_OF_FOLDER[folder],
        senderCompId: 'ISLD',
        targetCompId: 'TW',
      });
      const target = { network: net.host('TW'), clock, port: acceptor.port, patterns };
      let isPlaying = true;
      const played = runDefinition(target, parseDefinition(readFileSync(path, 'latin1'))).finally(() => {
        isPlaying = false;
      });
      played.catch(() => {});
      while (isPlaying) await clock.advance(STEP_NS);
      await played;
    });
  }
});
