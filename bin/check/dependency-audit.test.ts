import { describe, expect, it } from '@jest/globals';
import { auditVerdict } from './dependency-audit.ts';

/** As npm 11 writes it. */
const report = (vulnerabilities: object, counts: object = {}): string => JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities,
  metadata: {
    vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0, ...counts },
    dependencies: { prod: 412, dev: 380, optional: 92, peer: 0, peerOptional: 0, total: 799 },
  },
});
const advisory = {
  source: 1096366, name: 'qs', dependency: 'qs', title: 'qs vulnerable to Prototype Pollution',
  url: 'https://github.com/advisories/GHSA-hrpp-h998-j3pp', severity: 'high', cwe: ['CWE-1321'],
  cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }, range: '>=6.7.0 <6.7.3',
};
const found = (more: object) => ({
  name: 'qs', severity: 'high', isDirect: false, via: [advisory], effects: ['express'], range: '6.7.0 - 6.7.2',
  nodes: ['node_modules/qs'], fixAvailable: true, ...more,
});

describe('[PLT-096] the audit of the packages', () => {
  it('passes in silence where nothing is known against them', () => {
    expect(auditVerdict(report({}))).toEqual({ passed: true, says: null });
  });

  it('fails on a high fault, and names it with its advisory', () => {
    const { passed, says } = auditVerdict(report({ qs: found({}) }, { high: 1, total: 1 }));
    expect([passed, says!.split('\n')]).toEqual([false, [
      'high: qs 6.7.0 - 6.7.2',
      '  qs vulnerable to Prototype Pollution (https://github.com/advisories/GHSA-hrpp-h998-j3pp)',
    ]]);
  });

  it('fails on a critical one, and names what brings it; lesser ones beside it are not named', () => {
    const express = found({ name: 'express', severity: 'critical', via: ['qs'], range: '4.17.0', isDirect: true });
    const lesser = found({ severity: 'moderate' });
    const outcome = auditVerdict(report({ qs: lesser, express }, { moderate: 1, critical: 1, total: 2 }));
    expect(outcome).toEqual({ passed: false, says: 'critical: express 4.17.0, by qs' });
  });

  it('lets lesser ones pass', () => {
    const moderate = found({ severity: 'moderate', via: [{ ...advisory, severity: 'moderate' }] });
    expect(auditVerdict(report({ qs: moderate }, { moderate: 1, total: 1 }))).toEqual({ passed: true, says: null });
  });

  it.each([
    [
      'takes no such question',
      {
        message: '405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk',
        method: 'POST', uri: 'https://registry.npmjs.org/-/npm/v1/security/advisories/bulk', headers: {},
        statusCode: 405, body: '', error: { summary: '', detail: '' },
      },
      'Not audited: 405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk',
    ],
    [
      'is out of reach',
      {
        message: 'request to https://registry.npmjs.org/-/npm/v1/security/advisories/bulk failed, reason: ENOTFOUND',
        error: { summary: '', detail: '' },
      },
      'Not audited: request to https://registry.npmjs.org/-/npm/v1/security/advisories/bulk failed, reason: ENOTFOUND',
    ],
    [
      'is not asked, for want of a lock file',
      { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.', detail: 'Create one' } },
      'Not audited: This command requires an existing lockfile.',
    ],
  ])('says aloud that a registry that %s told nothing, and passes', (_what, answer, says) => {
    expect(auditVerdict(JSON.stringify(answer))).toEqual({ passed: true, says });
  });

  it.each(['', 'npm error code E500', '[]', 'null'])('says so of an answer that cannot be read: %j', output => {
    const says = 'Not audited: npm answered nothing that can be read';
    expect(auditVerdict(output)).toEqual({ passed: true, says });
  });
});
