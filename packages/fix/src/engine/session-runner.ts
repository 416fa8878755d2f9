import type { Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import { decodeMessage, type FixMessage, type FrameEvent } from '../codec/index.ts';
import {
  type Delivery,
  initialState,
  type OutgoingMessage,
  type ResolvedConfig,
  resend,
  resolveConfig,
  type SessionConfig,
  type SessionEvent,
  type SessionOutput,
  type SessionState,
  stepSession,
  takenIn,
  wakeAtNs,
} from '../session/index.ts';
import type { SessionStore, StoredSession } from '../store/index.ts';
import type { Connection, ConnectionOwner } from './connection.ts';
import type {
  CloseCode,
  EngineLimits,
  EngineListener,
  IncidentCode,
  PersistIntent,
  Sent,
  Session,
} from './engine-events.ts';
import { GroupCommit } from './group-commit.ts';
import { OutboundQueue } from './outbound-queue.ts';
import { SendError } from './send-error.ts';

export interface RunnerOptions {
  readonly config: SessionConfig;
  readonly clock: Clock;
  readonly store: SessionStore;
  readonly limits: EngineLimits;
  readonly listener: EngineListener;
}

const BODY_BYTES_MAX = 1024 * 1024;
const TAKEN_DELAY_NS = 50_000_000n;

interface Sending {
  readonly persist: PersistIntent | undefined;
  readonly settle: PromiseWithResolvers<Sent>;
}

/** Carries out what the pure session decides: one for each session, over all its connections. */
export class SessionRunner implements Session, ConnectionOwner {
  readonly config: ResolvedConfig;
  readonly #clock: Clock;
  readonly #listener: EngineListener;
  readonly #limits: Required<Pick<EngineLimits, 'windowMessages' | 'outboundMessagesMax' | 'bodyBytesMax'>>;
  readonly #commit: GroupCommit;
  readonly #queue: OutboundQueue;
  #state: SessionState;
  #connection: Connection | null = null;
  #closeReason: { readonly code: CloseCode; readonly text: string } | null = null;
  #recordedTakenIn: number;
  #timer: Timer | null = null;
  #timerAtNs: Ns = 0n;
  #closeTimer: Timer | null = null;
  readonly #backlog: { readonly event: SessionEvent; readonly sending: Sending | undefined }[] = [];
  #isApplying = false;
  #isPumping = false;
  #isStopped = false;
  #whenIdle: (() => void)[] = [];

  /** Rejects when the store cannot be read. */
  static async open(options: RunnerOptions): Promise<SessionRunner> {
    return new SessionRunner(options, await options.store.load());
  }

  private constructor(options: RunnerOptions, stored: StoredSession) {
    const { clock, limits } = options;
    this.config = resolveConfig(options.config);
    this.#clock = clock;
    this.#listener = options.listener;
    this.#limits = {
      windowMessages: limits.windowMessages ?? 256,
      outboundMessagesMax: limits.outboundMessagesMax ?? 4096,
      bodyBytesMax: limits.bodyBytesMax ?? BODY_BYTES_MAX,
    };
    this.#commit = new GroupCommit(options.store, clock, limits.takenRecordDelayNs ?? TAKEN_DELAY_NS);
    this.#queue = new OutboundQueue({
      sent: {
        messagesMax: limits.sentMessagesMax ?? 10_000,
        bytesMax: limits.sentBytesMax ?? 16 * 1024 * 1024,
      },
      nowNs: () => clock.nowNs(),
      onFailure: (connection, error) => {
        this.#incident('STORE_FAILED', messageOf(error));
        if (connection !== null && connection === this.#connection)
          this.#drop('STORE_FAILED', messageOf(error));
      },
    });
    for (const { seq, bytes } of stored.sent) this.#queue.sent.add(seq, bytes);
    this.#state = initialState(this.config, stored);
    this.#recordedTakenIn = stored.nextIn;
  }

  get sessionId(): string {
    return this.config.sessionId;
  }

  get isLoggedOn(): boolean {
    return this.#state.phase === 'loggedOn';
  }

  get nextOut(): number {
    return this.#state.nextOut;
  }

  get nextIn(): number {
    return takenIn(this.#state);
  }

  /** True from `attach` until the stream has closed, or until we have ended it and only wait for the peer's end. */
  get isConnected(): boolean {
    return this.#connection?.isOpen === true;
  }

  /** Takes over an open connection; `first` is the Logon that told whose it is. */
  attach(connection: Connection, first: FixMessage | null): void {
    const ended = this.#connection;
    if (ended !== null) {
      ended.handOver(NOBODY);
      ended.destroy();
      this.onClosed(null);
    }
    this.#connection = connection;
    this.#closeReason = null;
    connection.handOver(this);
    connection.reader.allowBodyBytes(this.#limits.bodyBytesMax);
    this.#notify('CONNECTED', null, '');
    this.#apply({ kind: 'connected' });
    if (first !== null) this.#apply({ kind: 'message', message: first });
    this.#pump();
  }

  send(message: OutgoingMessage, persist?: PersistIntent): Promise<Sent> {
    if (this.#isStopped) return Promise.reject(new SendError('STOPPED', 'the engine is stopping'));
    if (this.#queue.length >= this.#limits.outboundMessagesMax) {
      return Promise.reject(new SendError('OVERLOADED', `${this.#queue.length} messages wait to leave`));
    }
    const settle = Promise.withResolvers<Sent>();
    this.#apply({ kind: 'send', message }, { persist, settle });
    return settle.promise;
  }

  logout(text: string): void {
    this.#apply({ kind: 'logout', text });
  }

  /** Logs out, waits for the stream to close and for the last records to be durable. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#connection !== null) {
      const closed = new Promise<void>((resolve) => this.#whenIdle.push(resolve));
      this.logout('');
      await closed;
    }
    await this.#commit.flush();
  }

  /** Resolves when no connection is attached. */
  idle(): Promise<void> {
    return this.#connection === null
      ? Promise.resolve()
      : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** Resolves when no connection is attached, after `patienceNs` at the latest. */
  async disconnectedWithin(patienceNs: Ns): Promise<void> {
    const patience = Promise.withResolvers<void>();
    const timer = this.#clock.after(patienceNs, patience.resolve);
    await Promise.race([this.idle(), patience.promise]);
    timer.cancel();
  }

  onReadable(): void {
    this.#pump();
  }

  onDrain(): void {
    this.#queue.flush();
    this.#pump();
  }

  onClosed(error: Error | null): void {
    const reason = this.#closeReason ?? {
      code: 'CONNECTION_LOST' as const,
      text: error?.message ?? 'closed by the peer',
    };
    this.#closeTimer?.cancel();
    this.#closeTimer = null;
    this.#apply({ kind: 'disconnected' });
    this.#notify('DISCONNECTED', reason.code, reason.text);
    this.#connection = null;
    // What waits for a blocked stream waits no longer.
    this.#queue.flush();
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** One step after the other: what a listener does from within a step (`send`, mostly) waits for its end. */
  #apply(event: SessionEvent, sending?: Sending): void {
    this.#backlog.push({ event, sending });
    if (this.#isApplying) return;
    this.#isApplying = true;
    for (let next = this.#backlog.shift(); next !== undefined; next = this.#backlog.shift()) {
      const { state, outputs } = stepSession(this.#state, next.event, {
        utcNs: this.#clock.nowNs(),
        monotonicNs: this.#clock.monotonicNs(),
      });
      this.#state = state;
      for (const output of outputs) this.#act(output, next.sending);
    }
    this.#isApplying = false;
    const taken = takenIn(this.#state);
    if (taken > this.#recordedTakenIn) {
      this.#recordedTakenIn = taken;
      this.#commit.noteTaken(taken - 1);
    }
    this.#armTimer();
  }

  #act(output: SessionOutput, sending: Sending | undefined): void {
    switch (output.kind) {
      case 'transmit':
        this.#transmit(output, sending);
        break;
      case 'notSent':
        sending?.settle.reject(new SendError(output.code, output.message));
        break;
      case 'resend':
        this.#incident('RESEND', `messages ${output.from} to ${output.to} were asked for again`);
        this.#queue.resend(this.#connection, () =>
          resend(this.config, this.#queue.sent, output, {
            utcNs: this.#clock.nowNs(),
            monotonicNs: this.#clock.monotonicNs(),
          }),
        );
        break;
      case 'deliver':
        this.#deliver(output.delivery);
        break;
      case 'reset':
        this.#queue.reset();
        this.#recordedTakenIn = 1;
        this.#commit.append({ kind: 'reset', nextOut: output.nextOut }).catch((error: unknown) => {
          this.#incident('STORE_FAILED', messageOf(error));
          this.#drop('STORE_FAILED', messageOf(error));
        });
        this.#incident('SEQUENCE_RESET', 'both directions begin anew at 1');
        break;
      case 'loggedOn':
        this.#notify('LOGGED_ON', null, '');
        break;
      case 'rejected':
        this.#incident('REJECTED', `message ${output.refSeq}: ${output.text}`);
        break;
      case 'gap':
        this.#incident('GAP', `messages from ${output.from} on are missing, ${output.upTo} has come`);
        break;
      case 'disconnect':
        this.#closeReason ??= output;
        this.#closeInTime();
        this.#queue.close(this.#connection);
        break;
    }
  }

  #transmit(output: Extract<SessionOutput, { kind: 'transmit' }>, sending: Sending | undefined): void {
    const { seq, bytes, isApplication } = output;
    const durable =
      sending?.persist === undefined
        ? this.#commit.append({ kind: 'out', seq, isApplication, bytes: isApplication ? bytes : NO_BYTES })
        : attempt(sending.persist, seq, bytes);
    this.#queue.message(
      { connection: this.#connection, seq, bytes, isApplication, settle: sending?.settle ?? null },
      durable,
    );
  }

  #deliver(delivery: Delivery): void {
    const connection = this.#connection;
    const { seq, epoch } = delivery;
    attempt(this.#listener.onMessage, this, { ...delivery, receivedNs: this.#clock.nowNs() }).then(
      () => {
        this.#apply({ kind: 'taken', seq, epoch });
        this.#pump();
      },
      (error: unknown) => {
        this.#incident('NOT_TAKEN', `message ${seq}: ${messageOf(error)}`);
        // On a later connection the peer has been asked for it again already.
        if (connection === this.#connection) this.#drop('NOT_TAKEN', `message ${seq} could not be taken`);
      },
    );
  }

  /** Reads on while there is room; otherwise lets TCP hold the peer. */
  #pump(): void {
    const connection = this.#connection;
    if (this.#isPumping || connection === null) return;
    this.#isPumping = true;
    while (connection.isOpen && this.#hasRoom()) {
      const event = connection.reader.next();
      if (event === null) break;
      this.#read(event);
    }
    this.#isPumping = false;
    if (!connection.isOpen) return;
    if (this.#hasRoom()) connection.release();
    else connection.hold();
  }

  #hasRoom(): boolean {
    return (
      this.#state.inFlight.length < this.#limits.windowMessages &&
      this.#queue.length < this.#limits.outboundMessagesMax
    );
  }

  #read(event: FrameEvent): void {
    switch (event.kind) {
      case 'frame': {
        const message = decodeMessage(event.bytes);
        if (typeof message === 'string') this.#incident('GARBLED', message);
        else this.#apply({ kind: 'message', message });
        break;
      }
      case 'garbage':
        this.#incident('GARBAGE', `${event.byteCount} bytes skipped`);
        break;
      case 'garbled':
        this.#incident('GARBLED', event.reason);
        break;
      case 'tooLarge':
        this.#drop(
          'MESSAGE_TOO_LARGE',
          `BodyLength ${event.bodyBytes} is beyond ${this.#limits.bodyBytesMax}`,
        );
        break;
      case 'overflow':
        this.#drop('TOO_MUCH_GARBAGE', `${event.byteCount} bytes without a message`);
        break;
    }
  }

  /** Hangs up at once, without a Logout: the session cannot or should not say anything more. */
  #drop(code: CloseCode, text: string): void {
    this.#closeReason ??= { code, text };
    this.#connection?.destroy();
  }

  /** A peer that does not let the stream close, or a store that hangs, must not keep the session busy for ever. */
  #closeInTime(): void {
    const connection = this.#connection;
    this.#closeTimer ??= this.#clock.after(this.config.logoutTimeoutNs, () => connection?.destroy());
  }

  /** Deadlines mostly move away, so a timer that fires too early is cheaper than one set anew for each message. */
  #armTimer(): void {
    const wakeNs = wakeAtNs(this.#state);
    if (wakeNs === null) {
      this.#timer?.cancel();
      this.#timer = null;
      return;
    }
    if (this.#timer !== null && this.#timerAtNs <= wakeNs) return;
    this.#timer?.cancel();
    this.#timerAtNs = wakeNs;
    this.#timer = this.#clock.after(wakeNs - this.#clock.monotonicNs(), () => {
      this.#timer = null;
      this.#apply({ kind: 'tick', isReading: this.#connection?.isHeld !== true });
    });
  }

  #notify(state: 'CONNECTED' | 'LOGGED_ON' | 'DISCONNECTED', code: CloseCode | null, text: string): void {
    const remoteAddress = this.#connection?.remoteAddress ?? '';
    this.#listener.onState({ session: this, state, code, text, remoteAddress });
  }

  #incident(code: IncidentCode, text: string): void {
    const remoteAddress = this.#connection?.remoteAddress ?? '';
    this.#listener.onIncident?.({ code, sessionId: this.sessionId, remoteAddress, text });
  }
}

/** Owns a connection that the session has done with. */
const NOBODY: ConnectionOwner = { onReadable() {}, onDrain() {}, onClosed() {} };
const NO_BYTES = new Uint8Array();

/** A throw is a rejection like any other. */
async function attempt<Args extends unknown[]>(
  call: (...args: Args) => Promise<void>,
  ...args: Args
): Promise<void> {
  await call(...args);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
