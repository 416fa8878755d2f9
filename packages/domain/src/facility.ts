/** The five places an off-exchange equity trade can be reported to. */
export const FACILITIES = ['ADF', 'TRF_CARTERET', 'TRF_CHICAGO', 'TRF_NYSE', 'ORF'] as const;
export type Facility = (typeof FACILITIES)[number];

export const SYMBOL_CLASSES = ['NMS', 'OTC_EQUITY', 'RESTRICTED_144A', 'DPP'] as const;
export type SymbolClass = (typeof SYMBOL_CLASSES)[number];
