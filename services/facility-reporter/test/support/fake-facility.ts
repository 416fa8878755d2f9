// A facility written on the codec alone. It keeps what it accepted for ever, and never hides a second one.
import {
  decodeMessage,
  encodeMessage,
  type Field,
  type FixMessage,
  FrameReader,
  formatUtcTimestamp,
} from '@tapeclock/fix';
import type { ByteStream, Clock, Listener, Network } from '@tapeclock/ports';

interface Memory {
  nextIn: number;
  nextOut: number;
  readonly sent: Map<number, { readonly msgType: string; readonly body: readonly Field[] }>;
}

export interface Seen {
  readonly wireId: string;
  readonly seq: number;
  readonly possDup: boolean;
  readonly possResend: boolean;
  readonly message: FixMessage;
}

export class FakeFacility {
  /** Reports as they were taken, whatever became of them. */
  readonly seen: Seen[] = [];
  /** By TradeReportID: control numbers given, one for each time it was accepted. */
  readonly accepted = new Map<string, string[]>();
  readonly queries: string[] = [];
  /** Cuts the connection on the next report: `before` taking it, or `after` taking it and before the answer. */
  cutNext: 'before' | 'after' | null = null;
  /** Takes everything and says nothing. */
  silent = false;
  /** Taken without a word, and not found when asked about without one either. */
  readonly ignored = new Set<string>();
  /** Answers to reports leave this much later; a Logout is answered at once. */
  answerDelayNs = 0n;
  rejectNext: { readonly code: string; readonly text: string } | null = null;
  logons = 0;
  readonly #clock: Clock;
  readonly #memories = new Map<string, Memory>();
  readonly #streams = new Set<ByteStream>();
  #nextControl = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  listen(network: Network, port = 9881): Promise<Listener> {
    return network.listen({ host: '127.0.0.1', port }, (stream) => this.#connect(stream));
  }

  cutAll(): void {
    for (const stream of [...this.#streams]) stream.destroy();
  }

  #connect(stream: ByteStream): void {
    const reader = new FrameReader();
    let memory: Memory | null = null;
    let header: readonly Field[] = [];
    let asked = false;
    this.#streams.add(stream);
    const write = (seq: number, msgType: string, body: readonly Field[], possDup = false) => {
      if (this.silent) return;
      const now = formatUtcTimestamp(this.#clock.nowNs(), 9);
      const extra: Field[] = possDup
        ? [
            [43, 'Y'],
            [122, now],
          ]
        : [];
      stream.write(encodeMessage('FIX.4.4', msgType, [[34, seq], ...header, [52, now], ...extra, ...body]));
    };
    const send = (to: Memory, msgType: string, body: readonly Field[]) => {
      const seq = to.nextOut;
      to.nextOut += 1;
      to.sent.set(seq, { msgType, body });
      write(seq, msgType, body);
    };
    const take = (of: Memory, message: FixMessage) => {
      const seq = message.int(34) ?? 0;
      if (seq > of.nextIn) {
        if (!asked)
          send(of, '2', [
            [7, of.nextIn],
            [16, 0],
          ]);
        asked = true;
        return;
      }
      if (seq < of.nextIn) return;
      asked = false;
      if (message.msgType === '4') {
        of.nextIn = message.int(36) ?? seq + 1;
        return;
      }
      if (message.msgType === 'AE' && this.cutNext === 'before') {
        this.cutNext = null;
        stream.destroy();
        return;
      }
      of.nextIn = seq + 1;
      switch (message.msgType) {
        case 'AE': {
          const cut = this.cutNext === 'after';
          this.cutNext = null;
          const { msgType, body } = this.#judge(message, seq);
          if (this.ignored.has(message.string(571) ?? '')) return;
          if (cut) {
            // Numbered and kept, so that resend brings it; never on this wire.
            of.sent.set(of.nextOut, { msgType, body });
            of.nextOut += 1;
            stream.destroy();
          } else if (this.answerDelayNs === 0n) send(of, msgType, body);
          else this.#clock.after(this.answerDelayNs, () => send(of, msgType, body));
          return;
        }
        case 'AD':
          if (this.ignored.has(message.string(571) ?? '')) return;
          for (const { msgType, body } of this.#query(message)) send(of, msgType, body);
          return;
        case '1':
          send(of, '0', [[112, message.string(112) ?? '']]);
          return;
        case '2':
          for (let at = message.int(7) ?? 1; at < of.nextOut; at += 1) {
            const kept = of.sent.get(at);
            if (kept !== undefined && kept.msgType.length === 2) write(at, kept.msgType, kept.body, true);
            else
              write(
                at,
                '4',
                [
                  [123, 'Y'],
                  [36, at + 1],
                ],
                true,
              );
          }
          return;
        case '5':
          send(of, '5', []);
          stream.end();
      }
    };
    stream.handle({
      onData: (bytes) => {
        reader.feed(bytes);
        for (let event = reader.next(); event !== null; event = reader.next()) {
          if (event.kind !== 'frame') continue;
          const message = decodeMessage(event.bytes);
          if (typeof message === 'string' || !this.#streams.has(stream)) continue;
          if (memory === null) {
            const client = message.string(49) ?? '';
            header = [
              [49, 'FNRA'],
              [56, client],
            ];
            memory = this.#memories.get(client) ?? { nextIn: 1, nextOut: 1, sent: new Map() };
            this.#memories.set(client, memory);
            this.logons += 1;
            send(memory, 'A', [
              [98, 0],
              [108, message.int(108) ?? 30],
            ]);
          }
          take(memory, message.detached());
        }
      },
      onClose: () => {
        this.#streams.delete(stream);
      },
    });
  }

  #judge(message: FixMessage, seq: number): { msgType: string; body: readonly Field[] } {
    const wireId = message.string(571) ?? '';
    this.seen.push({ wireId, seq, possDup: message.flag(43), possResend: message.flag(97), message });
    const refusal = this.rejectNext;
    this.rejectNext = null;
    if (refusal !== null) {
      const { code, text } = refusal;
      return {
        msgType: 'AR',
        body: [
          [571, wireId],
          [150, 8],
          [939, 1],
          [751, code],
          [58, text],
        ],
      };
    }
    const control = `2${String(this.#nextControl++).padStart(9, '0')}`;
    this.accepted.set(wireId, [...(this.accepted.get(wireId) ?? []), control]);
    return { msgType: 'AE', body: acceptance(wireId, control, []) };
  }

  #query(message: FixMessage): { msgType: string; body: readonly Field[] }[] {
    const id = message.string(568) ?? '';
    const wireId = message.string(571) ?? '';
    this.queries.push(wireId);
    const control = this.accepted.get(wireId)?.[0];
    const ack = (count: number): Field[] => [
      [568, id],
      [748, count],
      [749, 0],
      [750, 0],
    ];
    if (control === undefined) return [{ msgType: 'AQ', body: ack(0) }];
    return [
      { msgType: 'AQ', body: ack(1) },
      { msgType: 'AE', body: acceptance(wireId, control, [[568, id]]) },
    ];
  }
}

function acceptance(wireId: string, control: string, extra: readonly Field[]): readonly Field[] {
  return [
    [571, `F${control}`],
    [572, wireId],
    [1011, 'ADEN'],
    ...extra,
    [1003, control],
    [22011, '20261124'],
  ];
}
