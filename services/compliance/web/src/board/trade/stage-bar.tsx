import type { TradeDetail } from '../../contract.ts';
import { eastern, span } from '../parts/words.ts';

const COLORS = ['#88a4cf', '#4d76b8', '#29528f', '#8a6100', '#b4460b', '#2b7a4b', '#566270'];

/** The time between execution and acceptance, shared out to the stages, and the stamps it was made from. */
export function StageBar({ detail }: { readonly detail: TradeDetail }) {
  const shares = detail.attribution.filter(({ durationMs }) => durationMs > 0);
  const whole = shares.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return (
    <>
      {whole > 0 && (
        <>
          <div
            className="bar"
            role="img"
            aria-label={shares.map(({ stage, durationMs }) => `${stage} ${span(durationMs)}`).join(', ')}
          >
            {shares.map(({ stage, durationMs }, index) => (
              <i
                key={stage}
                title={`${stage} ${span(durationMs)}`}
                style={{ width: `${(durationMs / whole) * 100}%`, background: COLORS[index % COLORS.length] }}
              />
            ))}
          </div>
          <p className="quiet">
            {shares.map(({ stage, durationMs }, index) => (
              <span key={stage} style={{ marginRight: '0.75rem', whiteSpace: 'nowrap' }}>
                <i
                  aria-hidden
                  style={{
                    display: 'inline-block',
                    width: 8,
                    height: 8,
                    borderRadius: 2,
                    background: COLORS[index % COLORS.length],
                  }}
                />{' '}
                {stage} {span(durationMs)}
              </span>
            ))}
          </p>
          {detail.worstStage !== null && (
            <p>
              Most of it: <b>{detail.worstStage}</b>.
            </p>
          )}
        </>
      )}
      <dl className="kv">
        {detail.stages.map(({ stage, at, sinceExecutedMs, sincePreviousMs }) => (
          <div key={stage} style={{ display: 'contents' }}>
            <dt>{stage}</dt>
            <dd className="num">
              {eastern(at, 6)}
              <span className="quiet">
                {sinceExecutedMs === null ? '' : ` · ${span(sinceExecutedMs)} after execution`}
                {sincePreviousMs === null ? '' : `, ${span(sincePreviousMs)} after the one before`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {detail.clockOffsetMs !== null && (
        <p className="quiet">Host clock {span(detail.clockOffsetMs)} off its time source.</p>
      )}
    </>
  );
}
