import { stateTone, stateWord } from './words.ts';

export function State({ of }: { readonly of: string }) {
  return <span className={`state ${stateTone(of)}`}>{stateWord(of)}</span>;
}
