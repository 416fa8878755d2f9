import type { Random } from '@tapeclock/ports';

/** A part of the pipeline that can be hosted by any process. */
export type Part = 'gateway' | 'enrichment' | 'reporter' | 'tracker' | 'facility' | 'desk';

/** Which process hosts what. No service knows; the simulation tries several ways. */
export interface Layout {
  readonly name: string;
  readonly processes: Readonly<Record<string, readonly Part[]>>;
}

const OUTSIDE = { watch: ['tracker'], facility: ['facility'], desk: ['desk'] } as const;

export const LAYOUTS: readonly Layout[] = [
  { name: 'laptop', processes: { hot: ['gateway', 'enrichment', 'reporter'], ...OUTSIDE } },
  {
    name: 'apart',
    processes: { gateway: ['gateway'], enrichment: ['enrichment'], reporter: ['reporter'], ...OUTSIDE },
  },
  {
    name: 'standby',
    processes: {
      hot: ['gateway', 'enrichment', 'reporter'],
      spare: ['enrichment', 'reporter'],
      ...OUTSIDE,
      'watch-2': ['tracker'],
    },
  },
];

export function drawLayout(random: Random): Layout {
  return LAYOUTS[random.nextU32() % LAYOUTS.length] ?? (LAYOUTS[0] as Layout);
}
