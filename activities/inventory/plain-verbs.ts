import { Warehouse } from '../../db/inventory/warehouse.entity.ts';
import { warehouses } from '../../domain/inventory/warehouse.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';

/** Records without rules of their own. */
export const warehouseVerbs = recordVerbs(warehouses, Warehouse);
