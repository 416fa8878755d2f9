/** Rules that join fields of a trade (MEOT): facility link, reporting exception, sides. */
import type { Issue } from '../issue.ts';
import { catIssue } from './fault.ts';
import type { CatObject, CatRecord } from './record.ts';

/** Empty for events other than MEOT. */
export function tradeIssues(record: CatRecord): Issue[] {
  return record.type === 'MEOT' ? [...linkageIssues(record), ...sidesIssues(record)] : [];
}

/**
 * Exactly one of tapeTradeID and reportingExceptionCode. With an exception no market centre is named, except C, which
 * names the facility, the clearing firm and the counterparty.
 */
function linkageIssues(record: CatRecord): Issue[] {
  const issues: Issue[] = [];
  const { tapeTradeID, marketCenterID, reportingExceptionCode, clearingFirm, counterparty } = record;
  if ((tapeTradeID === undefined) === (reportingExceptionCode === undefined)) {
    issues.push(catIssue(2169, 'tapeTradeID', tapeTradeID));
  }
  const isContra = reportingExceptionCode === 'C';
  const needsMarket = reportingExceptionCode === undefined || isContra;
  if (needsMarket !== (marketCenterID !== undefined))
    issues.push(catIssue(2044, 'marketCenterID', marketCenterID));
  if (isContra !== (clearingFirm !== undefined)) issues.push(catIssue(2184, 'clearingFirm', clearingFirm));
  if (isContra !== (counterparty !== undefined)) issues.push(catIssue(2185, 'counterparty', counterparty));
  return issues;
}

const SIDES = {
  buyDetails: {
    indicator: 'BUY',
    presence: 2108,
    sides: ['B'],
    side: 2111,
    orderKey: 2110,
    holder: 2113,
    orderOrAccount: 2114,
    capacity: 2258,
  },
  sellDetails: {
    indicator: 'SELL',
    presence: 2115,
    sides: ['SL', 'SS', 'SX'],
    side: 2118,
    orderKey: 2117,
    holder: 2120,
    orderOrAccount: 2148,
    capacity: 2259,
  },
} as const;

/**
 * A one-sided trade tells its own side and no other. Two-sided trades tell both: leaving one out is for supplements
 * (MEOTS), which are not made here.
 */
function sidesIssues(record: CatRecord): Issue[] {
  const issues: Issue[] = [];
  const indicator = record.sideDetailsInd;
  const orders: string[] = [];
  for (const [name, rule] of Object.entries(SIDES)) {
    const value = record[name];
    const expected = indicator === 'NA' || indicator === rule.indicator;
    if (expected !== (value !== undefined)) issues.push(catIssue(rule.presence, name, value));
    if (!Array.isArray(value)) continue;
    for (const details of value as readonly CatObject[]) {
      issues.push(...sideIssues(details, name, rule, record.capacity === 'P'));
      orders.push(`${String(details.orderID)} ${String(details.orderKeyDate)}`);
    }
  }
  const [first, second] = orders;
  if (first !== undefined && first === second && !first.startsWith('undefined')) {
    issues.push(catIssue(2227, 'sellDetails.orderID', first.split(' ')[0]));
  }
  return issues;
}

type SideRule = (typeof SIDES)[keyof typeof SIDES];

function sideIssues(details: CatObject, path: string, rule: SideRule, principal: boolean): Issue[] {
  const issues: Issue[] = [];
  const { orderID, orderKeyDate, side, firmDesignatedID, accountHolderType } = details;
  if (typeof side === 'string' && !(rule.sides as readonly string[]).includes(side)) {
    issues.push(catIssue(rule.side, `${path}.side`, side));
  }
  if ((orderID === undefined) === (firmDesignatedID === undefined)) {
    issues.push(catIssue(rule.orderOrAccount, path, [details]));
  }
  if ((orderID === undefined) !== (orderKeyDate === undefined)) {
    issues.push(catIssue(rule.orderKey, `${path}.orderKeyDate`, orderKeyDate));
  }
  if ((firmDesignatedID === undefined) !== (accountHolderType === undefined)) {
    issues.push(catIssue(rule.holder, `${path}.accountHolderType`, accountHolderType));
  }
  if (firmDesignatedID !== undefined && !principal) {
    issues.push(catIssue(rule.capacity, `${path}.firmDesignatedID`, firmDesignatedID));
  }
  return issues;
}
