import { Product } from './product.entity.ts';
import { ProductCategory } from './product-category.entity.ts';
import { Warehouse } from './warehouse.entity.ts';

export const inventoryEntities = [ProductCategory, Product, Warehouse];
