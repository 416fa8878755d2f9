import type { Target } from '../bench/bench-result.ts';
import { QUANTILE_HEADS, quantileCells, table } from '../tell/table.ts';
import type { LoadResult } from './load-result.ts';

/** One run of `npm run load` as a page. */
export function loadPage(
  result: LoadResult,
  judged: {
    readonly about: string;
    readonly failures: readonly string[];
    readonly targets: readonly Target[];
  },
): string {
  const { machine, settings, counts, pipeline, board } = result;
  const { rate, seconds, records, viewers, seed, url } = settings;
  return [
    `# Load: ${result.scenario}`,
    '',
    `${judged.about}.`,
    '',
    `- Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, ${machine.fileSystem}; Node ${machine.node}`,
    `- Commit: ${machine.commit}${machine.dirty ? ' with changes' : ''}; ${result.startedAt}; load average before ${machine.loadBefore}`,
    `- Settings: rate ${rate}/s, ${seconds} s, ${records} in a request, ${viewers} boards, seed ${seed}; ${url === null ? 'a product of its own, everything on this machine' : url}`,
    '',
    '## Account',
    '',
    'offered = taken + refused + unsent + unknown. Refused: by the gateway, for good. Unsent: the driver had no room.',
    'Unknown: no answer, and none to any repetition.',
    '',
    table(
      ['offered', 'taken', 'refused', 'unsent', 'unknown', 'sent again'],
      [[counts.offered, counts.taken, counts.refused, counts.unsent, counts.unknown, result.repeated]],
    ),
    '',
    ...accountLines(result),
    '',
    `Answers: ${tally(result.answers)}. Requests without an answer: ${tally(result.failures)}.`,
    ...(pipeline === null
      ? []
      : [
          '',
          `Reports: ${pipeline.accepted} accepted, ${pipeline.repairs} in repair, ${pipeline.late} late, ${pipeline.breached} breached. Verify: ${tally(pipeline.exceptions, 'clean')}.`,
        ]),
    ...(board === null
      ? []
      : [
          '',
          `Boards: ${board.signedIn}; polls ${board.pollsOffered}, answered ${tally(board.pollsAnswered)}, failed ${tally(board.pollsFailed)}; live messages ${tally(board.events)}; feeds broken ${board.feedsBroken}.`,
        ]),
    '',
    '## Milliseconds',
    '',
    table(
      ['stretch', ...QUANTILE_HEADS],
      [
        ['scheduled instant → taken', ...quantileCells(result.scheduledToAnswerMs)],
        ['sent → taken (what a closed model would tell)', ...quantileCells(result.sentToAnswerMs)],
        ['scheduled instant → refused', ...quantileCells(result.scheduledToRefusalMs)],
        ...(pipeline === null
          ? []
          : [['bytes in → report bytes out', ...quantileCells(pipeline.bytesInToBytesOutMs)]]),
        ...(board === null
          ? []
          : [
              ['board: scheduled instant → list', ...quantileCells(board.scheduledToAnswerMs)],
              ['board: live message sent → arrived', ...quantileCells(board.sentToArrivedMs)],
              ['board: bytes in → on the live feed', ...quantileCells(board.receivedToShownMs)],
            ]),
      ],
    ),
    '',
    '## Targets',
    '',
    ...judged.targets.map(({ text, met, found }) => `- ${met ? 'met' : 'MISSED'}: ${text} (${found})`),
    '',
    judged.failures.length === 0 ? 'All is accounted for.' : 'NOT ACCOUNTED FOR:',
    ...judged.failures.map((text) => `- ${text}`),
    '',
  ].join('\n');
}

function accountLines({ account }: LoadResult): readonly string[] {
  if (account === null) return ['Not held against the log: its folder was not given (`--data`).'];
  const { missing, twice, uncalledFor, unknownOnLog, unknownNotOnLog } = account;
  return [
    `Held against the log: ${missing.length} missing, ${twice.length} there twice, ${uncalledFor.length} there though refused or unsent.`,
    ...[
      ...unknownOnLog.map((id) => `${id}, on the log`),
      ...unknownNotOnLog.map((id) => `${id}, not on the log`),
    ].map((text) => `- unknown: ${text}`),
  ];
}

function tally(counts: Readonly<Record<string, number>>, none = 'none'): string {
  const found = Object.entries(counts).map(([name, count]) => `${name} × ${count}`);
  return found.length === 0 ? none : found.join(', ');
}
