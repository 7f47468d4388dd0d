import type { Lane } from '../time/timeline.ts';

/** Tuesday 24 November 2026, 14:12 in Oslo: the day the samples of the gallery are about. */
export const sampleNow = Date.parse('2026-11-24T13:12:00Z');

export const lanes: Lane[] = [
  {
    id: '1',
    name: 'Initiation',
    state: 'done',
    end: '16 Oct',
    spans: [{ kind: 'done', from: '2026-10-05', to: '2026-10-17' }],
    plan: { from: '2026-10-05', to: '2026-10-17' },
  },
  {
    id: '2',
    name: 'Setup',
    state: 'running',
    end: '~27 Nov',
    endDelta: '+7 d',
    note: 'escalates Thu 09:00',
    plan: { from: '2026-10-19', to: '2026-11-21' },
    spans: [
      { kind: 'running', from: '2026-10-19', to: '2026-11-21' },
      { kind: 'late', from: '2026-11-21', to: '2026-11-24T13:12:00Z' },
      { kind: 'predicted', from: '2026-11-24T13:12:00Z', to: '2026-11-28' },
    ],
  },
  {
    id: '3',
    name: 'Execution',
    state: 'planned',
    end: '~8 Jan',
    endDelta: '+7 d',
    spans: [{ kind: 'predicted', from: '2026-11-30', to: '2027-01-09' }],
    plan: { from: '2026-11-23', to: '2027-01-02' },
  },
  {
    id: '4',
    name: 'Validation',
    state: 'planned',
    end: '~22 Jan',
    endDelta: '+7 d',
    note: 'go / no-go ~22 Jan',
    spans: [{ kind: 'predicted', from: '2027-01-11', to: '2027-01-23' }],
    plan: { from: '2027-01-04', to: '2027-01-16' },
    milestones: [{ at: '2027-01-22', label: 'Go / no-go' }],
  },
  {
    id: '5',
    name: 'Closeout',
    state: 'planned',
    end: '~29 Jan',
    endDelta: '+7 d',
    spans: [{ kind: 'predicted', from: '2027-01-25', to: '2027-01-30' }],
    plan: { from: '2027-01-18', to: '2027-01-23' },
  },
];

export interface SampleRow {
  id: string;
  name: string;
  status: 'met' | 'risk' | 'measuring' | 'open';
  target: string;
  now: string;
  owner: string;
  evidence: string;
}
export const rows: SampleRow[] = [
  {
    id: 'a',
    name: 'Excursion alert within 5 min of breach',
    status: 'met',
    target: '≤ 5 min',
    now: '3 min 40 s',
    owner: 'Priya Raman',
    evidence: '4 files',
  },
  {
    id: 'b',
    name: 'Data loss under 0.1 % across 18 trailers',
    status: 'met',
    target: '≤ 0.1 %',
    now: '0.04 %',
    owner: 'Jonah Adeyemi',
    evidence: '2 files',
  },
  {
    id: 'c',
    name: 'Gateway battery lasts a 9-day route',
    status: 'measuring',
    target: '9 d',
    now: '6 d 4 h',
    owner: 'Priya Raman',
    evidence: '1 file',
  },
  {
    id: 'd',
    name: 'HACCP report accepted by QA',
    status: 'open',
    target: '1 signature',
    now: '',
    owner: 'Sofia Berg',
    evidence: '',
  },
  {
    id: 'e',
    name: 'SAP EWM handover without manual entry',
    status: 'risk',
    target: '100 %',
    now: '71 %',
    owner: 'Jonah Adeyemi',
    evidence: '3 files',
  },
  {
    id: 'f',
    name: 'Drivers confirm the app on first trip',
    status: 'open',
    target: '20 drivers',
    now: '0',
    owner: 'Sofia Berg',
    evidence: '',
  },
  {
    id: 'g',
    name: 'Alarm mails reach the night shift',
    status: 'met',
    target: '100 %',
    now: '100 %',
    owner: 'Priya Raman',
    evidence: '1 file',
  },
];
