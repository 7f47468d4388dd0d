import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { approvals } from '../../domain/approvals/index.ts';
import { approvalProcess } from '../../domain/approvals/instance.contract.ts';
import { signalName } from '../../domain/platform/contract.ts';

const page = readFileSync('docs/processes/phase-approval.md', 'utf8');

it('the page of the process names its commands with their rights', () => {
  for (const { name, needs } of Object.values(approvalProcess.signals)) {
    expect(page).toMatch(new RegExp(`^\\| \`${name} .*\\| \`${needs}\``, 'm'));
  }
});

it('and the events that wake it: those that tell it, and no others', () => {
  const about = { instanceId: 'itself', parent: null };
  const wake = approvals.events.filter(e => e.tells?.(about as never).some(t => t.entityId === 'itself'));
  const workflow = readFileSync('workflows/approvals/approval.workflow.ts', 'utf8');
  const listed = /Events that wake it: (.*?)\. Query/s.exec(page)![1]!;
  const names = wake.map(e => e.name).filter(name => name !== 'workflow.step.opened'); // emitted by the process itself
  expect([...listed.matchAll(/`([^`]+)`/g)].map(m => m[1]).sort()).toEqual([...names, 'platform.clock.moved'].sort());
  for (const name of names) expect(workflow).toContain(signalName(name));
});
