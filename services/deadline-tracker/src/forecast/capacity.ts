import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';

/** A stretch between two looks at a lane. */
interface Stretch {
  readonly accepted: number;
  readonly lengthNs: Ns;
}

/** What can be said of how a lane will be served from now on. */
export interface Service {
  /** Accepted reports per second, in thousandths. */
  readonly rateE3: bigint;
  /** Nothing is accepted at present, and probably not for this long. */
  readonly resumesInNs: Ns;
}

/**
 * How fast a lane can be served. What was accepted says so only while reports waited all the time: a trickle is served as it comes, and
 * its rate is low because there is little to do. So only stretches count at whose beginning and end a backlog stood.
 *
 * When nothing at all is accepted it may be a hiccup or the beginning of an outage. The best guess is that it lasts as long again as it has
 * lasted, and that the lane then does what it has shown that it can do.
 */
export class Capacity {
  readonly #backlogMin: number;
  #accepted = 0;
  #lookedNs: Ns | null = null;
  #openBefore = 0;
  #stretches: Stretch[] = [];
  /** How long nothing has been accepted. */
  #stalledNs: Ns = 0n;
  /** For how long after a stall the lane may still be coming back: as long as the stall was. */
  #recoversNs: Ns = 0n;
  /** Per second, in thousandths: the best that was seen of late. */
  #shownE3 = 0n;

  constructor(backlogMin: number) {
    this.#backlogMin = backlogMin;
  }

  accepted(): void {
    this.#accepted += 1;
  }

  /** To be called about once a second while anything is open, with how many are. */
  look(open: number, nowNs: Ns): void {
    const lengthNs = this.#lookedNs === null ? 0n : nowNs - this.#lookedNs;
    const stretch = { accepted: this.#accepted, lengthNs };
    const backlogged = this.#openBefore >= this.#backlogMin && open >= this.#backlogMin;
    this.#accepted = 0;
    this.#lookedNs = nowNs;
    this.#openBefore = open;
    // A clock that was stepped back, or a look after a long rest: nothing can be said of what lies between.
    if (lengthNs <= 0n || lengthNs > LONGEST_NS || !backlogged) {
      this.#stretches = [];
      this.#stalledNs = 0n;
      this.#recoversNs = 0n;
    } else if (stretch.accepted === 0) {
      this.#stretches = [];
      this.#stalledNs += lengthNs;
      this.#recoversNs = this.#stalledNs;
    } else {
      this.#stretches = [...this.#stretches.slice(1 - STRETCHES_MAX), stretch];
      this.#stalledNs = 0n;
      this.#recoversNs -= lengthNs;
    }
    if (stretch.accepted > 0 && lengthNs > 0n && this.#recoversNs <= 0n) this.#remember(rateE3([stretch]));
  }

  /** Null when no backlog has yet been seen for a whole stretch. */
  service(): Service | null {
    if (this.#stalledNs > 0n) return { rateE3: this.#shownE3, resumesInNs: this.#stalledNs };
    if (this.#stretches.length === 0) return null;
    const measuredE3 = rateE3(this.#stretches);
    // Half-way between what it does and what it can do: sessions come back one after the other.
    const isRecovering = this.#recoversNs > 0n && measuredE3 < this.#shownE3;
    return { rateE3: isRecovering ? (measuredE3 + this.#shownE3) / 2n : measuredE3, resumesInNs: 0n };
  }

  /** The best rate fades by a tenth with each second that shows less, or one lucky second would be believed in for ever. */
  #remember(seenE3: bigint): void {
    const fadedE3 = (this.#shownE3 * 9n) / 10n;
    this.#shownE3 = seenE3 > fadedE3 ? seenE3 : fadedE3;
  }
}

function rateE3(stretches: readonly Stretch[]): bigint {
  let accepted = 0;
  let lengthNs = 0n;
  for (const stretch of stretches) {
    accepted += stretch.accepted;
    lengthNs += stretch.lengthNs;
  }
  return (BigInt(accepted) * 1_000n * NS_PER_SECOND) / lengthNs;
}

const STRETCHES_MAX = 2;
const LONGEST_NS = 3n * NS_PER_SECOND;
