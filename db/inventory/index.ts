import { Product } from './product.entity.ts';
import { Warehouse } from './warehouse.entity.ts';

export const inventoryEntities = [Product, Warehouse];
