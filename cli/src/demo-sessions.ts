import type { GatewaySession } from '@tapeclock/fix-gateway';

const VERSIONS = [
  { id: 'DEMO44', beginString: 'FIX.4.4', profile: 'drop-copy' },
  { id: 'DEMO42', beginString: 'FIX.4.2', profile: 'drop-copy-fix42' },
  { id: 'DEMO50', beginString: 'FIXT.1.1', profile: 'drop-copy' },
] as const;
/** The benches and drills drive many connections at once. */
const LOAD_SESSIONS = 8;

/**
 * FIX sessions of a product that nobody has configured: one for each version (`DEMO44`, `DEMO42`, `DEMO50`), and `LOAD1` …
 * `LOAD8` for load drivers (FIX 4.4), all to `TAPECLOCK`, all from loopback, all with the one demo password.
 */
export function demoSessions(passwordSha256: string): readonly GatewaySession[] {
  const common = {
    targetCompId: 'TAPECLOCK',
    mpid: 'TCLK',
    passwordSha256,
    remoteAddresses: ['127.0.0.1/32', '::1/128'],
    // The demo's clock stands on a trading day; a real engine's does not.
    checkSendingTime: false,
  };
  const demo = VERSIONS.map(({ id, ...version }) => ({
    ...common,
    ...version,
    sessionId: id,
    senderCompId: id,
    source: 'DEMO-OMS',
  }));
  const load = Array.from({ length: LOAD_SESSIONS }, (_, index) => ({
    ...common,
    sessionId: `LOAD${index + 1}`,
    senderCompId: `LOAD${index + 1}`,
    beginString: 'FIX.4.4' as const,
    profile: 'drop-copy',
    source: `LOAD${index + 1}`,
  }));
  return [...demo, ...load];
}
