import { createHash } from 'node:crypto';
import {
  type Field,
  type Initiator,
  memorySessionStore,
  type SessionStore,
  startInitiator,
} from '@tapeclock/fix';
import type { ServiceEnvironment } from '@tapeclock/service';
import type { Life } from './life.ts';

/** One message of a trading system, from the trade to the hand-over. */
export interface Submission {
  readonly sourceExecutionId: string;
  readonly msgType: string;
  readonly fields: readonly Field[];
  /** A number of the FIX session is used up: the session owes its delivery from here on. */
  numbered: boolean;
}

/** A session of a trading system with the gateway, as configured on both sides. */
export interface SourceSession {
  readonly sessionId: string;
  readonly senderCompId: string;
  /** Sessions of one system share one source. */
  readonly source: string;
}

export const GATEWAY_COMP_ID = 'TAPECLOCK';
export const GATEWAY_PORT = 9880;
const PASSWORD = 'open sesame';
export const PASSWORD_SHA256 = createHash('sha256').update(PASSWORD).digest('hex');

/**
 * The sender's side: a trading system that copies its executions over one FIX session. What it has to tell and what
 * its session has sent are on a disk of its own and survive its crashes, as they would at a real one.
 */
export class TradingSystem {
  readonly session: SourceSession;
  readonly submissions: Submission[] = [];
  readonly #store: SessionStore = memorySessionStore();
  #initiator: Initiator | null = null;
  #next = 0;
  #pumping = false;

  constructor(session: SourceSession) {
    this.session = session;
  }

  /** Starts one life of the process. */
  async start({ network, clock }: ServiceEnvironment, life: Pick<Life, 'ask'>): Promise<void> {
    const store = this.#store;
    this.#initiator = null;
    this.#pumping = false;
    const initiator = await startInitiator({
      network,
      clock,
      host: '127.0.0.1',
      port: GATEWAY_PORT,
      session: {
        sessionId: `from-${this.session.sessionId}`,
        role: 'initiator',
        beginString: 'FIX.4.4',
        senderCompId: this.session.senderCompId,
        targetCompId: GATEWAY_COMP_ID,
        password: PASSWORD,
      },
      store: {
        load: () => life.ask(() => store.load()),
        append: (records) => life.ask(() => store.append(records)),
      },
      // Business rejects tell of our mistakes; a person would read them.
      onMessage: async () => {},
      onState: (change) => {
        if (change.state === 'LOGGED_ON') this.#pump();
      },
    });
    this.#initiator = initiator;
    this.#pump();
  }

  /** The trade is in the system's own book from here on, whatever happens to its process. */
  submit(sourceExecutionId: string, msgType: string, fields: readonly Field[]): void {
    this.submissions.push({ sourceExecutionId, msgType, fields, numbered: false });
    this.#pump();
  }

  get nothingLeft(): boolean {
    return this.#next >= this.submissions.length;
  }

  /** Hands over what waits, in order; stops where the session does not take it, and goes on at the next logon. */
  #pump(): void {
    const initiator = this.#initiator;
    if (initiator === null || this.#pumping || !initiator.session.isLoggedOn) return;
    this.#pumping = true;
    void this.#handOver(initiator).finally(() => {
      if (this.#initiator === initiator) this.#pumping = false;
    });
  }

  async #handOver(initiator: Initiator): Promise<void> {
    for (;;) {
      const submission = this.submissions[this.#next];
      if (submission === undefined || this.#initiator !== initiator) return;
      try {
        await initiator.send({ msgType: submission.msgType, fields: [...submission.fields] });
      } catch {
        return;
      }
      submission.numbered = true;
      this.#next += 1;
    }
  }
}
