import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import {
  decodeMessage,
  encodeMessage,
  type Field,
  FixMessage,
  formatUtcTimestamp,
  initialState,
  resolveConfig,
  type SequenceNumbers,
  type SessionConfig,
  type SessionEvent,
  type SessionOutput,
  type SessionState,
  stepSession,
  wakeAtNs,
} from '../../src/index.ts';

const START_NS = 1_795_532_400_000_000_000n;

/** One session core with a hand-driven peer. Outputs are given as short readable texts. */
export class Line {
  state: SessionState;
  utcNs: Ns = START_NS;
  monotonicNs: Ns = 0n;
  outputs: readonly SessionOutput[] = [];

  constructor(config: Partial<SessionConfig> = {}, stored: SequenceNumbers = { nextOut: 1, nextIn: 1 }) {
    const whole: SessionConfig = {
      sessionId: 's',
      role: 'acceptor',
      beginString: 'FIX.4.4',
      senderCompId: 'TAPE',
      targetCompId: 'DESK',
      ...config,
    };
    this.state = initialState(resolveConfig(whole), stored);
  }

  apply(event: SessionEvent): string[] {
    const before = JSON.stringify(this.state, plain);
    const given = this.state;
    const step = stepSession(given, event, { utcNs: this.utcNs, monotonicNs: this.monotonicNs });
    if (JSON.stringify(given, plain) !== before) throw new Error('the state given was changed');
    this.state = step.state;
    this.outputs = step.outputs;
    return step.outputs.map(readable);
  }

  /** A message of the peer; its header is filled in. `text` is `35=…|tag=value|…`; 34 and 52 may be given. */
  receive(text: string, header: { beginString?: string; sender?: string; target?: string } = {}): string[] {
    return this.apply({ kind: 'message', message: this.message(text, header) });
  }

  message(text: string, header: { beginString?: string; sender?: string; target?: string } = {}): FixMessage {
    const fields = text.split('|').map((field): [number, string] => {
      const at = field.indexOf('=');
      return [Number(field.slice(0, at)), field.slice(at + 1)];
    });
    const [[, msgType], ...body] = fields as [[number, string], ...[number, string][]];
    const all: Field[] = [
      [49, header.sender ?? this.state.config.targetCompId],
      [56, header.target ?? this.state.config.senderCompId],
    ];
    if (!body.some(([tag]) => tag === 52)) all.push([52, formatUtcTimestamp(this.utcNs, 3)]);
    const empty = body.filter(([, value]) => value === '');
    all.push(...body.filter(([tag, value]) => value !== '' && !(tag === 34 && value === '-')));
    let bytes = encodeMessage(header.beginString ?? this.state.config.beginString, msgType, all);
    // What cannot be written can still be received.
    for (const [tag] of empty) {
      const at = bytes.length - 7;
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(`${tag}=\x01`), bytes.subarray(at)]);
    }
    const message = decodeMessage(bytes);
    if (!(message instanceof FixMessage)) throw new Error(message);
    return message;
  }

  /** Connected and logged on with an interval of 10 s; the peer's Logon was its number `seq`. */
  loggedOn(seq = this.state.expectedIn): this {
    this.apply({ kind: 'connected' });
    this.receive(
      `35=A|34=${seq}|98=0|108=10${this.state.config.beginString === 'FIXT.1.1' ? '|1137=9' : ''}`,
    );
    if (this.state.phase !== 'loggedOn') throw new Error(`not logged on: ${this.outputs.map(readable)}`);
    return this;
  }

  taken(seq: number, epoch = this.state.epoch): string[] {
    return this.apply({ kind: 'taken', seq, epoch });
  }

  /** Lets time pass to each moment the core asks for, up to `seconds` from now. */
  pass(seconds: number, isReading = true): string[] {
    const untilNs = this.monotonicNs + BigInt(Math.round(seconds * 1000)) * (NS_PER_SECOND / 1000n);
    const all: string[] = [];
    for (
      let wakeNs = wakeAtNs(this.state);
      wakeNs !== null && wakeNs <= untilNs;
      wakeNs = wakeAtNs(this.state)
    ) {
      this.#moveTo(wakeNs);
      all.push(...this.apply({ kind: 'tick', isReading }));
    }
    this.#moveTo(untilNs);
    return all;
  }

  #moveTo(monotonicNs: Ns): void {
    this.utcNs += monotonicNs - this.monotonicNs;
    this.monotonicNs = monotonicNs;
  }
}

const HEADER = new Set([8, 9, 49, 56, 52, 10]);

function readable(output: SessionOutput): string {
  switch (output.kind) {
    case 'transmit': {
      const message = decodeMessage(output.bytes) as FixMessage;
      return `> ${fields(message)}`;
    }
    case 'deliver': {
      const { message, isPossDup, isPossResend } = output.delivery;
      return `deliver ${fields(message)}${isPossDup ? ' dup' : ''}${isPossResend ? ' resend' : ''}`;
    }
    case 'disconnect':
      return `disconnect ${output.code}`;
    case 'resend':
      return `resend ${output.from}-${output.to}`;
    case 'gap':
      return `gap ${output.from}-${output.upTo}`;
    case 'reset':
      return `reset ${output.nextOut}`;
    case 'rejected':
      return `rejected ${output.refSeq}`;
    case 'notSent':
      return `notSent ${output.code}`;
    case 'loggedOn':
      return 'loggedOn';
  }
}

function fields(message: FixMessage): string {
  const parts: string[] = [];
  for (let i = 0; i < message.fieldCount; i += 1) {
    const tag = message.tagAt(i);
    if (!HEADER.has(tag)) parts.push(`${tag}=${message.textAt(i)}`);
  }
  return parts.join('|');
}

function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Map ? [...value.keys()] : value;
}
