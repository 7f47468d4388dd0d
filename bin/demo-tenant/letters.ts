import { emailTemplateVerbs } from '../../activities/crm/email/email-template-verbs.ts';
import { run } from '../../activities/platform/verb.ts';
import type { Stage } from './play.ts';

const letters: [name: string, subject: string, body: string][] = [
  [
    'After the first call', '{accountName}: what we spoke of',
    'Dear {firstName},\n\nthank you for your time today. As agreed I will send you the outline of a proof of value for '
    + '{accountName} this week.\n\nKind regards\n{sender.name}',
  ],
  [
    'Offer', 'Our offer: {opportunity.opportunityName}',
    'Dear {firstName},\n\nour offer for {opportunity.opportunityName} comes to {opportunity.currency} '
    + '{opportunity.amount}.{% if opportunity.expectedClose %} We would be glad to hear from you by '
    + '{opportunity.expectedClose}.{% endif %}\n\nKind regards\n{sender.name}',
  ],
];

/** The texts that the demo tenant writes its mails by. */
export async function writeLetters(stage: Stage): Promise<void> {
  for (const [name, subject, body] of letters)
    await run(emailTemplateVerbs.create, { name, subject, body }, stage.as('manager'));
}
