import type pg from 'pg';

/** A pool as far as figures need it. */
export type PoolFigures = Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'>;

const known = new Map<string, PoolFigures>();

/** Of this process: `main` for everything, `report` for what takes long. */
export const notePool = (name: 'main' | 'report', pool: PoolFigures | undefined): void => {
  if (pool) known.set(name, pool);
  else known.delete(name);
};
export const pools = (): { name: string; pool: PoolFigures }[] => [...known].map(([name, pool]) => ({ name, pool }));
