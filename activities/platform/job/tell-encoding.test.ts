import { expect, it } from '@jest/globals';
import { encodingTold } from './tell-encoding.ts';

const western = (text: string): Buffer => Buffer.from(text, 'latin1');

it.each([
  ['no accents', Buffer.from('Name,City\n'), 'utf-8'],
  ['UTF-8', Buffer.from('名,Müller'), 'utf-8'],
  ['UTF-8 that somebody cut', Buffer.concat([Buffer.from('東京都'), Buffer.from([0xe6, 0x2c])]), 'utf-8'],
  ['German', western('Müller,Köln\nGroß,Fürth\nÄrger,Öl\n'), 'windows-1252'],
  ['French in capitals', western('SOCIÉTÉ,ÉTÉ\nNOËL,À CÔTÉ\n'), 'windows-1252'],
  ['Spanish', western('Peña,¿Qué?\nÁvila,«Sí»\n'), 'windows-1252'],
  ['English with marks of a typesetter', western('It\x92s,\x93Quoted\x94,a \x96 b\n'), 'windows-1252'],
  // 姓,名,会社 and a name without kana.
  ['Shift_JIS', Buffer.from('90a92c96bc2c89ef8ed00a936392862c91be9859', 'hex'), 'shift_jis'],
  // やまだ,太郎
  ['EUC-JP', Buffer.from('a4e4a4dea4c02cc2c0cfba0a', 'hex'), 'euc-jp'],
  // 张伟,北京 in GB 2312, 김민준 in EUC-KR
  ['Chinese', Buffer.from('d5c5ceb02cb1b1bea90a', 'hex'), null],
  ['Korean', Buffer.from('b1e8b9cec1d8', 'hex'), null],
])('%s', (_, bytes, encoding) => expect(encodingTold(bytes)).toBe(encoding));
