import type { Random } from '@tapeclock/ports';
import { CORPORA, type Corpus } from './corpus.ts';
import { below, mutate, pick } from './mutate.ts';

const SOH = '\x01';

/** Makes what a peer sends in one conversation: real messages and broken ones, some with right length and checksum. */
export class FuzzPeer {
  readonly corpus: Corpus;
  readonly #random: Random;
  readonly #others: readonly string[];

  constructor(random: Random) {
    this.#random = random;
    this.corpus = pick(random, CORPORA);
    this.#others = this.corpus.messages.map((text) => text.replaceAll('|', SOH));
  }

  logon(): Buffer {
    return framed(this.corpus.beginString, withHeader(this.corpus.logon, 1));
  }

  /** `expected` is the number that the session waits for. */
  next(expected: number): Buffer {
    const random = this.#random;
    const { beginString, messages } = this.corpus;
    // A line that loses the beginning of a burst: what comes early piles up.
    if (below(random, 3) === 0) {
      return framed(beginString, withHeader(pick(random, messages), expected + 1 + below(random, 60)));
    }
    const seq = below(random, 8) === 0 ? below(random, expected + 9) : expected;
    const body = mutate(random, withHeader(pick(random, messages), seq), this.#others);
    // Most faults must get past the frame, or nothing behind it is ever tried.
    if (below(random, 4) > 0) return framed(beginString, body);
    return Buffer.from(mutate(random, framed(beginString, body).toString('latin1'), this.#others), 'latin1');
  }
}

/** Header and separators put into a message as the corpus writes it. */
export function withHeader(text: string, seq: number): string {
  const fields = text.replaceAll('|', SOH);
  const at = fields.indexOf(SOH) + 1;
  const header = `34=${seq}${SOH}49=DESK${SOH}52=20261124-15:00:00${SOH}56=TAPE${SOH}`;
  return fields.slice(0, at) + header + fields.slice(at);
}

/** With the right length and checksum, whatever the body is. */
export function framed(beginString: string, body: string): Buffer {
  const bytes = Buffer.from(`8=${beginString}${SOH}9=${body.length}${SOH}${body}10=000${SOH}`, 'latin1');
  let sum = 0;
  for (let i = 0; i < bytes.length - 7; i += 1) sum += bytes[i] as number;
  bytes.write(String(sum % 256).padStart(3, '0'), bytes.length - 4, 'latin1');
  return bytes;
}
