import type { Workload } from '../world/workload.ts';
import type { World } from '../world/world.ts';
import type { Fault, FaultKind, PlannedFault } from './fault.ts';

/** How often each kind was inflicted. */
export type FaultCounts = Map<FaultKind, number>;

/** Puts a plan into the world's timers. What has a window is lifted by itself. */
export function inflict(world: World, workload: Workload, plan: readonly PlannedFault[]): FaultCounts {
  const counts: FaultCounts = new Map();
  const { clock, trace } = world.ground;
  for (const { atNs, fault } of plan) {
    clock.after(atNs, () => {
      counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1);
      trace.note(clock.monotonicNs(), 'fault', describe(fault));
      const lift = begin(world, workload, fault);
      if (lift === null || !('forNs' in fault)) return;
      clock.after(fault.forNs, () => {
        trace.note(clock.monotonicNs(), 'fault', `over: ${fault.kind}`);
        lift();
      });
    });
  }
  return counts;
}

export function describe(fault: Fault): string {
  return Object.entries(fault)
    .map(([name, value]) => {
      if (name === 'kind') return String(value);
      if (name.endsWith('Ns')) return `${name.slice(0, -2)} ${Number((value as bigint) / 1_000_000n)} ms`;
      return `${name} ${Array.isArray(value) ? value.join('–') : String(value)}`;
    })
    .join(', ');
}

/** Crashes come at a crossing; a process that crosses nothing for this long dies all the same. */
const CRASH_PATIENCE_NS = 2_000_000_000n;

/** Begins a fault; returns what ends it, or null where nothing needs ending. */
function begin(world: World, workload: Workload, fault: Fault): (() => void) | null {
  const { network, log } = world.ground;
  const { facility } = world;
  switch (fault.kind) {
    case 'crash':
      world.process(fault.process).crashAt(fault.crossings, CRASH_PATIENCE_NS, fault.downNs);
      return null;
    case 'disk-stall':
      return log.fault({ kind: 'stall', ...(fault.process !== null && { process: fault.process }) });
    case 'disk-full':
    case 'disk-failed':
      return log.fault({
        kind: fault.kind === 'disk-full' ? 'DISK_FULL' : 'DISK_FAILED',
        recordsLeft: fault.recordsLeft,
        ...(fault.process !== null && { process: fault.process }),
      });
    case 'facility-disk-stall':
      return world.process('facility').disk.stall();
    case 'cut':
      network.cut(...fault.between);
      return null;
    case 'partition':
      return network.partition(...fault.between);
    case 'isolation':
      return log.isolate(fault.process);
    case 'slow-network':
      world.slowness = fault.factor;
      return () => {
        world.slowness = 1n;
      };
    case 'facility-silence':
      return facility.during({ silent: true });
    case 'facility-late':
      return facility.during({ latencyMs: fault.latencyMs, latencyJitterMs: fault.latencyMs });
    case 'facility-down': {
      const lift = facility.during({ down: true });
      facility.cutAll();
      return lift;
    }
    case 'facility-closed':
      return facility.during({ closed: true });
    case 'facility-rejects':
      return facility.during({
        rejectPercent: fault.percent,
        rejectCode: fault.code,
        rejectText: 'SIMULATED',
      });
    case 'drop-before':
      return facility.during({ dropBeforePercent: fault.percent });
    case 'drop-after':
      return facility.during({ dropAfterPercent: fault.percent });
    case 'no-queries':
      return facility.during({ queries: false });
    case 'clock-step': {
      const process = world.process(fault.process);
      process.clockOffsetNs += fault.byNs;
      return () => {
        process.clockOffsetNs -= fault.byNs;
      };
    }
    case 'burst':
      workload.burst(fault.executions);
      return null;
  }
}
