import type {StageGraph} from '../stages/model.js';
import type {ContextEntry, ContextFiles, ContextTree} from './context.js';
import {selectEntries} from './fingerprint.js';
import type {Foreseen} from './foresee.js';
import type {Measurement} from './measurement.js';
import type {CacheableInstruction, CacheableStage} from './plan-instructions.js';
import type {Proof} from './prove.js';

/** How many files something brings, with links, and their size. */
export type FileCount = {files: number; bytes: number};

/** An instruction that reads the build context. */
export type ContextRead = FileCount & {
	stage: string;
	instruction: CacheableInstruction;
	/** Its sources that the build context lacks; patterns may match nothing. */
	missing: string[];
};

/** What `explain` says about a Dockerfile. */
export type Explanation = {
	/** Absolute paths. `ignoreFile`: null if there is none. */
	dockerfile: string;
	context: string;
	ignoreFile: string | null;
	graph: StageGraph;
	/** Groups of stages that can run at the same time. */
	together: string[][];
	whole: FileCount;
	ignored: ContextFiles['ignored'];
	reads: ContextRead[];
	/** Whether an engine has shown its images; null if no stage needs one. */
	sawImages: boolean | null;
	/** Null with the legacy builder, whose cache is not foreseen. */
	cache: {
		/** When the last `explain` ran: milliseconds since 1970. Null if this is the first. */
		since: number | null;
		/** Whether that was for another target, or with other build arguments. */
		isOther: boolean;
		foreseen: Foreseen[] | null;
	} | null;
};

/** What builds of a copy have shown. */
export type MeasuredProof = {measurement: Measurement; proof: Proof};

/** Counts files and links, not folders. */
export const countFiles = (entries: Iterable<ContextEntry>): FileCount => {
	const count = {files: 0, bytes: 0};
	for (const {kind, bytes} of entries) {
		if (kind === 'folder') continue;
		count.files++;
		count.bytes += bytes;
	}
	return count;
};

/** What the instructions of the stages read of the build context. */
export const listReads = (stages: CacheableStage[], tree: ContextTree): ContextRead[] =>
	stages.flatMap(({name, instructions}) =>
		instructions
			.filter(({sources}) => sources.length > 0)
			.map(instruction => {
				const {sources} = instruction;
				const found = sources.map(source => selectEntries(source, tree));
				return {
					stage: name,
					instruction,
					...countFiles(new Set(found.flat())),
					missing: sources
						.filter(({path, isPattern}, index) => path !== '' && !isPattern && found[index]?.length === 0)
						.map(({path}) => path),
				};
			}),
	);

/** Groups of several stages that the target needs, none of which needs another of its group, directly or not. */
export const groupParallelStages = ({stages, reachable}: StageGraph): string[][] => {
	const depths = new Map<string, number>();
	// A stage needs only stages before it.
	for (const {name, needs} of stages)
		depths.set(name, Math.max(0, ...needs.map(need => (depths.get(need) ?? 0) + 1)));
	return [...new Set(depths.values())]
		.map(depth => reachable.filter(name => depths.get(name) === depth))
		.filter(group => group.length > 1);
};
