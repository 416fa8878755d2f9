import { fileURLToPath } from 'node:url';
import type { Ns } from '@tapeclock/domain';
import { loadReference } from '@tapeclock/enrichment';
import { diskFileStore } from '@tapeclock/ports';

/** What made-up trades are made of: names that the product's own reference data knows. */
export interface Universe {
  /** Listed, active, never halted; reported to the facility of NMS stocks. */
  readonly nms: readonly string[];
  /** Over-the-counter equities; reported to ORF. */
  readonly otc: readonly string[];
  /** Firms that can stand on the other side. */
  readonly contras: readonly string[];
}

const REFERENCE_FOLDER = fileURLToPath(new URL('../../../services/enrichment/reference', import.meta.url));

/** Reads the reference files that the product ships with, so that what is offered passes its validation. */
export async function loadUniverse(reportingMpid: string, nowNs: Ns): Promise<Universe> {
  const { securities, mpids, halts } = (await loadReference(diskFileStore(REFERENCE_FOLDER), '')).rows;
  const halted = new Set(halts.map(({ symbol }) => symbol));
  const symbols = (symbolClass: string): readonly string[] =>
    securities
      .filter(
        (row) =>
          row.symbolClass === symbolClass &&
          row.status === 'ACTIVE' &&
          row.listedFromNs <= nowNs &&
          row.delistedFromNs === null &&
          !halted.has(row.symbol),
      )
      .map(({ symbol }) => symbol);
  const firm = mpids.find(({ mpid }) => mpid === reportingMpid)?.firm;
  return {
    nms: symbols('NMS'),
    otc: symbols('OTC_EQUITY'),
    contras: mpids
      .filter((row) => row.kind !== 'CLEARING' && row.firm !== firm && row.effectiveToNs === null)
      .map(({ mpid }) => mpid),
  };
}
