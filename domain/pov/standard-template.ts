import type { PhaseDefinition } from './phase-template.ts';

/** The template of a fresh tenant (POV-071); its first phase carries the seven details of POV-028. */
export const standardTemplate: { name: string; description: string; type: 'PLANNING'; workflow: PhaseDefinition[] } = {
  name: 'Standard POV',
  description: 'Five stages from agreeing the scope to the handover',
  type: 'PLANNING',
  workflow: [
    {
      name: 'Initiation',
      type: 'PLANNING',
      description: 'Agree what is proved, for whom and how it is judged',
      details: {
        scope: '',
        roles: '',
        dependencies: '',
        useCases: '',
        valueCriteria: '',
        competitiveAssessment: '',
        customerSignoff: false,
      },
    },
    {
      name: 'Setup',
      type: 'EXECUTION',
      description: 'Install and connect everything that the use cases need',
      details: { environment: '', access: '', testData: '' },
    },
    {
      name: 'Execution',
      type: 'EXECUTION',
      description: 'Run the use cases with the customer',
      details: { useCaseResults: '', openIssues: '' },
    },
    {
      name: 'Validation',
      type: 'REVIEW',
      description: 'Compare the results with the value criteria',
      details: { resultSummary: '', gaps: '' },
    },
    {
      name: 'Closeout',
      type: 'REVIEW',
      description: 'Hand over, take back equipment, keep what was learnt',
      details: { handover: '', lessonsLearned: '' },
    },
  ],
};
