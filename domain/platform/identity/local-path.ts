/** A path of this site, or null: `//host`, `/\host` and full addresses lead elsewhere. */
export function localPath(next: string | null): string | null {
  if (!next || !/^\/(?![/\\])/.test(next) || /[\u0000-\u001f\\]/.test(next)) return null;
  return next.startsWith('/auth/') || next.startsWith('/api/') ? null : next;
}
