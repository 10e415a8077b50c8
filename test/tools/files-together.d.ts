export declare const listAllEngines: () => string[];
export declare const isEngineUp: () => boolean;
export declare const filesTogether: (folder: string, part?: number) => string[];
export declare const sharedFolders: () => string[];
export declare const sharedProcesses: () => string[];
export declare const filesOfPart: (part: string) => string[];
