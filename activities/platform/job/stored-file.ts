import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StoredFile } from '../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { invalidField, notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { FileAnswer, FilePart, NewFile } from '../../../domain/platform/job/job.contract.ts';
import { verb, type VerbContext } from '../verb.ts';

const answer = ({ id, name, size }: StoredFile): z.input<typeof FileAnswer> => ({ id, name, size });

/** Announces a file: its parts follow, in any order. */
export const createFile = verb(
  { name: 'create-file', needs: 'import:create', input: NewFile, output: FileAnswer },
  async ({ em, id }, { name, size }) => answer(em.create(StoredFile, { id: id(), name, size })),
);

/** One part of a file; the same place is written anew, as long as nothing has read the file. */
export const putFilePart = verb(
  {
    name: 'put-file-part',
    needs: 'import:create',
    input: FilePart.extend({ id: Id, nth: z.int() }),
    output: FileAnswer,
  },
  async (ctx, { id, nth, data }) => {
    const file = await ownFile(ctx, id);
    if (file.sha256) throw new Refusal('conflict', 'The file is complete');
    await putPart(ctx, id, nth, Buffer.from(data, 'base64'));
    if ((await sizeOf(ctx, id)) > file.size) throw invalidField('data', 'The file is larger than announced');
    return answer(file);
  },
);

/** All bytes of an upload of the actor's own; from now on nobody changes it. */
export async function completeFile(ctx: VerbContext, id: string): Promise<{ file: StoredFile; bytes: Buffer }> {
  const file = await ownFile(ctx, id);
  const bytes = await bytesOf(ctx, id);
  if (bytes.length !== file.size) throw invalidField('fileId', `Has ${bytes.length} of ${file.size} bytes`);
  file.sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file, bytes };
}

export async function bytesOf(ctx: VerbContext, id: string): Promise<Buffer> {
  return Buffer.concat(await piecesOf(ctx, id));
}

export const piecesOf = async ({ em }: VerbContext, id: string): Promise<Buffer[]> =>
  (
    await transactionOf(em).send<{ bytes: Buffer }>(
      'select bytes from stored_file_part where file_id = $1 order by nth',
      [id],
    )
  ).map(part => part.bytes);

export async function putPart({ em, tenantId }: VerbContext, id: string, nth: number, bytes: Buffer): Promise<void> {
  await transactionOf(em).send(
    `insert into stored_file_part (file_id, nth, tenant_id, bytes) values ($1, $2, $3, $4)
     on conflict (file_id, nth) do update set bytes = excluded.bytes`,
    [id, nth, tenantId, bytes],
  );
}

export async function sizeOf({ em }: VerbContext, id: string): Promise<number> {
  const [sum] = await transactionOf(em).send<{ size: number }>(
    'select coalesce(sum(octet_length(bytes)), 0)::int as size from stored_file_part where file_id = $1',
    [id],
  );
  return sum!.size;
}

async function ownFile({ em, actor }: VerbContext, id: string): Promise<StoredFile> {
  const file = await em.findOne(StoredFile, { id, deletedAt: null });
  if (!file || file.createdBy !== actor.userId) throw notFound();
  return file;
}
