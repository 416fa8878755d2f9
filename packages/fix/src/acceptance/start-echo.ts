import { NS_PER_SECOND } from '@tapeclock/domain';
import type { Clock, Network } from '@tapeclock/ports';
import { messageCheck, standardDictionaries } from '../dictionary/index.ts';
import { type Acceptor, startAcceptor } from '../engine/index.ts';
import { memorySessionStore } from '../store/index.ts';
import { echoApplication } from './echo-application.ts';

/** Versions that the echo speaks, with what stands on the wire. */
export const ECHO_VERSIONS = {
  'FIX.4.2': 'FIX.4.2',
  'FIX.4.4': 'FIX.4.4',
  'FIX.5.0SP2': 'FIXT.1.1',
} as const;
export type EchoVersion = keyof typeof ECHO_VERSIONS;

export interface EchoOptions {
  readonly network: Network;
  readonly clock: Clock;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly version: EchoVersion;
  readonly senderCompId: string;
  readonly targetCompId: string;
}

/**
 * An acceptor with one session that the public acceptance definitions of QuickFIX can be run against: it starts at 1 on
 * every Logon, holds every message against the dictionary, and reads as QuickFIX does where a BodyLength is wrong. The
 * session's memory is the process's: no Logon ever asks for what was before it.
 */
export async function startEcho(options: EchoOptions): Promise<Acceptor> {
  const { network, clock, port, version, senderCompId, targetCompId } = options;
  const beginString = ECHO_VERSIONS[version];
  const books = standardDictionaries(beginString);
  const application = echoApplication(books);
  const accepted = {
    session: {
      sessionId: `echo-${version}`,
      role: 'acceptor',
      beginString,
      senderCompId,
      targetCompId,
      defaultApplVerId: '9',
      resetOnLogon: true,
      sendingTimeToleranceNs: 120n * NS_PER_SECOND,
      fractionDigits: 3,
      logoutTimeoutNs: 2n * NS_PER_SECOND,
      logonRefusal: 'silent',
      check: messageCheck(books),
    },
    store: memorySessionStore(),
  } as const;
  return startAcceptor({
    network,
    clock,
    host: '127.0.0.1',
    port,
    sessions: (key) =>
      key.beginString === beginString &&
      key.senderCompId === targetCompId &&
      key.targetCompId === senderCompId
        ? accepted
        : null,
    limits: { resyncAt: 'trailer' },
    ...application,
  });
}
