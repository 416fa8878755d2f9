import { eventId, type Ns, rfc3339FromNs } from '@tapeclock/domain';
import { type EventLog, LogError } from '@tapeclock/event-log';
import type { Clock, Random } from '@tapeclock/ports';
import { type DeskActed, type EventCodec, NO_STAMPS } from '@tapeclock/schemas';
import { newTraceparent } from '@tapeclock/telemetry';
import type { Acted } from '../api/contract.ts';
import { ProblemError } from '../api/problem-error.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { DeskActionRecord } from '../read-model/tables.ts';

/** How long an act is given to show its effect before the item may be acted on again. */
const PENDING_NS: Ns = 30_000_000_000n;

export interface Act {
  readonly verb: 'RESUBMIT' | 'DISCARD' | 'RESOLVE_IN_DOUBT' | 'ACKNOWLEDGE';
  /** Repair item, report or alert id. */
  readonly subject: string;
  /** Record key: what happens to one lineage stays in order. */
  readonly lineageId: string;
  readonly reason: string | null;
  readonly details?: Partial<
    Pick<
      DeskActed,
      | 'fields'
      | 'source'
      | 'sourceExecutionId'
      | 'outcome'
      | 'controlDate'
      | 'controlNumber'
      | 'repairStage'
      | 'executionAction'
      | 'refSourceExecutionId'
    >
  >;
}

export interface Desk {
  /**
   * Puts a person's act on the log and resolves when it is durable. Throws `ALREADY_SETTLED` while another act on the
   * same subject is being written, `LOG_UNAVAILABLE` when the log refuses.
   */
  act(user: SignedInUser, act: Act): Promise<Acted>;
  /** True while an act on this subject, made since `sinceNs`, may still be on its way through the pipeline. */
  isPending(latest: DeskActionRecord | undefined, subject: string, sinceNs: Ns): boolean;
  /** The read model has these acts. */
  seen(subjects: readonly string[]): void;
}

export function createDesk(environment: {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly codec: EventCodec;
}): Desk {
  const { clock, random, log, codec } = environment;
  /** Acts that the read model does not show yet: two clicks must not become two acts. */
  const unseen = new Map<string, Ns>();

  const isUnseen = (subject: string) => {
    const atNs = unseen.get(subject);
    return atNs !== undefined && clock.nowNs() - atNs < PENDING_NS;
  };

  return {
    async act(user, act) {
      if (isUnseen(act.subject)) {
        throw new ProblemError('ALREADY_SETTLED', `an act on ${act.subject} is on its way`);
      }
      const nowNs = clock.nowNs();
      const actionId = `D${Buffer.from(random.bytes(12)).toString('hex').toUpperCase()}`;
      unseen.set(act.subject, nowNs);
      try {
        await log.append([codec.record('DeskActed', eventOf(user, act, actionId, nowNs, random))]);
      } catch (error) {
        unseen.delete(act.subject);
        if (error instanceof LogError) throw new ProblemError('LOG_UNAVAILABLE', error.message);
        throw error;
      }
      return { actionId, recordedAt: rfc3339FromNs(nowNs) };
    },
    isPending(latest, subject, sinceNs) {
      if (isUnseen(subject)) return true;
      if (latest === undefined || latest.verb === 'ACKNOWLEDGE' || latest.at_ns < sinceNs) return false;
      return clock.nowNs() - latest.at_ns < PENDING_NS;
    },
    seen(subjects) {
      for (const subject of subjects) unseen.delete(subject);
    },
  };
}

function eventOf(user: SignedInUser, act: Act, actionId: string, nowNs: Ns, random: Random): DeskActed {
  return {
    meta: {
      eventId: eventId('DeskActed', actionId),
      lineageId: act.lineageId,
      schemaVersion: 1,
      recordedNs: nowNs,
      producer: 'compliance',
      // Here the revision comes in, as others do at a gateway.
      traceparent: act.verb === 'RESUBMIT' ? newTraceparent(random) : null,
      stamps: NO_STAMPS,
    },
    actionId,
    actor: user.name,
    role: user.role,
    verb: act.verb,
    subject: act.subject,
    reason: act.reason,
    fields: null,
    source: null,
    sourceExecutionId: null,
    outcome: null,
    controlDate: null,
    controlNumber: null,
    repairStage: null,
    executionAction: null,
    refSourceExecutionId: null,
    ...act.details,
  };
}
