import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { decide, explainAsJson, type Issue, questionFromJson, type Rulebook } from '@tapeclock/domain';

/**
 * Answers questions in JSON Lines, one answer for each line that is not blank, in their order. What cannot be answered
 * gets a line with its `id` and `issues` instead, and a diagnostic on standard error: it stops no other question.
 * Resolves to 0 once `output` has taken everything.
 */
export async function answerLines(rulebook: Rulebook, input: Readable, output: Writable): Promise<0> {
  let lineNumber = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    const { answer, issues } = answerLine(rulebook, line);
    for (const issue of issues) console.error(`line ${lineNumber}: ${issueLine(issue)}`);
    if (!output.write(`${JSON.stringify(answer)}\n`)) await once(output, 'drain');
  }
  return 0;
}

interface Answered {
  readonly answer: unknown;
  readonly issues: readonly Issue[];
}

function answerLine(rulebook: Rulebook, line: string): Answered {
  const { id, question, issues } = questionFromJson(parsed(line));
  if (question === null) return { answer: { id, issues }, issues };
  const { decision, issue } = decide(rulebook, question);
  if (decision === null) return { answer: { id, issues: [issue] }, issues: [issue] };
  return { answer: explainAsJson(id, question, decision), issues: [] };
}

/** The line itself, which is no question, where it is no JSON: so the issue shows what stood there. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** An issue on one line of a terminal. */
export function issueLine({ code, field, value, message, action }: Issue): string {
  return `${code} ${field}${value === '' ? '' : ` = ${JSON.stringify(value)}`}: ${message} ${action}`;
}
