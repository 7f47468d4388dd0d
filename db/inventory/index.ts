import { Product } from './product.entity.ts';

export const inventoryEntities = [Product];
