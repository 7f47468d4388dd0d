/** A column of text, or one that is a list of values, each with what it is for. */
export type KeptColumn = string | { list: string };

/** Which columns of a table a record is found by. */
export interface Kept {
  type: string;
  title: string;
  /** Searched after the title, and shown where the words stand in it. */
  body: readonly KeptColumn[];
  /** Found by any run of their digits. */
  phones?: readonly KeptColumn[];
  /** The title is no more than the beginning of its column, which may be a long text. */
  titleMax?: number;
  /** Rows of this state alone. */
  state?: string;
}

/**
 * What a migration adds so that the rows of a table are found: a trigger, and an entry for each row that is there; of
 * those that have one already for the ones `only` that are found by more than before. It takes the place of what there
 * was, so that rows can be read all the while.
 */
export function keepsEntry(table: string, kept: Kept, { only }: { only?: string } = {}): string[] {
  const { title, titleMax, state } = kept;
  const columnsOf = [...kept.body, ...(kept.phones ?? [])].map(c => (typeof c === 'string' ? c : c.list));
  const watched = ['deleted_at', title, ...columnsOf, ...(state ? ['state'] : [])];
  const columns = [...new Set(watched)].map(c => `"${c}"`).join(', ');
  const named = (row: string): string => (titleMax ? `left(${row}."${title}", ${titleMax})` : `${row}."${title}"`);
  const isKept = (row: string): string => `${row}.deleted_at is null${state ? ` and ${row}.state = '${state}'` : ''}`;
  const isNot = state ? `not (${isKept('new')})` : 'new.deleted_at is not null';
  const keep = (row: string): string => {
    const of = (names: readonly KeptColumn[]): string =>
      names.map(name => (typeof name === 'string' ? `${row}."${name}"` : `listed_values(${row}."${name.list}")`))
        .join(', ');
    const text = (names: readonly KeptColumn[]): string => (names.length ? `concat_ws(E'\\n', ${of(names)})` : `''`);
    return `keep_search_entry(${row}.id, ${row}.tenant_id, '${kept.type}', ${named(row)},
      ${text([...kept.body, ...(kept.phones ?? [])])}, ${text(kept.phones ?? [])})`;
  };
  return [
    `create or replace function ${functionOf(table)}() returns trigger
     language plpgsql set search_path = public, pg_temp as $$
     begin
       if tg_op = 'DELETE' then
         delete from search_entry where record_id = old.id;
       elsif ${isNot} then
         delete from search_entry where record_id = new.id;
       else
         perform ${keep('new')};
       end if;
       return null;
     end $$;`,
    `create or replace trigger keep_search_entry after insert or delete or update of ${columns}
     on "${table}" for each row execute function ${functionOf(table)}();`,
    `do $$ declare t uuid; begin
       for t in select id from tenant loop
         perform set_config('app.tenant', t::text, true);
         perform ${keep('r')} from "${table}" r where ${isKept('r')}${only ? ` and (${only})` : ''};
       end loop;
       perform set_config('app.tenant', '', true);
     end $$;`,
  ];
}

export const dropKeepsEntry = (table: string): string[] => [
  `drop trigger keep_search_entry on "${table}";`,
  `drop function ${functionOf(table)}();`,
];

const functionOf = (table: string): string => `keep_search_entry_of_${table}`;
