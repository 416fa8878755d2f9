import { fileURLToPath } from 'node:url';
import { topicDeclarations } from '@tapeclock/schemas';
import type { RunningService, ServiceEnvironment } from '@tapeclock/service';
import type { ApiContext } from './api/api-context.ts';
import { createServer } from './api/server.ts';
import { createAttempts } from './auth/attempts.ts';
import { createSessions } from './auth/sessions.ts';
import { createDesk } from './desk/desk.ts';
import { createLiveHub, type LiveHub } from './live/live-hub.ts';
import { type Projector, type ProjectorHealth, startProjector } from './projector/projector.ts';
import type { ReadModel } from './read-model/read-model.ts';
import { sqliteReadModel } from './read-model/sqlite/sqlite-read-model.ts';
import { createOverview } from './views/overview.ts';
import { showRulebook } from './views/rulebook.ts';

export interface ComplianceConfig {
  /** File of the read model, not shared with any other service; `:memory:` keeps nothing. It may be deleted while stopped. */
  readonly readModelFile: string;
  /** Where the board and its API listen; null runs the read model alone (the simulation does). */
  readonly http: {
    /** @default 127.0.0.1 */
    readonly host?: string;
    /** 0 takes any free port. */
    readonly port: number;
    /** Built board. @default services/compliance/web/dist */
    readonly webRoot?: string;
    /** The rulebook in force, by path inside its folder, for reading and for questions by hand. */
    readonly rulebookFiles: Readonly<Record<string, string>>;
    /** PEM texts; null serves plain HTTP, which is for loopback or behind what ends TLS. @default null */
    readonly tls?: { readonly certificate: string; readonly privateKey: string } | null;
  } | null;
}

export interface RunningCompliance extends RunningService {
  /** Port of the API; null without HTTP. */
  readonly port: number | null;
  health(): ProjectorHealth;
  /** Resolves when everything that is on the log now can be seen. */
  caughtUp(): Promise<void>;
  readonly model: ReadModel;
}

/** FIX session bytes are the sessions' own memory; each message that matters stands in an event of its own. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['fix.sessions']);
export const PROJECTED_TOPICS: readonly string[] = topicDeclarations
  .map(({ name }) => name)
  .filter((name) => !NOT_SHOWN.has(name));

const WEB_ROOT = fileURLToPath(new URL('../web/dist', import.meta.url));

/**
 * Builds or resumes the read model and opens the board's API. `environment.files` holds `accounts.json`.
 * Rejects with `RulebookError` when the rules cannot be trusted.
 */
export async function startCompliance(
  environment: ServiceEnvironment,
  config: ComplianceConfig,
): Promise<RunningCompliance> {
  const { clock, random, files, codec, telemetry } = environment;
  const onFault = (error: unknown) => telemetry.logger.error('request failed', { error });
  const http =
    config.http === null ? null : { ...config.http, shown: showRulebook(config.http.rulebookFiles) };
  const model = sqliteReadModel(config.readModelFile);
  const desk = createDesk(environment);
  // The projector and the overview know each other: the one tells how far behind the other's numbers are.
  let projector: Projector | null = null;
  const health = (): ProjectorHealth =>
    projector?.health() ?? { dataAsOfNs: null, lagNs: 0n, lagRecords: 0, rebuilding: model.fresh };
  const overview = createOverview(model.queries, health, () => clock.nowNs());
  const live: LiveHub = createLiveHub(clock, overview, onFault);
  projector = await startProjector(model, environment, {
    topics: PROJECTED_TOPICS,
    onApplied(batch) {
      desk.seen(batch.actedOn);
      live.applied(batch);
    },
    onRebuild: () => live.rebuilt(),
  });
  const running = projector;
  telemetry.metrics.beforeScrape(() => {
    telemetry.metrics.set(
      'tapeclock_processor_lag_seconds',
      { service: 'compliance', partition: 'all' },
      Number(running.health().lagNs / 1_000_000n) / 1_000,
    );
  });

  const stopAll = async () => {
    live.stop();
    await running.stop();
    await model.close();
  };
  if (http === null) {
    return {
      port: null,
      model,
      health,
      caughtUp: () => running.caughtUp(),
      ready: () => !health().rebuilding,
      stop: once(stopAll),
    };
  }

  const tls = http.tls ?? null;
  const context: ApiContext = {
    clock,
    random,
    files,
    codec,
    queries: model.queries,
    desk,
    live,
    overview,
    sessions: createSessions(clock, random),
    attempts: createAttempts(clock),
    shown: http.shown,
    secure: tls !== null,
  };
  const app = await createServer(context, {
    webRoot: http.webRoot ?? WEB_ROOT,
    tls,
    onFault,
    onAnswer: (route, status, elapsedMs) =>
      telemetry.metrics.observe(
        'tapeclock_http_request_seconds',
        { service: 'compliance', route, status: String(status) },
        elapsedMs / 1_000,
      ),
  });
  try {
    await app.listen({ host: http.host ?? '127.0.0.1', port: http.port });
  } catch (error) {
    await stopAll();
    throw error;
  }
  const address = app.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : http.port,
    model,
    health,
    caughtUp: () => running.caughtUp(),
    // A board that is behind still answers: it says how far. Only one that has never caught up is not ready.
    ready: () => !health().rebuilding,
    stop: once(async () => {
      live.stop();
      await app.close();
      await stopAll();
    }),
  };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= run();
    return running;
  };
}
