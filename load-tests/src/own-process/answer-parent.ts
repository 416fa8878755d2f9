/** The child's side of `startOwnProcess`: takes its options as the one message, answers with the result, and ends. */
export function answerParent<Options, Result>(work: (options: Options) => Promise<Result>): void {
  // Nobody left to measure for.
  process.once('disconnect', () => process.exit(0));
  // The parent decides when it is over, also after ctrl-C.
  process.on('SIGINT', () => {});
  process.once('message', async (options: Options) => {
    const result = await work(options);
    process.send?.(result, () => process.disconnect());
  });
}
