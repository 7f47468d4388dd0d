/** The middle of some measurements, with the least and the greatest of them. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** One line of the table: what we take over what the limit takes, both in the same rounds. */
export interface Figure {
  name: string;
  unit: 'ms' | '/s' | 's' | 'MB' | 'kB' | '';
  ours: Spread;
  /** What it is compared with, and in which words; none for plain facts. */
  limit?: Spread;
  against?: string;
  /** Of each round by itself. */
  ratio?: Spread;
  goal?: string;
  met?: boolean;
  /** A goal that is promised: a run that misses it fails. */
  binding?: true;
  /** Why a goal is missed, as measured; or how to read the figure. */
  note?: string;
}

/** A figure as the bench keeps it, and the pages show it: which bench took it, when and how. */
export interface Kept extends Figure {
  bench: string;
  at: string;
  quick: boolean;
}
