import { awaitSettled } from './clock/await-settled.ts';
import { reconcileAll } from './process/reconcile.ts';

/** Register: activities that only read or wait; whatever writes is a verb. */
export const platformTasks = { awaitSettled, reconcileAll };
