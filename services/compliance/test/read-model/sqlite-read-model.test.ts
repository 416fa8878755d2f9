import { sqliteReadModel } from '../../src/read-model/sqlite/sqlite-read-model.ts';
import { readModelContract } from './contract.ts';

readModelContract(() => sqliteReadModel(':memory:'));
