import {
  type AcceptedSession,
  type FollowedSessions,
  logSessionStore,
  type OnMessage,
  startAcceptor,
} from '@tapeclock/fix';
import { createIntake, followIndex, INDEX_REACH } from '@tapeclock/intake';
import type { RunningService, ServiceEnvironment } from '@tapeclock/service';
import { IntakeBatcher } from './intake-batcher.ts';
import type { MappingProfile } from './mapping/profile.ts';
import { sessionStateChanged } from './session-events.ts';
import { passwordMatches } from './sessions/password.ts';
import type { FixGatewayConfig, GatewaySession } from './sessions/session-settings.ts';
import { type TakeEnvironment, takeMessage } from './take-message.ts';

const PRODUCER = 'fix-gateway';

/** Starts the FIX ingest. Its port opens when the ids of the last day are known again. */
export async function startFixGateway(
  environment: ServiceEnvironment,
  config: FixGatewayConfig & { readonly profiles: ReadonlyMap<string, MappingProfile> },
): Promise<RunningService & { readonly port: number }> {
  const { clock, random, network, log, codec, telemetry, processName } = environment;
  const { logger, metrics } = telemetry;
  const bound = bindProfiles(config.sessions, config.profiles);
  const following = config.index ?? followIndex({ log, clock, ...INDEX_REACH });
  await following.upToDate();
  const { index } = following;
  const batcher = new IntakeBatcher(createIntake({ log, clock, codec, index, producer: PRODUCER }));
  const taking: TakeEnvironment = { clock, random, log, codec, metrics, batcher };

  const onMessage: OnMessage = async (session, message) => {
    const entry = bound.get(session.sessionId);
    if (entry === undefined) throw new Error(`no settings for session ${session.sessionId}`);
    await takeMessage(session, message, entry.settings, entry.profile, taking);
  };
  const acceptor = await startAcceptor({
    network,
    clock,
    host: config.host,
    port: config.port,
    ...(config.tls === undefined ? {} : { tls: config.tls }),
    sessions: (key) => {
      const entry = [...bound.values()].find(
        ({ settings }) =>
          settings.beginString === key.beginString &&
          settings.senderCompId === key.senderCompId &&
          settings.targetCompId === key.targetCompId,
      );
      return entry === undefined ? null : accepted(entry.settings, environment, config.followedSessions);
    },
    onMessage,
    onState(change) {
      metrics.set(
        'tapeclock_fix_session_up',
        { session: change.session.sessionId, role: 'gateway' },
        change.state === 'LOGGED_ON' ? 1 : 0,
      );
      logger.info('fix session', {
        session: change.session.sessionId,
        state: change.state,
        code: change.code ?? '',
      });
      const event = sessionStateChanged(change, { nowNs: clock.nowNs(), processName, codec });
      // Status for people; the session itself does not depend on it.
      log
        .append([event])
        .catch((error) => logger.warn('session state not logged', { reason: String(error) }));
    },
    onIncident(incident) {
      logger.warn('fix incident', {
        code: incident.code,
        session: incident.sessionId ?? '',
        reason: incident.text,
      });
    },
  });
  let open = true;
  return {
    port: acceptor.port,
    ready: () => open,
    async stop() {
      open = false;
      await acceptor.stop();
      if (config.index === undefined) await following.stop();
    },
  };
}

function accepted(
  settings: GatewaySession,
  environment: ServiceEnvironment,
  followed: FollowedSessions | undefined,
): AcceptedSession {
  const { log, codec, clock } = environment;
  return {
    session: {
      sessionId: settings.sessionId,
      role: 'acceptor',
      beginString: settings.beginString,
      senderCompId: settings.targetCompId,
      targetCompId: settings.senderCompId,
      ...(settings.checkSendingTime === false ? { sendingTimeToleranceNs: null } : {}),
    },
    store: logSessionStore({
      log,
      codec,
      clock,
      sessionId: settings.sessionId,
      producer: PRODUCER,
      ...(followed === undefined ? {} : { followed }),
    }),
    remoteAddresses: settings.remoteAddresses,
    authenticate: ({ password }) => passwordMatches(settings.passwordSha256, password),
  };
}

/** Every session with its profile; throws one error that names all sessions without one, and ids given twice. */
function bindProfiles(
  sessions: readonly GatewaySession[],
  profiles: ReadonlyMap<string, MappingProfile>,
): ReadonlyMap<string, { readonly settings: GatewaySession; readonly profile: MappingProfile }> {
  const bound = new Map<string, { readonly settings: GatewaySession; readonly profile: MappingProfile }>();
  const complaints: string[] = [];
  for (const settings of sessions) {
    const profile = profiles.get(settings.profile);
    if (profile === undefined) {
      complaints.push(
        `session ${settings.sessionId}: no profile "${settings.profile}"; there are ${[...profiles.keys()].join(', ')}`,
      );
    } else if (bound.has(settings.sessionId)) {
      complaints.push(`session ${settings.sessionId} is given twice`);
    } else {
      bound.set(settings.sessionId, { settings, profile });
    }
  }
  if (complaints.length > 0) throw new Error(`FIX gateway sessions:\n  ${complaints.join('\n  ')}`);
  return bound;
}
