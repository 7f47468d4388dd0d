export declare const mutant: { sql?: string };
export declare function mutated(source: string, path: string): string;
