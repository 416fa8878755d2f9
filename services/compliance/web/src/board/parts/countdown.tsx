import { useServerNowMs } from '../live/use-now.ts';
import { span, toneOfShare } from './words.ts';

/** Time left of the window, and how much of it is used up. */
export function Countdown({
  dueAtMs,
  windowMs,
}: {
  readonly dueAtMs: number;
  readonly windowMs: number | null;
}) {
  const nowMs = useServerNowMs();
  if (nowMs === null) return null;
  const leftMs = dueAtMs - nowMs;
  const share =
    windowMs === null || windowMs <= 0
      ? leftMs < 0
        ? 1
        : 0
      : Math.min(1, Math.max(0, 1 - leftMs / windowMs));
  return (
    <span className={toneOfShare(leftMs < 0 ? 1 : share)}>
      <b className="num">{leftMs < 0 ? `${span(-leftMs)} over` : span(leftMs)}</b>
      <span className="meter">
        <i style={{ transform: `scaleX(${share})` }} />
      </span>
    </span>
  );
}
