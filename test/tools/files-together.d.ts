export declare const listAllEngines: () => string[];
export declare const isEngineUp: () => boolean;
export declare const filesTogether: (folder: string) => string[];
export declare const sharedFolders: () => string[];
