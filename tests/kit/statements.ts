import { jest } from '@jest/globals';
import pg from 'pg';

/** The frame of a transaction, which each read has. */
const frame = /^\s*(begin|commit|rollback|savepoint|release|select set_config)/i;

/** What this process asks the database while `act` runs; nothing else may run beside it. */
export async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const asked = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await act();
    return asked.mock.calls.map(([query]) => textOf(query)).filter(text => !frame.test(text));
  } finally {
    asked.mockRestore();
  }
}

const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { text?: unknown }).text ?? '');
