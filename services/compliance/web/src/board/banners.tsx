import { Link } from '../router/link.tsx';
import { useStore } from '../store.ts';
import { connectionStore, overviewStore } from './live/stores.ts';
import { eastern, facilityName, span } from './parts/words.ts';

const LAG_TOLD_MS = 2_000;

/** What must be seen on every page: breaches in sight, raised alerts, and that the board itself is behind. */
export function Banners() {
  const overview = useStore(overviewStore);
  const connection = useStore(connectionStore);
  const nearest = overview?.facilities
    .flatMap(({ forecast }) => (forecast?.breachInMs === null || forecast === null ? [] : [forecast]))
    .sort((a, b) => (a.breachInMs ?? 0) - (b.breachInMs ?? 0))[0];
  const asOf = overview?.readModel.dataAsOf ?? null;
  return (
    <div aria-live="polite">
      {connection === 'lost' && (
        <div className="banner">
          <b>Connection lost.</b> Shown is what was known at {eastern(asOf)} ET. Connecting again …
        </div>
      )}
      {connection === 'live' && overview !== null && overview.readModel.lagMs > LAG_TOLD_MS && (
        <div className="banner mild">
          <b>Data as of {eastern(asOf)} ET.</b> The board is {span(overview.readModel.lagMs)} (
          {overview.readModel.lagRecords} records) behind; reporting is not affected.
        </div>
      )}
      {nearest !== undefined && (
        <div className="banner">
          <b>Breach in {span(nearest.breachInMs ?? 0)}</b> at {facilityName(nearest.facility)}: {nearest.open}{' '}
          reports wait, {nearest.servicePerSecond.toFixed(1)} a second are accepted.{' '}
          <Link to="/open">See them</Link>
        </div>
      )}
      {overview !== null && overview.counts.alertsRaised > 0 && (
        <div className="banner mild">
          <b>
            {overview.counts.alertsRaised} {overview.counts.alertsRaised === 1 ? 'alert is' : 'alerts are'}{' '}
            raised.
          </b>{' '}
          <Link to="/alerts">See what to do</Link>
        </div>
      )}
    </div>
  );
}
