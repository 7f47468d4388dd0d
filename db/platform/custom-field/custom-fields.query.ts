import {
  customName, type CustomField, type CustomRecord, type CustomType,
} from '../../../domain/platform/custom-field/custom-field.ts';
import type { ListQuery } from '../../../domain/platform/list.ts';
import type { ListField } from '../list.query.ts';
import type { Reader } from '../reader.ts';
import { columnsOf, selected, sql, type Sql } from '../sql.ts';

const columns = columnsOf('f', ['key', 'label', 'type', 'required', 'options', 'section', 'active']);

/** The fields that an administrator gave a kind of record, in their order; all of them, or those in use. */
export const customFieldsOf = (read: Reader, record: CustomRecord, all = false): Promise<CustomField[]> =>
  read.rows<CustomField>(sql`select ${selected(columns)} from custom_field f
    where f.record_type = ${record} and f.deleted_at is null ${all ? sql`` : sql`and f.active`}
    order by f.position, f.label`);

/** Those of every kind of record that are in use. */
export const customFieldsInUse = (read: Reader): Promise<(CustomField & { recordType: CustomRecord })[]> =>
  read.rows(sql`select ${selected({ ...columns, recordType: sql`f.record_type` })} from custom_field f
    where f.active and f.deleted_at is null order by f.position, f.label`);

/** What a row `t` holds in fields that are in use: the others are kept, and not shown. */
export const shownValues = (record: CustomRecord): Sql => sql`t.custom_fields - coalesce((
  select array_agg(f.key::text) from custom_field f
  where f.record_type = ${record} and not f.active and f.deleted_at is null), '{}')`;

const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
/** The names of the people that a row `t` names in custom fields, by id. */
export const peopleNamed = (record: CustomRecord): Sql => sql`(
  select jsonb_object_agg(u.id, u.full_name) from custom_field f join app_user u on u.id =
    case when t.custom_fields ->> f.key ~* ${sql.lit(uuid)} then (t.custom_fields ->> f.key)::uuid end
  where f.record_type = ${record} and f.type = 'user' and f.active and f.deleted_at is null)`;

/** Whether a query speaks of custom fields at all. */
export const asksCustom = ({ sort, filter, where }: Pick<ListQuery, 'sort' | 'filter' | 'where'>): boolean =>
  JSON.stringify([sort, filter, where]).includes(customName(''));

/** The fields as a list of the record sorts and filters by them. */
export const customListFields = (record: CustomRecord, fields: readonly CustomField[]): Record<string, ListField> =>
  Object.fromEntries(fields.map(field => [customName(field.key), listField(record, field)]));

function listField(record: CustomRecord, { key, type }: Pick<CustomField, 'key' | 'type'>): ListField {
  const value = sql`(t.custom_fields -> ${sql.lit(key)})`,
    text = sql`(t.custom_fields ->> ${sql.lit(key)})`;
  // What has the value is found by the index over all custom fields of the table.
  const among = (values: string[]): Sql => {
    const wanted = values.map(v => JSON.stringify({ [key]: type === 'multi-select' ? [v] : jsonValue(type, v) }));
    return sql`t.id in (select ${sql.ref(`custom_${record}`)}(${wanted}::jsonb[]))`;
  };
  switch (type) {
    case 'number': {
      const number = sql`case when jsonb_typeof(${value}) = 'number' then ${text}::numeric end`;
      return { sql: number, kind: 'number', nullable: true, among };
    }
    case 'boolean': {
      // One that was never set counts as no.
      const yes = sql`coalesce(${value} = 'true'::jsonb, false)`;
      const either = (values: string[]): Sql => (values.includes('true') ? sql`true` : sql`not ${yes}`);
      return { sql: yes, kind: 'boolean', among: v => (v.includes('false') ? either(v) : among(v)) };
    }
    case 'date': {
      const day = sql`case when ${text} ~ '^\\d{4}-\\d{2}-\\d{2}$' then ${text}::date end`;
      return { sql: day, kind: 'day', nullable: true, among };
    }
    case 'multi-select':
      return {
        sql: sql`array(select jsonb_array_elements_text(
          case when jsonb_typeof(${value}) = 'array' then ${value} else '[]' end))`,
        kind: 'words', among,
      };
    default:
      return { sql: text, kind: 'text', nullable: true, among };
  }
}

const jsonValue = (type: CustomType, value: string): unknown =>
  type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value;
