import type { FollowedSessions } from '@tapeclock/fix';
import type { FollowedIndex } from '@tapeclock/intake';

/** One counterparty session, as an operator writes it down. */
export interface GatewaySession {
  /** Names the session on screens, in events and in the log. */
  readonly sessionId: string;
  readonly beginString: 'FIX.4.2' | 'FIX.4.4' | 'FIXT.1.1';
  /** Theirs. */
  readonly senderCompId: string;
  /** Ours. */
  readonly targetCompId: string;
  /** Source that its executions belong to; several sessions of one system may share one. */
  readonly source: string;
  /** Reporting firm where a message names none. */
  readonly mpid: string;
  /** Name of the mapping profile. */
  readonly profile: string;
  /** SHA-256 of the password (554), hex; null lets everybody with the right CompIDs and address on. */
  readonly passwordSha256: string | null;
  /** Addresses and subnets it may come from. @default loopback */
  readonly remoteAddresses: readonly string[];
  /** False only where our clock is not the world's, as in the demo: SendingTime (52) is then not compared. @default true */
  readonly checkSendingTime?: boolean;
}

export interface FixGatewayConfig {
  readonly host: string;
  readonly port: number;
  readonly sessions: readonly GatewaySession[];
  /** What was taken before, read ahead and shared with other gateways of the process. @default one of its own */
  readonly index?: FollowedIndex;
  /** What the sessions remember, read ahead. @default each reads the log when it logs on */
  readonly followedSessions?: FollowedSessions;
  /** PEM texts; without them the port speaks plain TCP and must stay on loopback or behind a tunnel. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string; readonly ca?: string };
}
