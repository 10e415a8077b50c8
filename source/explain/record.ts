import type {Print} from './context.js';
import type {CacheableInstruction, CacheableStage} from './plan-instructions.js';

/** An image on the engine. */
export type ImageState = {
	id: string;
	/** A digest of what BuildKit counts of it: its layers, and the settings that a stage takes over. */
	print: string;
};

/** An instruction as the last `explain` has seen it. */
export type KeptInstruction = Pick<
	CacheableInstruction,
	'line' | 'text' | 'written' | 'definition' | 'settings' | 'args'
> & {
	stage: string;
	before: string;
	key: string;
	looseKey: string;
};

/** What is kept of an `explain` for the next one with the same Dockerfile, target and build arguments. */
export type ExplainRecord = {
	/** When it was made: milliseconds since 1970. */
	at: number;
	/** The absolute path of the build context. */
	context: string;
	stages: Array<Pick<CacheableStage, 'name' | 'image' | 'base' | 'platform'>>;
	instructions: KeptInstruction[];
	/** By name as written; without those that no engine has shown. */
	images: Record<string, ImageState>;
	/** What was read of the build context, by path, each folder before what is in it. */
	files: Map<string, KeptFile>;
};

/** `stamp`: as in `ContextEntry`. */
export type KeptFile = {print: Print; stamp: string};
