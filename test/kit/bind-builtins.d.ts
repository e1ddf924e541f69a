export declare const BINDING: string;
export declare function bindBuiltins(code: string): string;
