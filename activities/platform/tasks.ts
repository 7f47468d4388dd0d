import { awaitSettled } from './await-settled.ts';
import { reconcileAll } from './reconcile.ts';

/** Register: activities that only read or wait; whatever writes is a verb. */
export const platformTasks = { awaitSettled, reconcileAll };
