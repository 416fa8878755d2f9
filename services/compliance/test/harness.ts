/** The service over a memory log and virtual time, with a way to sign in; for API tests. */
import { fileURLToPath } from 'node:url';
import { memoryEventLog } from '@tapeclock/event-log';
import { memoryFileStore, seededRandom, virtualClock } from '@tapeclock/ports/virtual';
import {
  type AnyEvent,
  createEventCodec,
  embeddedRegistry,
  releasedSchemas,
  topicDeclarations,
} from '@tapeclock/schemas';
import { readRulebookFiles } from '@tapeclock/service';
import { silentTelemetry } from '@tapeclock/telemetry';
import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../src/api/api-context.ts';
import { createServer } from '../src/api/server.ts';
import { setPassword } from '../src/auth/accounts.ts';
import { createAttempts } from '../src/auth/attempts.ts';
import { createSessions } from '../src/auth/sessions.ts';
import { createDesk } from '../src/desk/desk.ts';
import { createLiveHub } from '../src/live/live-hub.ts';
import { type Projector, startProjector } from '../src/projector/projector.ts';
import { sqliteReadModel } from '../src/read-model/sqlite/sqlite-read-model.ts';
import { PROJECTED_TOPICS } from '../src/start-compliance.ts';
import { createOverview } from '../src/views/overview.ts';
import { showRulebook } from '../src/views/rulebook.ts';
import { TEN } from './events.ts';

/** The real one: what officers read is what decides. */
export const RULEBOOK_FILES = await readRulebookFiles(
  fileURLToPath(new URL('../../../rulebook', import.meta.url)),
);
export const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
export const BOARD = { 'x-tapeclock-board': '1' };
export const PASSWORD = 'correct horse battery';

/** Hashing costs time by design: done once for all tests of a file. */
const accountFiles = memoryFileStore();
await setPassword(accountFiles, seededRandom(1), { name: 'officer', role: 'officer', password: PASSWORD });
await setPassword(accountFiles, seededRandom(2), { name: 'viewer', role: 'viewer', password: PASSWORD });

export const record = (input: AnyEvent) => codec.record(input.type as 'DeskActed', input.event as never);

export async function startHarness(webRoot = '/nonexistent') {
  const clock = virtualClock(TEN);
  const random = seededRandom(7);
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const log = memory.handle('desk');
  const model = sqliteReadModel(':memory:');
  const faults: unknown[] = [];
  const desk = createDesk({ clock, random, log, codec });
  let projector: Projector | null = null;
  const overview = createOverview(
    model.queries,
    () => projector?.health() ?? { dataAsOfNs: null, lagNs: 0n, lagRecords: 0, rebuilding: true },
    () => clock.nowNs(),
  );
  const live = createLiveHub(clock, overview, (error) => faults.push(error));
  projector = await startProjector(
    model,
    { clock, log, codec, telemetry: silentTelemetry },
    {
      topics: PROJECTED_TOPICS,
      onApplied(batch) {
        desk.seen(batch.actedOn);
        live.applied(batch);
      },
    },
  );
  const running = projector;
  const context: ApiContext = {
    clock,
    random,
    files: accountFiles,
    codec,
    queries: model.queries,
    desk,
    live,
    overview,
    sessions: createSessions(clock, random),
    attempts: createAttempts(clock),
    shown: showRulebook(RULEBOOK_FILES),
    secure: false,
  };
  const app: FastifyInstance = await createServer(context, {
    webRoot,
    tls: null,
    onFault: (error) => faults.push(error),
  });

  const cookies = new Map<string, string>();
  return {
    app,
    clock,
    log,
    memory,
    model,
    live,
    faults,
    context,
    projector: running,
    async see(...events: AnyEvent[]) {
      await log.append(events.map(record));
      await clock.advance(1_000_000_000n);
    },
    /** A request as the board of that account makes it. */
    async as(name: 'officer' | 'viewer', method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
      let cookie = cookies.get(name);
      if (cookie === undefined) {
        const { token } = context.sessions.open(name, name);
        cookie = `tapeclock_session=${token}`;
        cookies.set(name, cookie);
      }
      return app.inject({
        method,
        url,
        headers: { cookie, ...(method === 'GET' ? {} : BOARD) },
        ...(payload === undefined ? {} : { payload }),
      });
    },
    async stop() {
      live.stop();
      const stopped = running.stop();
      await clock.advance(1_000_000_000n);
      await stopped;
      await app.close();
      await model.close();
    },
  };
}
