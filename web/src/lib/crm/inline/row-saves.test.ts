import { expect, it } from '@jest/globals';
import { hopedRow } from './hoped-row.ts';
import { saveInTurn } from './row-saves.ts';

it('changes of one row follow each other, each with the version that the last one made', async () => {
  const sent: number[] = [];
  const send = async (version: number) => {
    sent.push(version);
    await Promise.resolve();
    return { id: 'a', version: version + 1 };
  };
  await Promise.all([1, 1, 1].map(version => saveInTurn({ id: 'a', version }, send)));
  expect(sent).toEqual([1, 2, 3]);
  await saveInTurn({ id: 'b', version: 1 }, send);
  // Somebody else changed it, and the list was read.
  await saveInTurn({ id: 'a', version: 9 }, send);
  expect(sent.slice(3)).toEqual([1, 9]);
});

it('one that is refused does not keep the next one back, and is refused itself', async () => {
  const row = { id: 'c', version: 4 };
  const refused = saveInTurn(row, () => Promise.reject(new Error('no')));
  const next = saveInTurn(row, version => Promise.resolve({ id: 'c', version: version + 1 }));
  await expect(refused).rejects.toThrow('no');
  await expect(next).resolves.toBeUndefined();
});

it('after one that is refused the next one still knows the version of the one before', async () => {
  const row = { id: 'd', version: 1 };
  const sent: number[] = [];
  const send = (version: number) => Promise.resolve({ id: 'd', version: sent.push(version) && version + 1 });
  const refuse = () => Promise.reject(new Error('no'));
  const [, refused] = await Promise.allSettled([saveInTurn(row, send), saveInTurn(row, refuse), saveInTurn(row, send)]);
  expect(refused.status).toBe('rejected');
  expect(sent).toEqual([1, 2]);
});

it('a change that began before a version of somebody else does not go over it, whatever was saved since', async () => {
  const sent: number[] = [];
  const send = (version: number) => Promise.resolve({ id: 'e', version: sent.push(version) && version + 1 });
  await saveInTurn({ id: 'e', version: 1 }, send);
  // Somebody else made 3 of 2, and a change that began with it made 4.
  await saveInTurn({ id: 'e', version: 3 }, send);
  await saveInTurn({ id: 'e', version: 1 }, send);
  expect(sent).toEqual([1, 3, 2]);
});

it('a change that makes no version is followed by one of the same', async () => {
  const sent: number[] = [];
  const send = (version: number) => Promise.resolve({ id: 'f', version: (sent.push(version), version) });
  await saveInTurn({ id: 'f', version: 1 }, send);
  await saveInTurn({ id: 'f', version: 1 }, send);
  expect(sent).toEqual([1, 1]);
});

it('a row is shown as it will be', () => {
  const row = { id: 'a', version: 1, value: 100, customFields: { region: 'North', tier: 1 } };
  expect(hopedRow(row, 'value', 250)).toEqual({ ...row, value: 250 });
  expect(hopedRow(row, 'customFields.region', 'South').customFields).toEqual({ region: 'South', tier: 1 });
});
