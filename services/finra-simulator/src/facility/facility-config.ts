import { type FacilityFaults, NO_FAULTS } from './facility-faults.ts';

export interface FacilityConfig {
  readonly host: string;
  readonly port: number;
  /** CompID of the facility. @default FNRA */
  readonly compId: string;
  /** TargetSubID (57) → facility and its hours, Eastern, `HH:MM` to `HH:MM` on business days. */
  readonly products: Readonly<Record<string, FacilityProduct>>;
  readonly faults: FacilityFaults;
  /** Reports later than this after execution are marked late. */
  readonly windowMs: number;
}

export interface FacilityProduct {
  readonly facility: string;
  /** First letters of TradeReportTransType answers, e.g. `AD` in `ADEN`. */
  readonly prefix: string;
  readonly open: string;
  readonly close: string;
}

export const FACILITY_DEFAULTS: FacilityConfig = {
  host: '127.0.0.1',
  port: 9881,
  compId: 'FNRA',
  products: {
    ADF: { facility: 'ADF', prefix: 'AD', open: '08:00', close: '18:30' },
    NC: { facility: 'TRF_CARTERET', prefix: 'NC', open: '04:00', close: '20:00' },
    NH: { facility: 'TRF_CHICAGO', prefix: 'NH', open: '04:00', close: '20:00' },
    NY: { facility: 'TRF_NYSE', prefix: 'NY', open: '04:00', close: '20:00' },
    OR: { facility: 'ORF', prefix: 'OR', open: '08:00', close: '20:00' },
  },
  faults: NO_FAULTS,
  windowMs: 10_000,
};
