import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { seededRandom } from '@tapeclock/ports/virtual';
import { TOPICS, topicDeclarations } from '@tapeclock/schemas';
import { type Coverage, coverageOf } from './coverage.ts';
import { gatherFacts } from './facts/facts.ts';
import { type FaultCounts, inflict } from './faults/inflict.ts';
import { intensityOf } from './faults/intensity.ts';
import { planFaults } from './faults/plan.ts';
import { checkInvariants } from './invariants/check.ts';
import { hasConverged } from './invariants/convergence.ts';
import { historyOf } from './invariants/history.ts';
import type { Violation } from './invariants/violation.ts';
import type { Mutation } from './mutations/mutation.ts';
import { drawLayout } from './world/layout.ts';
import type { Product } from './world/product.ts';
import { targetsOf } from './world/targets.ts';
import { Workload } from './world/workload.ts';
import { World } from './world/world.ts';

export interface SeedOptions {
  readonly seed: number;
  readonly product: Product;
  /** Keeps every step as a line of text. */
  readonly keepTrace?: boolean;
  readonly mutation?: Mutation;
  /** Also cuts processes off the group coordinator that have a warm standby; see README. @default false */
  readonly splitBrain?: boolean;
}

/** What came of one seed. */
export interface SeedResult {
  readonly seed: number;
  readonly layout: string;
  readonly intensity: string;
  readonly violations: readonly (Violation & { readonly history: readonly string[] })[];
  /** SHA-256 over the wire, the log and the journal: the same seed makes the same digest. */
  readonly digest: string;
  readonly faults: FaultCounts;
  readonly coverage: Coverage;
  readonly trace: readonly string[];
  /** Virtual time from the end of the last fault until everything had settled. */
  readonly convergedAfterNs: Ns | null;
}

const SETTLING_NS = 2n * NS_PER_SECOND;
const FAULTS_UNTIL_NS = 45n * NS_PER_SECOND;
const EXECUTIONS_MIN = 30;
const EXECUTIONS_SPREAD = 60;
/** Longer than every patience of the product together: reconnects, queries, the person after a minute, retries. */
const CONVERGE_WITHIN_NS = 240n * NS_PER_SECOND;
/** At rest is what stays so, also past the last deadlines: a doubt that waits for a person may yet be cleared up when a session comes back. */
const QUIET_NS = 30n * NS_PER_SECOND;
const LOOK_EVERY_NS = 3n * NS_PER_SECOND;
/** A crash planned for the last moment comes a little later, and so does the restart after it. */
const LAST_CRASH_NS = 5n * NS_PER_SECOND;

/** Runs one seed from start to rest and holds it to every invariant. Touches nothing outside. */
export async function runSeed(options: SeedOptions): Promise<SeedResult> {
  const { seed, product } = options;
  const draw = seededRandom(seed);
  const layout = drawLayout(draw);
  const intensity = intensityOf(seed);
  const world = new World({
    seed,
    product,
    layout,
    // By parity and not by a draw, so that a seed's other choices stay what they were.
    standbys: seed % 2 === 1,
    duplicateDetection: draw.nextU32() % 2 === 0,
    keepTrace: options.keepTrace === true,
    ...(options.mutation !== undefined && { mutation: options.mutation }),
  });
  const { clock, trace } = world.ground;
  trace.note(clock.monotonicNs(), 'run', `seed ${seed}, layout ${layout.name}, ${intensity.name}`);
  const unhandled: string[] = [];
  const onUnhandled = (error: unknown): void => {
    unhandled.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  process.on('unhandledRejection', onUnhandled);
  try {
    world.start();
    await clock.advance(SETTLING_NS);
    const workload = new Workload(world, {
      random: seededRandom(seed ^ 0x55),
      executions: EXECUTIONS_MIN + (draw.nextU32() % EXECUTIONS_SPREAD),
      fromNs: 10n * NS_PER_MS,
      untilNs: FAULTS_UNTIL_NS,
    });
    const plan = planFaults(
      seededRandom(seed ^ 0x66),
      intensity,
      targetsOf(world, options.splitBrain === true),
      500n * NS_PER_MS,
      FAULTS_UNTIL_NS,
    );
    const faults = inflict(world, workload, plan);
    await clock.advance(FAULTS_UNTIL_NS + LAST_CRASH_NS);

    const restNs = clock.monotonicNs();
    const outcomes = () => world.ground.log.records(TOPICS.reportsOutcome).length;
    let converged = false;
    let quietSinceNs = restNs;
    let known = outcomes();
    while (!converged && clock.monotonicNs() - restNs < CONVERGE_WITHIN_NS) {
      await clock.advance(LOOK_EVERY_NS);
      const now = outcomes();
      if (now !== known) quietSinceNs = clock.monotonicNs();
      known = now;
      if (clock.monotonicNs() - quietSinceNs < QUIET_NS) continue;
      converged = hasConverged(world);
      if (!converged) quietSinceNs = clock.monotonicNs();
    }
    const convergedAfterNs = converged ? quietSinceNs - restNs : null;
    const facts = gatherFacts(world);
    const violations = await checkInvariants(world, facts, { converged, unhandled });
    for (const { name } of topicDeclarations) {
      for (const record of world.ground.log.records(name)) {
        trace.add(
          `${name}/${record.partition}/${record.offset} ${record.appendedNs} ${record.key}`,
          record.value,
        );
      }
    }
    trace.add('facility-journal', world.journal());
    return {
      seed,
      layout: layout.name,
      intensity: intensity.name,
      violations: violations.map((violation) => ({
        ...violation,
        history: violation.lineageId === null ? [] : historyOf(world, violation.lineageId),
      })),
      digest: trace.digest(),
      faults,
      coverage: coverageOf(world, facts),
      trace: trace.lines,
      convergedAfterNs,
    };
  } finally {
    await world.end();
    process.off('unhandledRejection', onUnhandled);
  }
}
