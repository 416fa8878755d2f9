import {
  decide,
  easternText,
  explainAsStory,
  questionFromJson,
  rfc3339FromNs,
  traceText,
} from '@tapeclock/domain';
import { TOPICS, type TradeReportable } from '@tapeclock/schemas';
import { loadConfig, loadRulebook } from '@tapeclock/service';
import { answerLines, issueLine } from '../explain/answer-lines.ts';
import { openLogReader } from '../log-reader.ts';
import { rulebookFolder } from '../product-folders.ts';
import { DECLARATIONS } from '../settings.ts';
import { readOptions, UsageError } from '../usage-error.ts';

const USAGE = `usage: tapeclock explain --facility ADF --class NMS --executed-at 2026-03-06T18:45:00Z [--kind cancel …]
       tapeclock explain --execution <execution id, report id or the source's own id>   what was decided, from the log
       tapeclock explain --jsonl   questions on standard input, one JSON object a line; one JSON answer a line, by id
  --kind new|cancel|correct|reversal|contra   --event-at, --reported-at, --original-reported-at, --reference-at <instant>
  --report-type TAPE|NON_TAPE|CLEARING_ONLY   --trade-type REGULAR|PRP|STOP_STOCK|WEIGHTED_AVERAGE
  --role EXECUTING_PARTY|NON_EXECUTING_PARTY  --changes <a,b>   --rulebook <folder>`;

const QUESTION_OPTIONS = {
  facility: 'facility',
  class: 'symbolClass',
  'executed-at': 'executedAt',
  kind: 'kind',
  'event-at': 'eventAt',
  'reported-at': 'reportedAt',
  'original-reported-at': 'originalReportedAt',
  'reference-at': 'referenceAt',
  'report-type': 'reportType',
  'trade-type': 'tradeType',
  role: 'role',
  venue: 'venue',
} as const;

/** Why a trade must be reported where and when: from a question, from many, or as it was decided. */
export async function explain(argv: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const questionOptions = Object.fromEntries(Object.keys(QUESTION_OPTIONS).map((name) => [name, text]));
  const { values } = readOptions(
    argv,
    { ...questionOptions, changes: text, execution: text, jsonl: { type: 'boolean' }, rulebook: text },
    USAGE,
  );
  const { jsonl, help, ...rest } = values;
  const given = rest as Readonly<Record<string, string | undefined>>;
  if (help === true || Object.keys(values).length === 0) {
    console.log(USAGE);
    return help === true ? 0 : 2;
  }
  if (given.execution !== undefined) return explainRecorded(given.execution);
  const rulebook = await loadRulebook(
    given.rulebook ?? rulebookFolder(loadConfig(DECLARATIONS, process.env, process.cwd())),
  );
  if (jsonl === true) return answerLines(rulebook, process.stdin, process.stdout);

  const question: Record<string, unknown> = {};
  for (const [option, key] of Object.entries(QUESTION_OPTIONS)) {
    if (given[option] !== undefined) question[key] = given[option];
  }
  if (given.changes !== undefined) question.changes = given.changes.split(',');
  const input = questionFromJson(question);
  if (input.question === null) throw new UsageError(`${input.issues.map(issueLine).join('\n')}\n\n${USAGE}`);
  const { decision, issue } = decide(rulebook, input.question);
  if (issue !== null) {
    console.error(issueLine(issue));
    return 1;
  }
  process.stdout.write(explainAsStory(input.question, decision));
  return 0;
}

async function explainRecorded(id: string): Promise<number> {
  const config = loadConfig(DECLARATIONS, process.env, process.cwd());
  const reader = await openLogReader(config.data.folder);
  let found = 0;
  try {
    for await (const event of reader.events(TOPICS.tradesReportable)) {
      if (event?.type !== 'TradeReportable') continue;
      const { executionId, sourceExecutionId, reportId } = event.event;
      if (id !== executionId && id !== sourceExecutionId && id !== reportId) continue;
      found += 1;
      process.stdout.write(recordedStory(event.event));
    }
  } finally {
    await reader.close();
  }
  if (found === 0) console.error(`nothing was decided about "${id}"; it may stand in the repair queue`);
  return found === 0 ? 1 : 0;
}

function recordedStory({ decision, ...trade }: TradeReportable): string {
  const marks = (list: TradeReportable['decision']['modifiers']): string =>
    list.length === 0 ? 'no mark' : list.map(({ field, code }) => `${field}:${code}`).join(' and ');
  const both = (ns: bigint): string => `${easternText(ns)} (${rfc3339FromNs(ns)})`;
  const duty = decision.reportable
    ? [
        `Decided: ${trade.action} at ${trade.facility} as report ${trade.reportId}.`,
        `The facility takes it from ${both(decision.opensAtNs)}.`,
        `It is due by ${both(decision.dueAtNs)}, that instant included.`,
        `Made in time it carries ${marks(decision.modifiers)}; late it carries ${marks(decision.lateModifiers)}.`,
      ]
    : ['Decided: nothing is to be sent to this facility by this party.'];
  return `${[
    `Execution ${trade.executionId} of source ${trade.source} (its id ${trade.sourceExecutionId}, revision ${trade.revision}), executed ${both(trade.execution.executedNs)}.`,
    '',
    ...duty,
    `Facility: ${trade.facilityReason} Side: ${trade.reportingSideReason}`,
    '',
    `Clause ${decision.clause}, by entry ${decision.ruleId} of rulebook ${decision.rulebookVersion}, ${decision.certainty}.`,
    '',
    traceText(decision.trace),
    '',
  ].join('\n')}\n`;
}
