import { fileBytesMax, fileEndpoints, importEndpoints, partBytesMax } from '#domain/platform/job/job.contract.ts';
import type { Job } from '#domain/platform/job/job.ts';
import { call } from '#lib/platform/client.ts';

export const tooLarge = (file: Blob): boolean => file.size > fileBytesMax;

/** Sends a file part by part, and makes an import of it. */
export async function uploaded(record: string, file: File, onprogress: (share: number) => void): Promise<Job> {
  const { id } = await call(fileEndpoints.create, { body: { name: file.name, size: file.size } });
  for (let nth = 0, at = 0; at < file.size; nth += 1, at += partBytesMax) {
    const data = await base64Of(file.slice(at, at + partBytesMax));
    await call(fileEndpoints.put, { params: { id, nth: String(nth) }, body: { data } });
    onprogress(Math.min(1, (at + partBytesMax) / file.size));
  }
  return call(importEndpoints.create, { body: { record, fileId: id } });
}

async function base64Of(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
