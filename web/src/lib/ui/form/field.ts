/** What a field hands to its control: spread it. */
export interface FieldControl {
  id: string;
  name?: string;
  required?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

export interface Option {
  value: string;
  label: string;
  /** Muted, on the right of the row. */
  meta?: string;
  /** Shows an avatar of the label. */
  person?: boolean;
  /** Why it cannot be chosen. */
  reason?: string | null;
}
