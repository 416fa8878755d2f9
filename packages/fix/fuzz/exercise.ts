import {
  bodyAscending,
  decodeMessage,
  encodeMessage,
  type Field,
  FixMessage,
  type FrameEvent,
  FrameReader,
  initialState,
  messageCheck,
  type Resync,
  resolveConfig,
  type SessionDictionaries,
  type SessionEvent,
  type SessionState,
  standardDictionaries,
  stepSession,
  wakeAtNs,
} from '../src/index.ts';
import type { BeginString } from '../src/session/index.ts';

/** Something that must never be was; carries what was under way. */
export class FuzzFailure extends Error {
  readonly input: Uint8Array;

  constructor(text: string, input: Uint8Array, cause?: unknown) {
    super(text, { cause });
    this.name = 'FuzzFailure';
    this.input = input;
  }
}

export interface ExerciseOptions {
  readonly beginString: BeginString;
  readonly isChecked: boolean;
  readonly resyncAt: Resync;
}

const START_NS = 1_795_532_400_000_000_000n;
const BODY_BYTES_MAX = 64 * 1024;
const SKIPPED_BYTES_MAX = 16 * 1024;
const HELD_MESSAGES_MAX = 16;
const HELD_BYTES_MAX = 1800;
const GROUP = { count: 453, delimiter: 448, members: [447, 452, 802, 523, 803] };
const TAGS = [34, 52, 31, 43, 60, 0, -1, 1, 96, 1404, 9999];

/**
 * One conversation: a reader, a session that takes what comes out of it, and everything an application might do with a
 * message. Throws `FuzzFailure` where anything throws, loops, or keeps more than it may.
 */
export class Exercise {
  readonly #books: SessionDictionaries;
  readonly #reader: FrameReader;
  #state: SessionState;
  #monotonicNs = 0n;
  #ended = false;
  #frames = 0;

  constructor(options: ExerciseOptions) {
    this.#books = standardDictionaries(options.beginString);
    this.#reader = new FrameReader({
      bodyBytesMax: BODY_BYTES_MAX,
      skippedBytesMax: SKIPPED_BYTES_MAX,
      resyncAt: options.resyncAt,
    });
    const config = resolveConfig({
      sessionId: 'fuzz',
      role: 'acceptor',
      beginString: options.beginString,
      senderCompId: 'TAPE',
      targetCompId: 'DESK',
      heldMessagesMax: HELD_MESSAGES_MAX,
      heldBytesMax: HELD_BYTES_MAX,
      ...(options.isChecked ? { check: messageCheck(this.#books) } : {}),
    });
    this.#state = initialState(config, { nextOut: 1, nextIn: 1 });
    this.#step({ kind: 'connected' }, new Uint8Array());
  }

  /** The number the session waits for. */
  get expectedIn(): number {
    return this.#state.expectedIn;
  }

  /** The line is closed, by the session or by the reader: nothing more comes of this conversation. */
  get isEnded(): boolean {
    return this.#ended;
  }

  /** Whole messages that came through the frame, for telling how deep the inputs reach. */
  get frameCount(): number {
    return this.#frames;
  }

  feed(input: Uint8Array): void {
    try {
      // The reader takes the memory over.
      this.#reader.feed(Uint8Array.from(input));
      let pulls = 0;
      for (let event = this.#reader.next(); event !== null; event = this.#reader.next()) {
        pulls += 1;
        if (pulls > input.length + BODY_BYTES_MAX)
          throw new FuzzFailure('the reader does not come to an end', input);
        this.#read(event, input);
      }
      if (this.#reader.bufferedBytes > 2 * BODY_BYTES_MAX + input.length) {
        throw new FuzzFailure(`the reader holds ${this.#reader.bufferedBytes} bytes`, input);
      }
    } catch (error) {
      throw error instanceof FuzzFailure ? error : new FuzzFailure(String(error), input, error);
    }
  }

  /** Lets time pass up to what the session waits for, at most so long. */
  pass(byNs: bigint): void {
    if (this.#ended) return;
    this.#monotonicNs += byNs;
    const wakeNs = wakeAtNs(this.#state);
    if (wakeNs !== null && wakeNs <= this.#monotonicNs) {
      this.#step({ kind: 'tick', isReading: true }, new Uint8Array());
      const next = wakeAtNs(this.#state);
      if (next !== null && next <= this.#monotonicNs)
        throw new FuzzFailure('a tick is due for ever', new Uint8Array());
    }
  }

  #read(event: FrameEvent, input: Uint8Array): void {
    if (event.kind === 'tooLarge' || event.kind === 'overflow') this.#ended = true;
    if (event.kind !== 'frame') return;
    this.#frames += 1;
    const message = decodeMessage(event.bytes);
    if (!(message instanceof FixMessage)) return;
    this.#look(message, input);
    this.#step({ kind: 'message', message }, input);
  }

  /** What an application does with a message: nothing of it may throw, and what can be written reads the same again. */
  #look(message: FixMessage, input: Uint8Array): void {
    for (const tag of TAGS) {
      message.string(tag);
      message.int(tag);
      message.decimal(tag);
      message.timestamp(tag);
      message.flag(tag);
    }
    message.group(GROUP);
    const body = bodyAscending(this.#books, message);
    const writable = body.filter(([tag, value]) => tag > 0 && (value as Uint8Array).length > 0);
    const again = decodeMessage(encodeMessage(message.beginString, message.msgType || '0', writable));
    if (!(again instanceof FixMessage))
      throw new FuzzFailure(`what was written does not read: ${again}`, input);
    for (const [at, [tag, value]] of writable.entries() as IterableIterator<[number, Field]>) {
      const position = at + 3;
      const isSame =
        again.tagAt(position) === tag && Buffer.compare(again.valueAt(position), value as Uint8Array) === 0;
      if (!isSame) throw new FuzzFailure(`field ${tag} is another after writing and reading`, input);
    }
  }

  #step(event: SessionEvent, input: Uint8Array): void {
    if (this.#ended) return;
    const { state, outputs } = stepSession(this.#state, event, {
      utcNs: START_NS + this.#monotonicNs,
      monotonicNs: this.#monotonicNs,
    });
    this.#state = state;
    if (state.held.size > HELD_MESSAGES_MAX || state.heldBytes > HELD_BYTES_MAX || state.heldBytes < 0) {
      throw new FuzzFailure(`${state.held.size} messages of ${state.heldBytes} bytes are held`, input);
    }
    if (outputs.length > 4 * HELD_MESSAGES_MAX + 8)
      throw new FuzzFailure(`${outputs.length} outputs at once`, input);
    if (!Number.isSafeInteger(state.expectedIn) || !Number.isSafeInteger(state.nextOut)) {
      throw new FuzzFailure(`numbers ${state.expectedIn} and ${state.nextOut} are none`, input);
    }
    for (const output of outputs) {
      if (output.kind === 'disconnect') this.#ended = true;
      if (output.kind === 'transmit' && !(decodeMessage(output.bytes) instanceof FixMessage)) {
        throw new FuzzFailure('the session sends what is no message', input);
      }
      if (output.kind === 'deliver') {
        const { seq, epoch } = output.delivery;
        this.#step({ kind: 'taken', seq, epoch }, input);
      }
    }
  }
}
