import type { ReactNode } from 'react';
import { matchPath } from '../router/match-path.ts';
import { AlertsPage } from './pages/alerts.tsx';
import { CatPage } from './pages/cat.tsx';
import { InDoubtPage } from './pages/in-doubt.tsx';
import { LatePage } from './pages/late.tsx';
import { ObligationsPage } from './pages/obligations.tsx';
import { OverviewPage } from './pages/overview.tsx';
import { RecordPage } from './pages/record.tsx';
import { RepairPage } from './pages/repair.tsx';
import { RepairsPage } from './pages/repairs.tsx';
import { RulebookPage } from './pages/rulebook.tsx';
import { RulebookEntryPage } from './pages/rulebook-entry.tsx';
import { SessionsPage } from './pages/sessions.tsx';
import { TradePage } from './pages/trade.tsx';
import { TradesPage } from './pages/trades.tsx';

interface Route {
  readonly path: string;
  /** Name in the navigation; pages of one thing have none. */
  readonly name?: string;
  /** Letter after `g`. */
  readonly key?: string;
  readonly page: (parameters: Readonly<Record<string, string>>) => ReactNode;
}

export const ROUTES: readonly Route[] = [
  { path: '/', name: 'Overview', key: 'h', page: () => <OverviewPage /> },
  { path: '/open', name: 'Open', key: 'o', page: () => <ObligationsPage /> },
  { path: '/trades', name: 'Trades', key: 't', page: () => <TradesPage /> },
  { path: '/repairs', name: 'Repair queue', key: 'r', page: () => <RepairsPage /> },
  { path: '/in-doubt', name: 'In doubt, held', key: 'd', page: () => <InDoubtPage /> },
  { path: '/late', name: 'Late', key: 'l', page: () => <LatePage /> },
  { path: '/alerts', name: 'Alerts', key: 'a', page: () => <AlertsPage /> },
  { path: '/cat', name: 'CAT files', key: 'c', page: () => <CatPage /> },
  { path: '/rulebook', name: 'Rulebook', key: 'b', page: () => <RulebookPage /> },
  { path: '/sessions', name: 'Sessions', key: 's', page: () => <SessionsPage /> },
  { path: '/record', name: 'Acts, dead letters', key: 'x', page: () => <RecordPage /> },
  { path: '/trades/:id', page: ({ id = '' }) => <TradePage executionId={id} /> },
  { path: '/rulebook/:id', page: ({ id = '' }) => <RulebookEntryPage id={id} /> },
  { path: '/repairs/:id', page: ({ id = '' }) => <RepairPage repairId={id} /> },
];

export function pageAt(path: string): ReactNode {
  for (const route of ROUTES) {
    const parameters = matchPath(route.path, path);
    if (parameters !== null) return route.page(parameters);
  }
  return <p className="empty">There is no such page.</p>;
}
