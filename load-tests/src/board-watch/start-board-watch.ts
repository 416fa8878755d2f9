import { type OwnProcess, startOwnProcess } from '../own-process/start-own-process.ts';
import type { BoardWatchOptions, BoardWatchSummary } from './board-options.ts';

/** Opens the boards, in a process of their own. `result` rejects when one is not let in. */
export function startBoardWatch(options: BoardWatchOptions): OwnProcess<BoardWatchSummary> {
  return startOwnProcess<BoardWatchSummary>(new URL('./process.ts', import.meta.url), options);
}
