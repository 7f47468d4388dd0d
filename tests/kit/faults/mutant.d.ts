export declare const mutant: { sql?: string; file?: string };
export declare function mutated(source: string, path: string): string;
