import { ActionIcon, Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { signOut } from '../api/session.ts';
import type { SignedInView } from '../contract.ts';
import { Link } from '../router/link.tsx';
import { usePath } from '../router/location.ts';
import { useStore } from '../store.ts';
import { Banners } from './banners.tsx';
import { followLive } from './live/feed.ts';
import { overviewStore } from './live/stores.ts';
import { pageAt, ROUTES } from './routes.tsx';
import { Shortcuts } from './shortcuts.tsx';

/** Everything round a page, for as long as somebody is signed in. */
export function Shell({ user }: { readonly user: SignedInView }) {
  const path = usePath();
  const [open, setOpen] = useState(false);
  useEffect(followLive, []);
  // A page was chosen: the menu of a narrow window folds away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the path changes
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="side" data-open={open}>
        <div className="bar1">
          <div className="brand">Tapeclock</div>
          <ActionIcon
            className="menu"
            variant="default"
            aria-label="Menu"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            ☰
          </ActionIcon>
        </div>
        <Navigation path={path} />
        <div className="who">
          <ThemeChoice />
          <div className="quiet">
            {user.name} · {user.role}
          </div>
          <Button size="compact-sm" variant="default" onClick={() => void signOut()}>
            Sign out
          </Button>
        </div>
      </div>
      <main className="main" id="main" tabIndex={-1}>
        <Banners />
        {pageAt(path)}
      </main>
      <Shortcuts />
    </div>
  );
}

function Navigation({ path }: { readonly path: string }) {
  const counts = useStore(overviewStore)?.counts;
  const numbers: Readonly<Record<string, readonly [count: number, hot: boolean]>> =
    counts === undefined
      ? {}
      : {
          '/open': [counts.open, false],
          '/repairs': [counts.repairsOpen, counts.repairsOpen > 0],
          '/in-doubt': [counts.inDoubt + counts.held, counts.inDoubt > 0],
          '/late': [counts.late, false],
          '/alerts': [counts.alertsRaised, counts.alertsRaised > 0],
        };
  return (
    <nav className="nav" aria-label="Pages">
      {ROUTES.filter(({ name }) => name !== undefined).map(({ path: to, name }) => {
        const [count, hot] = numbers[to] ?? [0, false];
        const here = to === '/' ? path === '/' : path.startsWith(to);
        return (
          <Link key={to} to={to} aria-current={here ? 'page' : undefined}>
            {name}
            {count > 0 && <span className={hot ? 'count hot' : 'count'}>{count}</span>}
          </Link>
        );
      })}
    </nav>
  );
}

function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label="Theme"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
      data={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
        { value: 'auto', label: 'Auto' },
      ]}
    />
  );
}
