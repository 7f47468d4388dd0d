import { scoringRuleVerbs } from '../../../activities/crm/scoring/scoring-rule-verbs.ts';
import { startScoring } from '../../../activities/crm/scoring/scoring-verbs.ts';
import { byName } from '../../../activities/platform/record/named-verbs.ts';
import type { Examples, World } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const rule = () => (
  { name: 'Met', points: 10, isActive: true, condition: { kind: 'interactions', types: ['meeting'] } }
);
const ofRule = recordExamples(scoringRuleVerbs, {
  fields: rule, change: { points: 20 },
});
const runId = async (w: World): Promise<string> => {
  await w.row(`update scoring_run set status = 'done'`);
  return (await w.run(startScoring, {})).id;
};

export const scoringExamples: Examples = {
  ...byName('ScoringRule', ofRule),
  startScoring: async w => ({
    input: {}, as: w.as('manager'), again: 'one that is on its way begins again, which scores nobody otherwise',
  }),
  scoreAtNight: async w => {
    await w.run(scoringRuleVerbs.create, rule());
    await w.row('delete from scoring_run');
    return { input: {}, as: w.process };
  },
  lookAtScoring: async w => ({ input: { entityId: await runId(w) }, as: w.process }),
  scoreContacts: async w => ({ input: { runId: await runId(w), done: 0 }, as: w.process }),
  seedScoringRules: async w => {
    await w.row('delete from scoring_rule');
    return { input: {}, as: w.process };
  },
};
