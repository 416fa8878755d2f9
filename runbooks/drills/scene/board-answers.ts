// The parts of the board's answers that drills read; the whole is docs/reference/http-api.md.

export interface AlertShown {
  readonly alertId: string;
  readonly alert: string;
  readonly subject: string;
  readonly severity: string;
  readonly state: 'RAISED' | 'CLEARED';
  readonly text: string;
  readonly action: string;
  readonly acknowledgedBy: string | null;
}

export interface SessionShown {
  readonly sessionId: string;
  readonly role: string;
  readonly state: string;
}

export interface ForecastShown {
  readonly open: number;
  readonly servicePerSecond: number;
  readonly breachInMs: number | null;
}

export interface OverviewShown {
  readonly counts: Readonly<
    Record<
      'received' | 'accepted' | 'late' | 'breached' | 'open' | 'inDoubt' | 'held' | 'repairsOpen',
      number
    >
  >;
  readonly acceptedPerSecond: number;
  readonly readModel: { readonly lagRecords: number };
  readonly facilities: readonly { readonly facility: string; readonly forecast: ForecastShown | null }[];
  readonly sessions: readonly SessionShown[];
}

export interface ObligationsShown {
  readonly total: number;
  readonly items: readonly {
    readonly stage: string;
    readonly holder: string | null;
    readonly state: string;
  }[];
}

export interface InDoubtShown {
  readonly reportId: string;
  readonly facility: string;
  readonly kind: 'IN_DOUBT' | 'HELD';
  readonly cause: string;
  readonly nextStep: string | null;
  readonly resolving: string | null;
}

export interface LateShown {
  readonly items: readonly { readonly reason: string; readonly worstStage: string | null }[];
}

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface RepairShown {
  readonly repairId: string;
  readonly stage: string;
}

export interface RepairOpened {
  /** As the execution came; what an officer sends back is this, mended. */
  readonly fields: Readonly<Record<string, string | null>>;
}

export interface DeskActionShown {
  readonly actor: string;
  readonly verb: string;
  readonly subject: string;
  readonly outcome: string | null;
}
