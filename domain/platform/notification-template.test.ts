import { describe, expect, it } from '@jest/globals';
import { notificationTemplates, rendered, type TemplateName } from './notification-template.ts';

describe('[PLT-074] each template renders its sample with no open placeholder', () => {
  it.each(Object.keys(notificationTemplates) as TemplateName[])('%s', name => {
    const { subject, body } = rendered(name, notificationTemplates[name].sample as never);
    expect(subject.length).toBeGreaterThan(3);
    expect(`${subject} ${body}`).not.toMatch(/[{}]|undefined/);
  });

  it('refuses data with a gap', () => {
    expect(() => rendered('low-stock', { product: 'A' } as never)).toThrow('Template low-stock needs warehouse');
  });

  it('takes braces in the data as they are', () => {
    expect(rendered('task-reminder', { task: '{due}', due: 'today' }).subject).toBe('Reminder: {due}');
  });

  it('has the ones that the product promises', () => {
    expect(Object.keys(notificationTemplates)).toEqual(
      expect.arrayContaining([
        'POV_STATUS_CHANGE',
        'approval-request',
        'task-reminder',
        'invoice-sent',
        'dunning-reminder',
        'dunning-final-notice',
        'low-stock',
        'sla-breach',
        'migration-notice',
        'report-delivery',
      ]),
    );
  });
});
