import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { FractionDigits } from '../codec/index.ts';
import type { MessageCheck } from '../dictionary/index.ts';

export type BeginString = 'FIX.4.2' | 'FIX.4.4' | 'FIXT.1.1';

/** Who talks to whom, and how. Ours is `sender`, the counterparty's is `target`. */
export interface SessionConfig {
  /** Names the session on the log and on screens; unique. */
  readonly sessionId: string;
  readonly role: 'acceptor' | 'initiator';
  readonly beginString: BeginString;
  readonly senderCompId: string;
  readonly targetCompId: string;
  /** 50 and 57 of every message we send, where the counterparty wants them. @default none */
  readonly senderSubId?: string;
  readonly targetSubId?: string;
  /** 1137, on FIXT.1.1 only; `9` is FIX 5.0 SP2. @default '9' */
  readonly defaultApplVerId?: string;
  /** An initiator asks for it; an acceptor takes what the peer asks for. @default 30 */
  readonly heartbeatSeconds?: number;
  /** The longest interval an acceptor takes. @default 3600 */
  readonly heartbeatSecondsMax?: number;
  /** Start at 1 on every Logon. What was sent and not received is then lost: recover it above the session. @default false */
  readonly resetOnLogon?: boolean;
  /** 553 and 554 of an initiator's Logon. */
  readonly username?: string;
  readonly password?: string;
  /** How far SendingTime (52) may lie from our clock, either way; null accepts any. @default 120 s */
  readonly sendingTimeToleranceNs?: Ns | null;
  /** Digits behind the second in the times we write. @default 3 */
  readonly fractionDigits?: FractionDigits;
  /** From connection to Logon. @default 10 s */
  readonly logonTimeoutNs?: Ns;
  /** From our Logout to the peer's. @default 2 s */
  readonly logoutTimeoutNs?: Ns;
  /** Without progress on a gap the ResendRequest is repeated after this, three times in all. @default 10 s */
  readonly gapTimeoutNs?: Ns;
  /** Messages that arrived too early, kept until the gap is filled; more are dropped and come with the resend. @default 1000 */
  readonly heldMessagesMax?: number;
  /** @default 16 MiB */
  readonly heldBytesMax?: number;
  /**
   * Refuses what the dictionary does not allow, see `messageCheck`. Without one a message only has to have what the
   * session itself needs: what fields mean is then the application's to judge. @default none
   */
  readonly check?: MessageCheck;
  /** A Logon that cannot be accepted is told why in a Logout, or the line is just closed. @default 'explained' */
  readonly logonRefusal?: 'explained' | 'silent';
}

/** The same, with nothing left open. */
export interface ResolvedConfig extends Omit<Required<SessionConfig>, OptionalText | 'check'> {
  readonly senderSubId: string | null;
  readonly targetSubId: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly check: MessageCheck | null;
}

type OptionalText = 'username' | 'password' | 'senderSubId' | 'targetSubId';

const PRINTABLE = [
  'sessionId',
  'senderCompId',
  'targetCompId',
  'senderSubId',
  'targetSubId',
  'defaultApplVerId',
  'username',
  'password',
] as const;

/** Throws a `TypeError` for CompIDs or texts that could not stand in a FIX field. */
export function resolveConfig(config: SessionConfig): ResolvedConfig {
  for (const name of PRINTABLE) {
    const value = config[name];
    // The value stays out of the message: one of them is a password.
    if (value !== undefined && !/^[\x20-\x7e]+$/.test(value)) {
      throw new TypeError(`FIX session ${config.sessionId}: ${name} must be printable ASCII`);
    }
  }
  return {
    defaultApplVerId: '9',
    heartbeatSeconds: 30,
    heartbeatSecondsMax: 3600,
    resetOnLogon: false,
    sendingTimeToleranceNs: 120n * NS_PER_SECOND,
    fractionDigits: 3,
    logonTimeoutNs: 10n * NS_PER_SECOND,
    logoutTimeoutNs: 2_000n * NS_PER_MS,
    gapTimeoutNs: 10n * NS_PER_SECOND,
    heldMessagesMax: 1000,
    heldBytesMax: 16 * 1024 * 1024,
    logonRefusal: 'explained',
    ...config,
    senderSubId: config.senderSubId ?? null,
    targetSubId: config.targetSubId ?? null,
    username: config.username ?? null,
    password: config.password ?? null,
    check: config.check ?? null,
  };
}
