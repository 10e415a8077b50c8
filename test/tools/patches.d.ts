import type {Plugin} from 'esbuild';

export declare const publishedTexts: () => Array<{file: string; published: string | false}>;
export declare const requirePatches: () => void;
export declare const asPublished: Plugin;
