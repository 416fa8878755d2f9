export const KILL_TOPIC = { name: 'kills', partitions: 3 } as const;
