import { FlushMode, LockMode, type EntityName, type FilterQuery, type RequiredEntityData } from '@mikro-orm/core';
import { z } from 'zod';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById } from '../../../domain/platform/id.ts';
import { allowsOn } from '../../../domain/platform/permission.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { isCustomRecord } from '../../../domain/platform/custom-field/custom-field.ts';
import { keepCustomFields } from '../custom-field/keep-custom-fields.ts';
import { findActiveUser } from '../identity/find-active-user.ts';
import { lockVersion } from '../lock-version.ts';
import { heldBy, whereItBelongs, type Reach } from './record-reach.ts';
import { verb, type Verb, type VerbContext } from '../verb.ts';

/** What every record's row has, besides its own fields. */
export interface RecordRow {
  id: string;
  version: number;
  deletedAt?: Date | null | undefined;
}
type Fields = Record<string, unknown>;
type Happened = keyof AnyRecord['events'];

export interface RecordRules<Row> {
  /**
   * What is written instead of what was sent: other names resolved, what follows from the rest filled in. `before` is
   * the locked row, null of a new one.
   */
  complete?(ctx: VerbContext, fields: Fields, before: Row | null): Fields | Promise<Fields>;
  /** What follows from a change that is written, in the same transaction; `before` is what the row held until then. */
  follow?(ctx: VerbContext, row: Row, happened: Happened, before: Fields | null): Promise<void>;
  /** The same for new rows that were written at once, with fewer statements than one after the other. */
  followNew?(ctx: VerbContext, rows: readonly Row[]): Promise<void>;
  /** What a row gives up that comes back, because another has it by now. */
  comeBack?(ctx: VerbContext, row: Row): Promise<void>;
  /** Why this row must stay as it is, in a sentence; nothing if it need not. */
  whyNot?(
    action: 'update' | 'delete' | 'restore', row: Row, ctx: VerbContext,
  ): string | undefined | Promise<string | undefined>;
}

type ByIdWith<Shape extends z.ZodType> = z.ZodObject<{ id: typeof ById.shape.id; fields: Shape }>;
export interface RecordVerbs {
  create: Verb<z.ZodObject, z.ZodObject>;
  patch: Verb<ByIdWith<z.ZodObject>, z.ZodObject>;
  put: Verb<ByIdWith<z.ZodObject>, z.ZodObject>;
  remove: Verb<typeof ById, z.ZodNull>;
  restore: Verb<typeof ById, z.ZodObject>;
  /** For a verb that makes many; see `Many`. */
  many(ctx: VerbContext): Many;
}

/** New records of one transaction: each is proved by itself, and all are written at once. */
export interface Many {
  /** Proves the next one, and answers what of it is known before it is written. A refusal leaves nothing behind. */
  add(raw: Fields): Promise<Fields & { id: string }>;
  /** Writes those that were added since the last time. */
  write(): Promise<void>;
}

/** The verbs of a declared record, over its entity. */
export function recordVerbs<Row extends RecordRow>(
  record: AnyRecord,
  entity: EntityName<Row>,
  rules: RecordRules<Row> = {},
): RecordVerbs {
  const { name, subject, Row } = record;
  const byIdWith = <Shape extends z.ZodType>(fields: Shape): ByIdWith<Shape> => z.object({ id: ById.shape.id, fields });
  const table = new Table(record, entity, rules);
  return {
    create: verb(
      { name: `create-${name}`, needs: `${subject}:create`, input: record.create, output: Row },
      (ctx, fields) => table.create(ctx, fields),
    ),
    patch: verb(
      { name: `patch-${name}`, needs: `${subject}:update`, input: byIdWith(record.Patch), output: Row },
      (ctx, { id, fields }) => table.change(ctx, id, fields),
    ),
    // What a replacement leaves out is emptied, where it may be empty.
    put: verb(
      { name: `replace-${name}`, needs: `${subject}:update`, input: byIdWith(record.Put), output: Row },
      (ctx, { id, fields }) => table.change(ctx, id, { ...emptied(record), ...fields }, 'replace'),
    ),
    remove: verb({ name: `remove-${name}`, needs: `${subject}:delete`, input: ById, output: z.null() }, (ctx, { id }) =>
      table.remove(ctx, id),
    ),
    restore: verb({ name: `restore-${name}`, needs: `${subject}:restore`, input: ById, output: Row }, (ctx, { id }) =>
      table.restore(ctx, id),
    ),
    many: ctx => table.many(ctx, raw => record.create.parse(raw)),
  };
}

const emptied = ({ create, Row }: AnyRecord): Fields =>
  Object.fromEntries(
    Object.keys(create.shape)
      .filter(field => Row.shape[field]?.safeParse(null).success)
      .map(field => [field, null]),
  );

interface New<Row> {
  row: Row;
  fields: string[];
}
type About = { fields?: string[]; before?: Fields | null };

/** The rows of one record. */
class Table<Row extends RecordRow> {
  readonly #record: AnyRecord;
  readonly #entity: EntityName<Row>;
  readonly #rules: RecordRules<Row>;

  constructor(record: AnyRecord, entity: EntityName<Row>, rules: RecordRules<Row>) {
    this.#record = record;
    this.#entity = entity;
    this.#rules = rules;
  }

  async create(ctx: VerbContext, sent: Fields): Promise<Fields> {
    const { row, fields } = await this.#proved(ctx, sent);
    ctx.em.persist(row);
    return this.#done(ctx, row, 'created', { fields });
  }

  many(ctx: VerbContext, parse: (raw: Fields) => Fields): Many {
    let added: New<Row>[] = [];
    return {
      add: async raw => {
        const one = await this.#proved(ctx, parse(raw));
        ctx.em.persist(one.row);
        added.push(one);
        return one.row as Row & Fields;
      },
      write: async () => {
        const written = added;
        added = [];
        await ctx.em.flush();
        const rules = this.#rules;
        for (const { row, fields } of written) {
          this.#emit(ctx, row, 'created', fields);
          if (!rules.followNew) await rules.follow?.(ctx, row, 'created', null);
        }
        await rules.followNew?.(ctx, written.map(({ row }) => row));
      },
    };
  }

  /** A new row that may be written, and the names of the fields that are given. */
  async #proved(ctx: VerbContext, sent: Fields): Promise<New<Row>> {
    const { scopes } = this.#record;
    const fields = await this.#complete(ctx, sent, null, 'create');
    const owner = scopes && fields[scopes.owner] === undefined ? { [scopes.owner]: ctx.actor.userId } : {};
    const row = ctx.em.create(
      this.#entity,
      this.#columns(ctx, { id: ctx.id(), ...fields, ...owner }) as RequiredEntityData<Row>,
      { persist: false },
    );
    const reach = await this.#reach(ctx, row);
    if (!reach.parentSeen || reach.parentGone) throw notFound();
    ctx.authorize(`${this.#record.subject}:create`, reach.scoped);
    await this.#peopleAreThere(ctx, fields);
    await this.#isUnique(ctx, row);
    return { row, fields: Object.keys(fields) };
  }

  async change(
    ctx: VerbContext, id: string, { version, ...sent }: Fields, how: 'change' | 'replace' = 'change',
  ): Promise<Fields> {
    const row = await this.#locked(ctx, id, 'update');
    const required = this.#record.requireVersion ?? false;
    lockVersion(ctx, row, version as number | undefined, { required });
    await this.#refuse('update', row, ctx);
    const before = this.#plain(row);
    const fields = await this.#complete(ctx, sent, row, how);
    Object.assign(row, this.#columns(ctx, fields));
    const reach = await this.#reach(ctx, row, before);
    if (!reach.parentSeen || reach.parentGone) throw notFound();
    ctx.authorize(`${this.#record.subject}:update`, reach.scoped);
    await this.#peopleAreThere(ctx, fields);
    const after = this.#plain(row);
    const { unique } = this.#record;
    if (unique && before[unique] !== after[unique]) await this.#isUnique(ctx, row);
    const changed = Object.keys(fields).filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
    return changed.length ? this.#done(ctx, row, 'changed', { fields: changed, before }) : after;
  }

  async remove(ctx: VerbContext, id: string): Promise<null> {
    const row = await this.#locked(ctx, id, 'delete');
    lockVersion(ctx, row);
    await this.#refuse('delete', row, ctx);
    row.deletedAt = new Date(ctx.now);
    await this.#done(ctx, row, 'deleted');
    return null;
  }

  async restore(ctx: VerbContext, id: string): Promise<Fields> {
    const row = await this.#locked(ctx, id, 'restore');
    if (!row.deletedAt) return this.#plain(row);
    const { parentGone } = await this.#reach(ctx, row);
    if (parentGone) throw new Refusal('conflict', `It belongs to a ${parentGone} that is deleted: restore that first`);
    await this.#refuse('restore', row, ctx);
    await this.#isUnique(ctx, row);
    await this.#rules.comeBack?.(ctx, row);
    row.deletedAt = null;
    return this.#done(ctx, row, 'restored');
  }

  /** The row for this transaction alone; one that may not be read does not exist. */
  async #locked(ctx: VerbContext, id: string, action: 'update' | 'delete' | 'restore'): Promise<Row> {
    const where = { id, ...(action === 'restore' ? {} : { deletedAt: null }) } as FilterQuery<Row>;
    const row = (await ctx.em.findOne(this.#entity, where, { lockMode: LockMode.PESSIMISTIC_WRITE })) as Row | null;
    if (!row) throw notFound();
    const { scoped, parentSeen } = await this.#reach(ctx, row),
      { subject } = this.#record;
    const seen = ctx.actor.kind !== 'user' || allowsOn(ctx.actor.ability, `${subject}:read`, scoped);
    if (!seen || !parentSeen) throw notFound();
    ctx.authorize(`${subject}:${action}`, scoped);
    return row;
  }

  async #refuse(action: 'update' | 'delete' | 'restore', row: Row, ctx: VerbContext): Promise<void> {
    const why = await this.#rules.whyNot?.(action, row, ctx);
    if (why) throw new Refusal('conflict', why);
  }

  async #complete(
    ctx: VerbContext, sent: Fields, before: Row | null, how: 'create' | 'change' | 'replace',
  ): Promise<Fields> {
    const fields = (await this.#rules.complete?.(ctx, sent, before)) ?? sent;
    const { name } = this.#record;
    if (!isCustomRecord(name) || (how === 'change' && sent['customFields'] === undefined)) return fields;
    const held = before && fieldsOf(before)['customFields'];
    const values = { sent: sent['customFields'], before: held ?? null, how } as Parameters<typeof keepCustomFields>[2];
    return { ...fields, customFields: await keepCustomFields(ctx, name, values) };
  }

  async #done(ctx: VerbContext, row: Row, happened: Happened, about: About = {}): Promise<Fields> {
    await ctx.em.flush();
    const plain = this.#plain(row);
    await this.#tell(ctx, row, happened, about);
    return plain;
  }

  /** What follows from a row that is written. */
  async #tell(ctx: VerbContext, row: Row, happened: Happened, { fields = [], before = null }: About): Promise<void> {
    this.#emit(ctx, row, happened, fields);
    await this.#rules.follow?.(ctx, row, happened, before);
  }

  #emit(ctx: VerbContext, row: Row, happened: Happened, fields: string[]): void {
    const { belongsTo, events, title } = this.#record;
    const held = fieldsOf(row);
    const parentId = belongsTo ? (held[belongsTo.field] ?? null) : null;
    ctx.emit(events[happened], { id: row.id, title: String(held[title] ?? null), fields, parentId });
  }

  #reach = (ctx: VerbContext, row: Row, before?: Fields): Promise<Reach> =>
    whereItBelongs(ctx, this.#record, row.id, { ...(row as Row & Fields), ...heldBy(this.#record, before) });

  /** Work is given to people who are there. */
  async #peopleAreThere(ctx: VerbContext, fields: Fields): Promise<void> {
    const { scopes, people = [] } = this.#record;
    for (const field of scopes ? [scopes.owner, ...people] : people) {
      const person = fields[field];
      if (typeof person === 'string' && person !== ctx.actor.userId) await findActiveUser(ctx, person, field);
    }
  }

  /** Two at once are told apart by the index of the table. */
  async #isUnique(ctx: VerbContext, row: Row): Promise<void> {
    const { unique, name } = this.#record;
    const value = unique && this.#plain(row)[unique];
    if (!unique || value === null || value === undefined) return;
    const others = { [unique]: value, deletedAt: null, id: { $ne: row.id } } as FilterQuery<Row>;
    if (await ctx.em.count(this.#entity, others, { flushMode: FlushMode.COMMIT }))
      throw new Refusal('conflict', `There is a ${name.replaceAll('-', ' ')} with the ${unique} ${String(value)}`);
  }

  /** Values as the entity wants them: instants come as texts. */
  #columns(ctx: VerbContext, fields: Fields): Fields {
    const properties: Record<string, { runtimeType: string } | undefined> = ctx.em.getMetadata(this.#entity).properties;
    return Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        properties[field]?.runtimeType === 'Date' && typeof value === 'string' ? new Date(value) : value,
      ]),
    );
  }

  #plain(row: Row): Fields {
    const values = fieldsOf(row);
    return Object.fromEntries(
      Object.keys(this.#record.Row.shape).map(field => {
        const value = values[field];
        return [field, value instanceof Date ? value.toISOString() : (value ?? null)];
      }),
    );
  }
}

const fieldsOf = (row: object): Fields => ({ ...row });
