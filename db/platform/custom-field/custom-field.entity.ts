import { defineEntity, p } from '@mikro-orm/core';
import {
  customRecords, customTypes, type CustomRecord, type CustomType,
} from '../../../domain/platform/custom-field/custom-field.ts';
import { oneOf, owned, tenantOwned } from '../columns.ts';

/** PLT-007. Keys are unique for a kind of record: an index in the migration. */
const CustomFieldSchema = defineEntity({
  name: 'CustomField',
  tableName: 'custom_field',
  properties: {
    ...owned(),
    recordType: p.string().$type<CustomRecord>().length(20),
    key: p.string().length(50),
    label: p.string().length(100),
    type: p.string().$type<CustomType>().length(20).default('text'),
    required: p.boolean().default(false),
    options: p.array<string>().columnType('text[]').default([]),
    section: p.string().length(100).default('More'),
    position: p.integer(),
    active: p.boolean().default(true),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'recordType', 'position'] },
  ],
  checks: [
    { name: 'custom_field_record_type_check', expression: oneOf('record_type', customRecords) },
    { name: 'custom_field_type_check', expression: oneOf('type', customTypes) },
  ],
  ...tenantOwned,
});
export class CustomField extends CustomFieldSchema.class {}
CustomFieldSchema.setClass(CustomField);
