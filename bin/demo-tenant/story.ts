import type { Person } from './people.ts';

/** What happened on a day, counted from today; the process does the rest itself. */
export type Move =
  | [day: number, what: 'open launch' | 'confirm launch' | 'submit' | 'resume' | 'validate' | 'win' | 'sign off']
  | [day: number, what: 'tick', items: number]
  | [day: number, what: 'approve', by: 'manager' | 'engineer']
  | [day: number, what: 'pass']
  | [day: number, what: 'progress', percent: number]
  | [day: number, what: 'reject' | 'stall' | 'lose', why: string]
  | [day: number, what: 'milestone', phase: string, name: string, dueDay: number]
  | [day: number, what: 'reached', name: string];

export interface PovStory {
  title: string;
  customer: string;
  contact: string;
  objective: string;
  criteria: string[];
  requirements: string[];
  budget: string;
  revenue?: string;
  tags: string[];
  competitors: string[];
  solution: string;
  /** Days from today. */
  created: number;
  start: number;
  end: number;
  owner: Person;
  manager: Person;
  engineer: Person;
  technical?: Person;
  kpis: [name: string, target: number, current: number][];
  moves: Move[];
}

/** A start as most POVs have it: checklist over two days, then Planning is passed. */
const launched = (day: number): Move[] => [
  [day, 'open launch'],
  [day, 'tick', 3],
  [day + 1, 'tick', 5],
  [day + 1, 'confirm launch'],
  [day + 3, 'pass'],
];

export const running: PovStory[] = [
  {
    title: 'Cold-chain telemetry pilot',
    customer: 'Halvorsen Foods',
    contact: 'Nils Halvorsen',
    solution: 'Telemetry gateway 4',
    objective: 'Show that excursions are seen and answered within five minutes on 18 trailers.',
    criteria: [
      'Excursion alert within 5 min of breach',
      'Data loss under 0.1 % across 18 trailers',
      'Gateway battery lasts a 9-day route',
    ],
    requirements: ['SAP EWM test client', '18 probes, 2 spare', 'Driver app on customer phones'],
    budget: '42000.00',
    revenue: '186400.00',
    tags: ['iot', 'food'],
    competitors: ['Tempwatch'],
    created: -50,
    start: -47,
    end: 69,
    owner: 'manager',
    manager: 'sales',
    engineer: 'sales2',
    technical: 'ravi',
    kpis: [
      ['Excursions caught', 95, 96.8],
      ['Gateways online', 18, 17],
    ],
    moves: [
      ...launched(-46),
      [-42, 'milestone', 'Setup', 'Probes delivered', -6],
      [-42, 'milestone', 'Validation', 'Go / no-go', 60],
      [-36, 'pass'],
      [-20, 'progress', 40],
      [-7, 'reached', 'Probes delivered'],
      [-6, 'progress', 90],
      [-4, 'submit'],
      [-1, 'approve', 'manager'],
    ],
  },
  {
    title: 'Warehouse robotics proof',
    customer: 'Rexby Logistics',
    contact: 'Amelie Rex',
    solution: 'Fleet orchestration',
    objective: 'Prove 320 picks an hour with the customer’s own totes.',
    criteria: ['320 picks an hour over two shifts', 'Under 2 stops a shift', 'Operators trained in one day'],
    requirements: ['Aisle 7 for six weeks'],
    budget: '65000.00',
    revenue: '410000.00',
    tags: ['robotics'],
    competitors: ['Geobot', 'Pickware'],
    created: -40,
    start: -38,
    end: 25,
    owner: 'manager',
    manager: 'sales2',
    engineer: 'dana',
    technical: 'ravi',
    kpis: [
      ['Picks an hour', 320, 288],
      ['Stops a shift', 2, 3],
    ],
    moves: [
      ...launched(-37),
      [-33, 'milestone', 'Execution', 'Week 3 review', 6],
      [-33, 'milestone', 'Setup', 'Aisle 7 cleared', -9],
      [-30, 'pass'],
      [-12, 'pass'],
      [-8, 'progress', 55],
      [-3, 'progress', 70],
    ],
  },
  {
    title: 'Smart metering, Østfold',
    customer: 'Østfold Energi',
    contact: 'Kari Lund',
    solution: 'Meter head-end',
    objective: 'Read 500 meters every quarter of an hour for a month.',
    criteria: ['99.5 % of readings complete', 'Billing file accepted'],
    requirements: ['Test tenant of the billing system'],
    budget: '28000.00',
    revenue: '95000.00',
    tags: ['energy'],
    competitors: [],
    created: -33,
    start: -31,
    end: 40,
    owner: 'sales',
    manager: 'manager',
    engineer: 'sales2',
    kpis: [['Readings complete', 99.5, 99.1]],
    moves: [
      ...launched(-30),
      [-26, 'milestone', 'Initiation', 'Data agreement signed', -18],
      [-16, 'submit'],
      [-15, 'reject', 'The data agreement is not signed yet'],
      [-9, 'progress', 80],
      [-2, 'submit'],
    ],
  },
  {
    title: 'Harbour crane monitoring',
    customer: 'Brava Maritime',
    contact: 'Duarte Lopes',
    solution: 'Vibration suite',
    objective: 'Predict bearing failures two weeks ahead.',
    criteria: ['Two failures predicted', 'No false alarm a week'],
    requirements: ['Crane 3 and 4'],
    budget: '37500.00',
    tags: ['maritime', 'iot'],
    competitors: ['Sensora'],
    created: -26,
    start: -24,
    end: 50,
    owner: 'sales2',
    manager: 'manager',
    engineer: 'dana',
    technical: 'ravi',
    kpis: [['False alarms a week', 1, 0]],
    moves: [...launched(-23), [-18, 'milestone', 'Setup', 'Sensors mounted', 3], [-12, 'pass'], [-5, 'progress', 30]],
  },
  {
    title: 'Invoice capture for clinics',
    customer: 'Nordklinik',
    contact: 'Dr. Ute Brandt',
    solution: 'Document intake',
    objective: 'Nine of ten invoices booked without touching them.',
    criteria: ['90 % booked untouched', 'Under 20 s each'],
    requirements: ['Sample of 2,000 invoices'],
    budget: '18000.00',
    revenue: '72000.00',
    tags: ['health'],
    competitors: ['Paperlane'],
    created: -19,
    start: -17,
    end: 33,
    owner: 'manager',
    manager: 'dana',
    engineer: 'sales',
    kpis: [['Booked untouched, %', 90, 71]],
    moves: [...launched(-16), [-5, 'submit'], [-4, 'approve', 'engineer']],
  },
];

export const early: PovStory[] = [
  {
    title: 'Fleet charging at depots',
    customer: 'Dunmore Transit',
    contact: 'Fiona Daly',
    solution: 'Charge planner',
    objective: 'Charge 40 buses a night within the grid limit.',
    criteria: ['Never above 1.2 MW', 'All buses ready at 05:00'],
    requirements: ['Depot meter access'],
    budget: '22000.00',
    revenue: '130000.00',
    tags: ['energy', 'transit'],
    competitors: [],
    created: -6,
    start: 3,
    end: 75,
    owner: 'manager',
    manager: 'sales',
    engineer: 'dana',
    kpis: [['Peak load, MW', 1.2, 0]],
    moves: [
      [-3, 'open launch'],
      [-2, 'tick', 3],
    ],
  },
  {
    title: 'Shop-floor assistant',
    customer: 'Keller Maschinenbau',
    contact: 'Jörg Keller',
    solution: 'Assistant',
    objective: 'Halve the search time for work instructions.',
    criteria: ['Search under 30 s'],
    requirements: ['20 tablets'],
    budget: '15000.00',
    tags: ['manufacturing'],
    competitors: ['Manualio'],
    created: -4,
    start: 10,
    end: 60,
    owner: 'sales',
    manager: 'manager',
    engineer: 'ravi',
    kpis: [],
    moves: [],
  },
  {
    title: 'Retail footfall analytics',
    customer: 'Lindal Dairies',
    contact: 'Eva Lindal',
    solution: 'Footfall',
    objective: 'Know which displays people stop at.',
    criteria: ['Counts within 5 %'],
    requirements: ['Three shops'],
    budget: '9000.00',
    revenue: '31000.00',
    tags: ['retail'],
    competitors: [],
    created: -2,
    start: 14,
    end: 55,
    owner: 'sales2',
    manager: 'sales',
    engineer: 'dana',
    kpis: [],
    moves: [[-1, 'open launch']],
  },
];
