import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { CoreBench, SESSION } from '../support/core-bench.ts';
import { MS, reportIdFor, SECOND, trade } from '../support/samples.ts';

/**
 * A session and a facility reduced to what FIX promises: messages of a connection arrive in order up to a cut; after a
 * logon both sides ask for what they miss by number. The facility detects no duplicates, so that it would show one.
 */
class Model {
  readonly bench = new CoreBench({ unansweredMax: 3, personAfterNs: 3_600n * SECOND });
  readonly acceptedOf = new Map<string, string[]>();
  readonly refused = new Set<string>();
  isUp = false;
  rejectNext: string | null = null;
  swallowQuery = false;
  names: string[] = [];
  #sentSeen = 0;
  #queriesSeen = 0;
  /** Everything numbered so far, by number: what a resend can bring. A query is gap-filled when asked for again. */
  readonly #numbered = new Map<number, { readonly wireId: string } | { readonly query: string }>();
  #onWire: number[] = [];
  #facilityNextIn = 1;
  readonly #answers: Parameters<CoreBench['answer']>[0][] = [];
  #answersOnWire: number[] = [];
  #taken = 0;
  #control = 0;

  /** What the core decided since the last look goes onto the wire, in order of the numbers. */
  collect(): void {
    const fresh: number[] = [];
    for (; this.#sentSeen < this.bench.sent.length; this.#sentSeen += 1) {
      const { seq, wireId } = this.bench.sent[this.#sentSeen]!;
      this.#numbered.set(seq, { wireId });
      fresh.push(seq);
    }
    for (; this.#queriesSeen < this.bench.queries.length; this.#queriesSeen += 1) {
      const { seq, id } = this.bench.queries[this.#queriesSeen]!;
      this.#numbered.set(seq, { query: id });
      fresh.push(seq);
    }
    if (this.isUp) this.#onWire.push(...fresh.sort((a, b) => a - b));
  }

  connect(): void {
    if (this.isUp) return;
    this.isUp = true;
    // The facility asks for all it misses; we ask for the answers that we have not taken.
    this.#onWire = [];
    for (let seq = this.#facilityNextIn; seq < this.bench.nextSeq; seq += 1) this.#onWire.push(seq);
    this.#answersOnWire = [];
    for (let at = this.#taken; at < this.#answers.length; at += 1) this.#answersOnWire.push(at);
    this.bench.up();
    this.collect();
  }

  disconnect(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.#onWire = [];
    this.#answersOnWire = [];
    this.bench.down();
    this.collect();
  }

  /** The facility takes the next message of the wire. */
  deliver(isResend = false): void {
    const seq = this.#onWire.shift();
    if (seq === undefined) return;
    const content = this.#numbered.get(seq);
    this.#facilityNextIn = Math.max(this.#facilityNextIn, seq + 1);
    if (content === undefined || (isResend && 'query' in content)) return;
    if ('query' in content) {
      const wireId = this.bench.queries.find(({ id }) => id === content.query)?.wireId ?? '';
      const control = this.acceptedOf.get(wireId)?.[0];
      if (this.swallowQuery) {
        this.swallowQuery = false;
        return;
      }
      this.#reply(
        control === undefined
          ? { kind: 'notFound', queryId: content.query }
          : this.#acceptance(wireId, control, content.query),
      );
      return;
    }
    const { wireId } = content;
    if (this.rejectNext !== null) {
      this.refused.add(wireId);
      this.#reply({ kind: 'rejected', wireId, code: this.rejectNext, text: '' });
      this.rejectNext = null;
      return;
    }
    this.#control += 1;
    const control = String(this.#control);
    this.acceptedOf.set(wireId, [...(this.acceptedOf.get(wireId) ?? []), control]);
    this.#reply(this.#acceptance(wireId, control, null));
  }

  /** The next answer arrives and is taken. */
  hear(): void {
    const at = this.#answersOnWire.shift();
    if (at === undefined) return;
    this.#taken = at + 1;
    const answer = this.#answers[at];
    if (answer !== undefined) this.bench.answer(answer, false, SESSION);
    this.collect();
  }

  /** Dies, having lost the last `lost` events, which were not durable; what they allowed has not happened. */
  restart(lost: number): void {
    this.disconnect();
    // Only what nobody outside has seen can be lost: holds and doubts made at the end, not intents nor answers taken.
    let keep = this.bench.events.length;
    for (let i = 0; i < lost && keep > 0; i += 1) {
      const type = this.bench.events[keep - 1]?.type;
      if (type !== 'ReportInDoubt' && type !== 'ReportHeld') break;
      keep -= 1;
    }
    this.bench.restart(keep);
    this.collect();
  }

  settleDown(): void {
    for (let round = 0; round < 15; round += 1) {
      this.connect();
      for (let i = 0; i < 15; i += 1) {
        this.deliver();
        this.hear();
      }
      this.bench.advance(SECOND);
      this.collect();
    }
  }

  #acceptance(wireId: string, control: string, queryId: string | null) {
    return {
      kind: 'accepted',
      wireId,
      controlDate: '20261124',
      controlNumber: control,
      refControlNumber: null,
      modifiers: [],
      markedLate: null,
      facilityNs: this.bench.nowNs,
      queryId,
    } as const;
  }

  #reply(answer: Parameters<CoreBench['answer']>[0]): void {
    this.#answers.push(answer);
    if (this.isUp) this.#answersOnWire.push(this.#answers.length - 1);
  }
}

const ACTIONS = {
  trade(model: Model) {
    const name = `t${model.names.length}`;
    model.names.push(name);
    model.bench.trade(trade(name, { executedNs: model.bench.nowNs }));
    model.collect();
  },
  repeat(model: Model) {
    const again = model.bench.trades.at(-1);
    if (again !== undefined) model.bench.do({ kind: 'trade', partition: 0, trade: again });
    model.collect();
  },
  deliver: (model: Model) => model.deliver(),
  hear: (model: Model) => model.hear(),
  disconnect: (model: Model) => model.disconnect(),
  connect: (model: Model) => model.connect(),
  restart: (model: Model) => model.restart(0),
  restartWithLoss: (model: Model) => model.restart(2),
  waitALittle(model: Model) {
    model.bench.advance(700n * MS);
    model.collect();
  },
  wait(model: Model) {
    model.bench.advance(4n * SECOND);
    model.collect();
  },
  refuseForNow(model: Model) {
    model.rejectNext = '021';
  },
  refuse(model: Model) {
    model.rejectNext = '062';
  },
  swallowQuery(model: Model) {
    model.swallowQuery = true;
  },
} as const;
const NAMES = Object.keys(ACTIONS) as (keyof typeof ACTIONS)[];

test('whatever is cut, lost, refused or killed: at most one acceptance per trade, and nothing is left unshown', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...NAMES), { maxLength: 60 }), (actions) => {
      const model = new Model();
      model.connect();
      for (const action of actions) ACTIONS[action](model);
      model.settleDown();
      const acceptedExecutions = new Map<string, number>();
      for (const name of model.names) {
        const report = model.bench.report(reportIdFor(name));
        const ids = [...model.acceptedOf.keys()].filter(
          (id) => model.bench.sent.find(({ wireId }) => wireId === id)?.reportId === report.reportId,
        );
        const count = ids.reduce((sum, id) => sum + (model.acceptedOf.get(id)?.length ?? 0), 0);
        acceptedExecutions.set(name, count);
        assert.ok(count <= 1, `${name} was accepted ${count} times`);
        const isShown = report.phase === 'inDoubt' || report.phase === 'rejected';
        assert.ok(report.phase === 'accepted' || isShown, `${name} ended ${report.phase}`);
        if (report.phase === 'accepted') assert.equal(count, 1, `${name} is thought accepted`);
        if (report.phase === 'rejected') assert.equal(count, 0, `${name} is thought refused`);
      }
      // A session that heals and queries that are answered leave nothing to a person.
      for (const name of model.names) {
        assert.notEqual(model.bench.report(reportIdFor(name)).phase, 'inDoubt', `${name} is left in doubt`);
      }
      const alerts = model.bench.of('OperationsAlert').map(({ alert }) => alert);
      assert.deepEqual(alerts, []);
    }),
    { numRuns: 250 },
  );
});
