import { rfc3339FromNs } from '@tapeclock/domain';
import type { ByteStream, Clock, Random, Timer } from '@tapeclock/ports';
import { answerFields, queryAnswer } from './answers.ts';
import type { FacilityBook, Verdict } from './book.ts';
import type { FacilityConfig, FacilityProduct } from './facility-config.ts';
import type { FacilityFaults } from './facility-faults.ts';
import type { Journal } from './journal.ts';
import type { Refusal } from './judge.ts';
import { type Fields, textOf, typeOf } from './message.ts';
import { Outbox } from './outbox.ts';
import type { SessionMemory } from './session-memory.ts';
import { readTradeReport } from './trade-report.ts';
import { asPossDup, encodeMessage } from './wire.ts';
import { utcTimestamp } from './wire-time.ts';

export interface FacilityWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly book: FacilityBook;
  readonly config: FacilityConfig;
  readonly faults: FacilityFaults;
}

const HEARTBEAT_NS = 30_000_000_000n;

/** One logged-on connection: takes reports, answers them, recovers what was missed. */
export class FacilitySession {
  readonly memory: SessionMemory;
  readonly #world: FacilityWorld;
  readonly #stream: ByteStream;
  readonly #product: FacilityProduct;
  readonly #header: { readonly client: string; readonly clientSub: string; readonly sub: string };
  readonly #outbox: Outbox;
  #heartbeat: Timer | null = null;
  #askedForResend = false;
  #closed = false;

  constructor(
    world: FacilityWorld,
    stream: ByteStream,
    memory: SessionMemory,
    product: FacilityProduct,
    logon: Fields,
  ) {
    this.#world = world;
    this.#stream = stream;
    this.memory = memory;
    this.#product = product;
    this.#outbox = new Outbox(world.clock, (bytes) => {
      if (!this.#closed && !world.faults.silent) stream.write(bytes);
    });
    this.#header = {
      client: textOf(logon, 49) ?? '',
      clientSub: textOf(logon, 50) ?? '',
      sub: textOf(logon, 57) ?? '',
    };
  }

  logOn(logon: Fields): void {
    if (textOf(logon, 141) === 'Y') {
      this.memory.reset();
      this.#world.journal.append([this.#step('RESET')], () => {});
    }
    this.#world.journal.append([this.#step('OPENED')], () => {});
    const reset: Fields = textOf(logon, 141) === 'Y' ? [[141, 'Y']] : [];
    this.#send('A', [[98, '0'], [108, textOf(logon, 108) ?? '30'], ...reset]);
    this.take(logon);
    this.#beat();
  }

  /** Takes one message in sequence; early ones wait for the gap to be filled by the resend. */
  take(message: Fields): void {
    const seq = Number(textOf(message, 34) ?? '0');
    const possDup = textOf(message, 43) === 'Y';
    const type = typeOf(message);
    if (type === '4' && textOf(message, 123) !== 'Y') {
      this.memory.nextIn = Number(textOf(message, 36) ?? '1');
      return;
    }
    if (seq > this.memory.nextIn) {
      // Answered at once, whatever is missing before it: the resend that fills the gap will put a gap fill in its place.
      if (type === '2') this.#handle(type, message, seq, possDup);
      if (!this.#askedForResend)
        this.#send('2', [
          [7, String(this.memory.nextIn)],
          [16, '0'],
        ]);
      this.#askedForResend = true;
      return;
    }
    if (seq < this.memory.nextIn) {
      if (possDup) return;
      this.#logOut(`MsgSeqNum too low, expecting ${this.memory.nextIn} but received ${seq}`);
      return;
    }
    this.#askedForResend = false;
    if (type === '4') {
      this.memory.nextIn = Math.max(seq + 1, Number(textOf(message, 36) ?? '0'));
      return;
    }
    if (type === 'AE' && this.#dropped(this.#world.faults.dropBeforePercent)) return;
    this.memory.nextIn = seq + 1;
    this.#handle(type, message, seq, possDup);
  }

  #handle(type: string, message: Fields, seq: number, possDup: boolean): void {
    switch (type) {
      case 'AE':
        this.#takeReport(message, seq, possDup);
        return;
      case 'AD':
        this.#takeQuery(message);
        return;
      case '1':
        this.#send('0', [[112, textOf(message, 112) ?? '']]);
        return;
      case '2':
        this.#resend(Number(textOf(message, 7) ?? '1'), Number(textOf(message, 16) ?? '0'));
        return;
      case '5':
        this.#logOut('');
        return;
      case 'A':
      case '0':
      case '3':
        return;
      default:
        this.#send('3', [
          [45, String(seq)],
          [372, type],
          [373, '11'],
          [58, 'Invalid MsgType'],
        ]);
    }
  }

  #takeReport(message: Fields, seq: number, possDup: boolean): void {
    const { book, clock, faults } = this.#world;
    const nowNs = clock.nowNs();
    const verdict = book.take(
      readTradeReport(message),
      { session: this.memory.id, seq, possDup },
      this.#product,
      faults,
      this.#chanceRefusal(),
      nowNs,
    );
    this.#answer(verdict, message, seq, nowNs);
    if (this.#dropped(faults.dropAfterPercent)) return;
  }

  #answer(verdict: Verdict, message: Fields, seq: number, nowNs: bigint): void {
    const { msgType, body } = answerFields(verdict, message, this.#product, utcTimestamp(nowNs));
    this.#send(msgType, body, { journal: verdict.journal, takenUpTo: seq });
  }

  #takeQuery(query: Fields): void {
    if (!this.#world.faults.queries) {
      this.#send('3', [
        [45, textOf(query, 34) ?? ''],
        [372, 'AD'],
        [373, '11'],
        [58, 'Unsupported Message Type'],
      ]);
      return;
    }
    const { book } = this.#world;
    const byId = textOf(query, 571) ?? textOf(query, 572);
    const byControl = textOf(query, 1003);
    const found =
      byControl === null
        ? book.byReportId(this.#product.facility, byId ?? '')
        : book.byControlNumber(this.#product.facility, byControl);
    for (const { msgType, body } of queryAnswer(query, found, this.#product)) this.#send(msgType, body);
  }

  /** Gives a message its number, makes it durable, and lets it go after the facility's latency. */
  #send(
    msgType: string,
    body: Fields,
    report?: { readonly journal: Parameters<Journal['append']>[0]; readonly takenUpTo: number },
  ): void {
    const seq = this.memory.nextOut;
    this.memory.nextOut += 1;
    const bytes = this.#encode(msgType, seq, body, []);
    const isApplication = report !== undefined || msgType === 'AE' || msgType === 'AQ';
    if (isApplication) this.memory.sent.set(seq, bytes);
    const out = {
      kind: 'OUT' as const,
      at: rfc3339FromNs(this.#world.clock.nowNs()),
      session: this.memory.id,
      seq,
      takenUpTo: report?.takenUpTo ?? this.memory.nextIn - 1,
      message: isApplication ? Buffer.from(bytes).toString('base64') : '',
    };
    this.#world.journal.append([...(report?.journal ?? []), out], () => this.#letGo(bytes));
  }

  #letGo(bytes: Uint8Array): void {
    const { faults, random } = this.#world;
    const jitterNs = BigInt(Math.floor((random.nextU32() / 2 ** 32) * faults.latencyJitterMs * 1_000_000));
    if (!this.#closed) this.#outbox.put(bytes, BigInt(faults.latencyMs) * 1_000_000n + jitterNs);
  }

  #resend(begin: number, end: number): void {
    const { faults } = this.#world;
    if (faults.silent) return;
    const last = end === 0 ? this.memory.nextOut - 1 : Math.min(end, this.memory.nextOut - 1);
    let gapFrom: number | null = null;
    const fillGap = (upTo: number) => {
      if (gapFrom !== null)
        this.#stream.write(
          this.#encode(
            '4',
            gapFrom,
            [
              [123, 'Y'],
              [36, String(upTo)],
            ],
            POSS_DUP,
          ),
        );
      gapFrom = null;
    };
    for (let seq = begin; seq <= last; seq += 1) {
      const bytes = faults.resends ? this.memory.sent.get(seq) : undefined;
      if (bytes === undefined) {
        gapFrom ??= seq;
        continue;
      }
      fillGap(seq);
      this.#stream.write(asPossDup(bytes, utcTimestamp(this.#world.clock.nowNs())));
    }
    fillGap(last + 1);
  }

  #encode(msgType: string, seq: number, body: Fields, extra: Fields): Uint8Array {
    return encodeMessage([
      [35, msgType],
      [34, String(seq)],
      [49, this.#world.config.compId],
      [50, this.#header.sub],
      [52, utcTimestamp(this.#world.clock.nowNs())],
      [56, this.#header.client],
      ...(this.#header.clientSub === '' ? [] : ([[57, this.#header.clientSub]] as const)),
      ...extra,
      ...body,
    ]);
  }

  #chanceRefusal(): Refusal | null {
    const { faults } = this.#world;
    return this.#chance(faults.rejectPercent) ? { code: faults.rejectCode, text: faults.rejectText } : null;
  }

  #chance(percent: number): boolean {
    return percent > 0 && (this.#world.random.nextU32() / 2 ** 32) * 100 < percent;
  }

  /** Cuts the connection by chance; true when it did. */
  #dropped(percent: number): boolean {
    if (!this.#chance(percent)) return false;
    this.close();
    return true;
  }

  #beat(): void {
    this.#heartbeat = this.#world.clock.after(HEARTBEAT_NS, () => {
      if (this.#closed) return;
      this.#send('0', []);
      this.#beat();
    });
  }

  #logOut(text: string): void {
    this.#send('5', text === '' ? [] : [[58, text]]);
    this.#world.clock.after(LOGOUT_LINGER_NS, () => this.close());
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#heartbeat?.cancel();
    this.#outbox.close();
    this.#world.journal.append([this.#step('CLOSED')], () => {});
    this.#stream.destroy();
  }

  #step(step: 'RESET' | 'OPENED' | 'CLOSED') {
    return {
      kind: 'SESSION' as const,
      at: rfc3339FromNs(this.#world.clock.nowNs()),
      session: this.memory.id,
      step,
    };
  }
}
const POSS_DUP: Fields = [[43, 'Y']];
/** Long enough for the answer's latency to pass before the connection goes. */
const LOGOUT_LINGER_NS = 200_000_000n;
