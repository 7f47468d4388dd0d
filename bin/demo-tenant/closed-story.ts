import type { Move, PovStory } from './story.ts';

const through = (from: number, every: number): Move[] => [
  [from, 'open launch'], [from + 1, 'tick', 5], [from + 1, 'confirm launch'],
  ...[0, 1, 2, 3, 4, 5].map((n): Move => [from + 3 + n * every, 'pass']),
];

/** POVs that are over, or nearly. */
export const late: PovStory[] = [
  {
    title: 'Grid fault location', customer: 'Vestkraft', contact: 'Odd Rønning', solution: 'Line sense',
    objective: 'Find faults within 50 m on two lines.', criteria: ['Within 50 m', 'Under a minute'], requirements: ['Two lines, one substation'],
    budget: '54000.00', revenue: '260000.00', tags: ['energy'], competitors: ['Gridlens'],
    created: -72, start: -70, end: 6, owner: 'manager', manager: 'sales', engineer: 'sales2', technical: 'ravi',
    kpis: [['Found within 50 m, %', 90, 94]], moves: [...through(-68, 10), [-10, 'sign off'], [-3, 'validate']],
  },
  {
    title: 'Claims triage', customer: 'Solheim Forsikring', contact: 'Grete Solheim', solution: 'Triage',
    objective: 'Sort claims by urgency as well as the best clerk.', criteria: ['Agreement 92 %'], requirements: ['Two years of claims'],
    budget: '31000.00', revenue: '140000.00', tags: ['insurance'], competitors: [],
    created: -66, start: -64, end: 10, owner: 'sales', manager: 'manager', engineer: 'dana',
    kpis: [['Agreement, %', 92, 89]], moves: [...through(-63, 9), [-12, 'sign off'], [-5, 'validate']],
  },
  {
    title: 'Still house meters', customer: 'Glenforsa Distillery', contact: 'Isla Munro', solution: 'Flow metering',
    objective: 'Losses known to 0.2 %.', criteria: ['Losses within 0.2 %'], requirements: ['Still house 2'], budget: '12000.00', tags: ['food'], competitors: [],
    created: -45, start: -43, end: 20, owner: 'manager', manager: 'sales2', engineer: 'ravi', kpis: [['Loss, %', 0.2, 0.4]],
    moves: [[-41, 'open launch'], [-40, 'tick', 5], [-40, 'confirm launch'], [-36, 'pass'], [-20, 'stall', 'The customer closes the still house for repairs until spring']],
  },
  {
    title: 'Packaging line vision', customer: 'Ostermann Verpackung', contact: 'Lena Ostermann', solution: 'Vision QA',
    objective: 'No faulty seal leaves the line.', criteria: ['99.9 % of faults seen'], requirements: ['Line 2'], budget: '26000.00', revenue: '88000.00',
    tags: ['manufacturing'], competitors: ['Sealcheck'],
    created: -38, start: -36, end: 12, owner: 'sales2', manager: 'manager', engineer: 'sales', kpis: [['Faults seen, %', 99.9, 98.2]],
    moves: [[-35, 'open launch'], [-34, 'tick', 5], [-34, 'confirm launch'], [-30, 'pass'], [-14, 'stall', 'Waiting for the new camera firmware']],
  },
  {
    title: 'Airport queue forecast', customer: 'Flesland Lufthavn', contact: 'Tor Eide', solution: 'Forecast',
    objective: 'Queues predicted an hour ahead.', criteria: ['Within 3 min'], requirements: ['Camera feeds'], budget: '33000.00', revenue: '210000.00',
    tags: ['transit'], competitors: [], created: -80, start: -78, end: -12, owner: 'manager', manager: 'sales', engineer: 'dana',
    kpis: [['Mean error, min', 2, 2]], moves: [...through(-77, 10), [-18, 'sign off'], [-14, 'validate'], [-11, 'win']],
  },
  {
    title: 'Tenant heating control', customer: 'Boligbygg', contact: 'Anne Moe', solution: 'Heat control',
    objective: 'Eight per cent less heat at equal comfort.', criteria: ['8 % less'], requirements: ['Two blocks'], budget: '19000.00', revenue: '64000.00',
    tags: ['energy'], competitors: ['Warmwise'], created: -76, start: -74, end: -20, owner: 'sales', manager: 'manager', engineer: 'sales2',
    kpis: [['Saving, %', 8, 9.3]], moves: [...through(-73, 8), [-27, 'sign off'], [-24, 'validate'], [-21, 'win']],
  },
  {
    title: 'Field service routing', customer: 'Hafslund Service', contact: 'Per Dahl', solution: 'Routing',
    objective: 'One more visit a day.', criteria: ['+1 visit a day'], requirements: ['12 technicians'], budget: '16000.00', revenue: '58000.00',
    tags: ['service'], competitors: ['Routly'], created: -55, start: -53, end: -8, owner: 'sales2', manager: 'sales', engineer: 'ravi', kpis: [],
    moves: [[-52, 'open launch'], [-51, 'tick', 5], [-51, 'confirm launch'], [-47, 'pass'], [-22, 'lose', 'The customer chose Routly for its price']],
  },
];
