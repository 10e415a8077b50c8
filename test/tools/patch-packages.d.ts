import type {Plugin} from 'esbuild';

export declare const patchPackages: Plugin;
