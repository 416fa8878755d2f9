import type { Verdict } from './book.ts';
import type { FacilityProduct } from './facility-config.ts';
import type { KnownReport } from './judge.ts';
import { type Fields, textOf } from './message.ts';

/** Body of the answer to a report: an accepted one comes back as an AE, a refused one as an AR. */
export function answerFields(
  verdict: Verdict,
  report: Fields,
  product: FacilityProduct,
  transactTime: string,
): { readonly msgType: 'AE' | 'AR'; readonly body: Fields } {
  const echo = (tag: number): Fields => {
    const value = textOf(report, tag);
    return value === null ? [] : [[tag, value]];
  };
  const clientId = textOf(report, 571) ?? '';
  const { answer } = verdict;
  if (answer.kind === 'REJECTED') {
    return {
      msgType: 'AR',
      body: [
        [571, clientId],
        ...echo(487),
        ...echo(856),
        ...echo(48),
        ...echo(22),
        [150, '8'],
        [939, '1'],
        [751, answer.code],
        [58, answer.text],
      ],
    };
  }
  return {
    msgType: 'AE',
    body: [
      [571, `${product.prefix}${answer.controlDate}${answer.controlNumber}`],
      [572, clientId],
      [1011, `${product.prefix}${suffixOf(report)}`],
      ...echo(487),
      ...echo(856),
      ...echo(48),
      ...echo(22),
      ...echo(32),
      ...echo(31),
      ...echo(75),
      [60, transactTime],
      [1003, answer.controlNumber],
      [22011, answer.controlDate],
      ...(answer.refControlNumber === null ? [] : ([[1126, answer.refControlNumber]] as const)),
      ...(answer.modifier3 === null ? [] : ([[22003, answer.modifier3]] as const)),
    ],
  };
}

/** Last two letters of TradeHandlingInstr (1011): entry, cancel, reversal or correction. */
function suffixOf(report: Fields): string {
  const transType = textOf(report, 487) ?? '0';
  if (transType === '2') return 'CR';
  if (transType !== '1') return 'EN';
  return textOf(report, 1015) === '1' && textOf(report, 552) === '2' ? 'HX' : 'CX';
}

/** Answer to a query (AD): the report if the facility has it, and in any case how many were found. */
export function queryAnswer(
  query: Fields,
  found: KnownReport | null,
  product: FacilityProduct,
): readonly { readonly msgType: 'AQ' | 'AE'; readonly body: Fields }[] {
  const requestId = textOf(query, 568) ?? '';
  const header = {
    msgType: 'AQ' as const,
    body: [
      [568, requestId],
      [569, textOf(query, 569) ?? '1'],
      [748, found === null ? '0' : '1'],
      [749, found === null ? '9' : '0'],
      [750, '0'],
    ] as Fields,
  };
  if (found === null) return [header];
  return [
    header,
    {
      msgType: 'AE',
      body: [
        [571, `${product.prefix}${found.controlDate}${found.controlNumber}`],
        [568, requestId],
        [572, found.tradeReportId],
        [1011, `${product.prefix}EN`],
        [1003, found.controlNumber],
        [22011, found.controlDate],
        [912, 'Y'],
      ],
    },
  ];
}
