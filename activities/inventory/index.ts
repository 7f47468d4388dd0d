import { Warehouse } from '../../db/inventory/warehouse.entity.ts';
import { warehouses } from '../../domain/inventory/warehouse.ts';
import { namedVerbs } from '../platform/record/named-verbs.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import { productVerbs } from './product-verbs.ts';

export const warehouseVerbs = recordVerbs(warehouses, Warehouse);

export const inventoryVerbs = {
  ...namedVerbs('Product', productVerbs),
  ...namedVerbs('Warehouse', warehouseVerbs),
};
